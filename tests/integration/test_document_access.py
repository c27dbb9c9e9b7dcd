"""A document opens to readers where something they may read shows it; every other answer is that of no document."""

import pytest
from django.urls import reverse
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, Page, ReferenceIndex

from assets.models import CustomDocument
from resources.models import ConveningRecordingPage
from tests import factories
from tests.captions import TWO_CUES
from tests.integration.trees import PASSWORD, fresh
from tests.shown_documents import (
    a_document,
    in_text,
    link,
    publish,
    reader,
    row_of_captions,
    row_of_file,
    row_of_pasted_address,
    row_of_slides,
    signed_in,
    status,
)

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["en", "es"])


# What nothing shows


@LANGUAGES
def test_a_document_that_nothing_uses_is_none(document, language):
    assert status(document, language) == 404


def test_a_document_that_nothing_uses_opens_to_editors_alone(document):
    assert signed_in("reader").get(document.url).status_code == 404
    assert signed_in("editor", "Editors").get(document.url).status_code == 200
    assert signed_in("moderator", "Moderators").get(document.url).status_code == 200


@LANGUAGES
@pytest.mark.parametrize("signs_in", [False, True])
def test_a_refusal_is_the_answer_of_no_document(document, language, signs_in):
    closed = Collection.get_first_root_node().add_child(name="Closed")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="password", password=PASSWORD)
    hidden = a_document("hidden.pdf", collection=closed)
    client = signed_in("reader") if signs_in else reader(language)
    answers = []
    for address in ("/documents/99999/report.pdf", document.url, hidden.url, f"/documents/{document.pk}/other.pdf"):
        answer = client.get(address, headers={"accept-language": language})
        said = answer.content.decode().replace(address, "ADDRESS")
        headers = {name: sorted(value.split("; ")) for name, value in answer.headers.items()}
        answers.append((answer.status_code, said, headers, list(answer.cookies)))
    assert answers[0][0] == 404
    assert answers[1:] == [answers[0]] * 3


# What public pages show


def pasted(address: str) -> dict:
    return {"body": [("text", f'<p><a href="{address}">words</a></p>')]}


IN_PAGES = {
    "text of a resource": (factories.ResourcePageFactory, in_text),
    "text of a content page": (factories.ContentPageFactory, in_text),
    "text of the home page": (factories.HomePageFactory, in_text),
    "text of a program": (factories.ProgramPageFactory, in_text),
    "text of a region": (factories.RegionPageFactory, in_text),
    "text of a partner": (factories.PartnerPageFactory, in_text),
    "text of a workgroup": (factories.WorkgroupPageFactory, in_text),
    "text of a bill": (factories.BillPageFactory, in_text),
    "text of a convening": (factories.ConveningPageFactory, in_text),
    "text of a recording": (factories.ConveningRecordingPageFactory, in_text),
    "text of a policy agenda": (factories.PolicyAgendaPageFactory, lambda document: {"priorities": link(document)}),
    "answer for families": (
        factories.FamiliesPageFactory,
        lambda document: {
            "questions": [("question", {"question": "When?", "answer": link(document), "works": []})],
        },
    ),
    "callout": (
        factories.ContentPageFactory,
        lambda document: {"body": [("callout", {"title": "Read", "text": link(document)})]},
    ),
    "question and answer": (
        factories.ContentPageFactory,
        lambda document: {"body": [("questions", {"items": [{"question": "When?", "answer": link(document)}]})]},
    ),
    "pasted address": (factories.ContentPageFactory, lambda document: pasted(f"http://testserver{document.url}")),
    "pasted path": (factories.ContentPageFactory, lambda document: pasted(document.url)),
    "pasted link in a list": (
        factories.ContentPageFactory,
        lambda document: {
            "body": [
                ("links", {"items": [{"label": "Words", "url": f"https://localhost:8000{document.url}", "note": ""}]})
            ]
        },
    ),
    "pasted source of a figure": (
        factories.ContentPageFactory,
        lambda document: {
            "body": [
                (
                    "figure",
                    {
                        "value": "1",
                        "label": "one",
                        "period": "",
                        "source": "Words",
                        "url": f"http://localhost{document.url}",
                    },
                )
            ]
        },
    ),
    "pasted link of a convening": (
        factories.ConveningPageFactory,
        lambda document: {"link": f"http://localhost{document.url}"},
    ),
    "pasted text of a bill": (
        factories.BillPageFactory,
        lambda document: {"official_url": f"http://localhost{document.url}"},
    ),
}


@pytest.mark.parametrize("way", IN_PAGES)
def test_a_document_opens_while_a_public_page_links_it(document, way):
    make, values = IN_PAGES[way]
    page = publish(make(), **values(document))
    assert (status(document, "en"), status(document, "es")) == (200, 200)
    page.unpublish()
    assert (status(document, "en"), status(document, "es")) == (404, 404)


@pytest.mark.parametrize("values", [{"body": []}, {"body": [("text", "<p>words</p>")]}])
def test_a_document_closes_when_its_last_link_goes(document, values):
    page = publish(factories.ContentPageFactory(), **in_text(document))
    publish(page, **values)
    assert status(document) == 404


@pytest.mark.parametrize(
    "address",
    ["https://example.org{url}", "http://testserver/other{url}", "http://[{url}", "http://testserver/documents/", ""],
)
def test_an_address_elsewhere_opens_nothing(document, address):
    publish(factories.ContentPageFactory(), **pasted(address.format(url=document.url)))
    assert status(document) == 404


def test_a_number_beyond_all_rows_hides_no_other_link_of_its_page(document):
    absurd = f'<p><a href="http://localhost/documents/{"9" * 300}/report.pdf">words</a></p>'
    publish(factories.ContentPageFactory(), body=[("text", absurd + link(document))])
    assert status(document) == 200


@pytest.mark.parametrize("number", ["0{pk}", "{pk}", "99999", "٣"])
def test_a_pasted_number_is_read_as_it_opens(document, number):
    number = number.format(pk=document.pk)
    publish(factories.ContentPageFactory(), **pasted(f"http://localhost/documents/{number}/report.pdf"))
    assert status(document) == (200 if number.strip("0") == str(document.pk).strip("0") else 404)


@LANGUAGES
def test_the_admin_names_the_pages_that_link_a_document_by_its_address(document, editor, language):
    row_of_pasted_address(factories.ResourcePageFactory(title="One work"), document)
    for way in IN_PAGES:
        if way.startswith("pasted"):
            make, values = IN_PAGES[way]
            publish(make(title=f"A {way}"), **values(document))
    client = editor(language)
    usage = client.get(reverse("wagtaildocs:document_usage", args=[document.pk])).content.decode()
    assert all(f"A {way}" in usage for way in IN_PAGES if way.startswith("pasted"))
    assert "One work" in usage
    assert client.get(reverse("wagtaildocs:delete", args=[document.pk])).status_code == 200


def test_pasted_addresses_are_shown_as_they_were_pasted(document, client):
    address = f"https://example.org/a?b=1&amp;c=2#{document.pk}"
    page = publish(factories.ContentPageFactory(), **pasted(address))
    assert f'<a href="{address}">words</a>' in client.get(page.url).content.decode()


ROWS = {
    "file": (factories.ResourcePageFactory, row_of_file),
    "slides": (factories.ConveningRecordingPageFactory, row_of_slides),
    "captions": (factories.ConveningRecordingPageFactory, row_of_captions),
    "pasted address": (factories.ResourcePageFactory, row_of_pasted_address),
}


@pytest.mark.parametrize("way", ROWS)
def test_the_files_of_a_work_open_while_an_edition_is_public(document, way):
    make, add = ROWS[way]
    captions = a_document("talk.vtt", TWO_CUES.encode()) if way == "captions" else document
    english = make()
    add(english, captions)
    publish(english)
    spanish = factories.make_edition(fresh(english), "es")
    assert (status(captions, "en"), status(captions, "es")) == (200, 200)
    fresh(english).unpublish()
    assert (status(captions, "en"), status(captions, "es")) == (200, 200)
    fresh(spanish).unpublish()
    assert (status(captions, "en"), status(captions, "es")) == (404, 404)


def test_a_link_in_the_text_of_one_edition_opens_with_that_edition(document):
    english = publish(factories.ContentPageFactory(), **in_text(document))
    spanish = factories.make_edition(english, "es")
    publish(spanish, body=[("text", "<p>palabras</p>")])
    fresh(english).unpublish()
    assert (status(document, "en"), status(document, "es")) == (404, 404)
    publish(spanish, **in_text(document))
    assert (status(document, "en"), status(document, "es")) == (200, 200)


def test_a_link_in_a_draft_opens_when_it_is_published(document):
    page = factories.ContentPageFactory()
    page.body = in_text(document)["body"]
    revision = page.save_revision()
    assert status(document) == 404
    revision.publish()
    assert status(document) == 200


def test_a_page_that_is_deleted_or_outside_the_site_shows_nothing(document):
    page = publish(factories.ContentPageFactory(), **in_text(document))
    elsewhere = Page.get_first_root_node().add_child(
        instance=Page(title="Elsewhere", slug="elsewhere", locale=page.locale)
    )
    page.move(elsewhere, pos="last-child")
    assert fresh(page).live
    assert status(document) == 404
    fresh(page).delete()
    assert status(document) == 404


def test_a_redirect_leads_to_a_document(document):
    Redirect.objects.create(old_path="/guide", redirect_link=document.url)
    answer = reader("es").get("/guide", follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == document.url


def test_only_pages_can_lead_to_documents():
    """Whoever gives another kind of row a text with links must tell `resources.document_access` of it."""

    def leads(model) -> bool:
        children = get_all_child_relations(model) if issubclass(model, ClusterableModel) else []
        return any(
            hasattr(field, "extract_references") or field.related_model is CustomDocument
            for field in model._meta.concrete_fields
        ) or any(leads(relation.related_model) for relation in children)

    assert leads(ConveningRecordingPage)
    assert [model for model in ReferenceIndex.indexed_models if leads(model) and not issubclass(model, Page)] == []
