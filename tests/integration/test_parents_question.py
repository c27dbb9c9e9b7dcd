"""A parent's question in a parent's words finds the guide first; and so it does in a library with words of its own."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from resources.models import GlossaryTerm, ResourcePage, Topic
from search.indexing import rebuild, work_outbox
from tests.search_site import find, keys

pytestmark = pytest.mark.django_db

QUESTIONS = {
    "en": "how do I get my child out of English learner status",
    "es": "cómo sacar a mi hijo de aprendiz de inglés",
}
GUIDE = "reclassification"
GUIDES = {GUIDE, "sample-guide-to-reclassification"}

# The same library about something that does not exist.
OWN_QUESTIONS = {
    "en": "how can my daughter leave the blue circle",
    "es": "cómo saco a mis hijos del círculo azul",
}
OWN_WORDS = {
    "preferred": {"en": "flonkery", "es": "floncería"},
    "family": {"en": "leave the blue circle", "es": "sacar a mi hijo del círculo azul"},
    "title": {"en": "Flonkery step by step", "es": "La floncería paso a paso"},
    "summary": {"en": "What flonkery is and who decides it.", "es": "Qué es la floncería y quién la decide."},
}


@pytest.mark.parametrize("typed_in", ["en", "es"])
@pytest.mark.parametrize("reader", ["en", "es"])
def test_the_guide_comes_first_for_readers_of_both_languages(site_content, typed_in, reader):
    found = keys(QUESTIONS[typed_in], reader)
    assert found[0] == GUIDE
    assert set(found[:2]) == GUIDES


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_shows_it_first_in_the_readers_language(site_content, client, language):
    library = {"en": "/en/library/", "es": "/es/biblioteca/"}[language]
    page = client.get(library, {"q": QUESTIONS[language]}).content.decode()
    guide = ResourcePage.objects.get(key=GUIDE, locale__language_code=language)
    first = page.index('class="work-card__title"')
    assert guide.title in page[first : first + 300]
    assert f'href="{guide.get_url()}"' in page[first : first + 300]


def edit(client, address: str, form: str, **changes) -> None:
    """Opens a form of the admin, changes some fields and sends it."""
    data = querydict_from_html(client.get(address).content.decode(), form_id=form)
    for name, value in changes.items():
        data[name] = value
    response = client.post(address, data)
    assert response.status_code == 302, response.context and response.context["form"].errors


@pytest.fixture
def library_with_own_words(site_content, admin_client):
    """Every term, name and text about the guide's subject is replaced by made-up words."""
    for term in GlossaryTerm.objects.filter(key__in=["reclassification", "reclassified"]):
        address = reverse("wagtailsnippets_resources_glossaryterm:edit", args=[term.pk])
        gone = {f"words-{number}-DELETE": "1" for number in range(term.words.count())}
        edit(admin_client, address, "w-editor-form", acts_in_search="", **gone)
    new = {"words-TOTAL_FORMS": "2", "key": "flonkery", "acts_in_search": "on"}
    for number, code in enumerate(("en", "es")):
        new[f"preferred_{code}"] = OWN_WORDS["preferred"][code]
        word = {"text": OWN_WORDS["family"][code], "language": code, "kind": "family", "id": ""}
        new |= {f"words-{number}-{name}": value for name, value in word.items()}
    edit(admin_client, reverse("wagtailsnippets_resources_glossaryterm:add"), "w-editor-form", **new)
    topic = Topic.objects.get(slug="reclassification")
    names = {f"name_{code}": OWN_WORDS["preferred"][code] for code in ("en", "es")}
    edit(admin_client, reverse("wagtailsnippets_resources_topic:edit", args=[topic.pk]), "w-editor-form", **names)
    for page in ResourcePage.objects.filter(key__in=GUIDES - {GUIDE}):
        page.delete()
    for code in ("en", "es"):
        rewrite(admin_client, ResourcePage.objects.get(key=GUIDE, locale__language_code=code), code)
    while work_outbox():
        continue
    yield
    rebuild()


def rewrite(client, page: Page, code: str) -> None:
    texts = {name: OWN_WORDS[name][code] for name in ("title", "summary")}
    if code == "en":
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        data = querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form")
        body = streamfield([("text", rich_text(f"<p>{texts['summary']}</p>"))])
        data.update({**nested_form_data({"body": body}), **texts, "action-publish": "1"})
        assert client.post(address, data).status_code == 302
    else:
        # What the translation editor publishes.
        page.title, page.summary = texts["title"], texts["summary"]
        page.body = [("text", f"<p>{texts['summary']}</p>")]
        page.save_revision().publish()


@pytest.mark.parametrize("typed_in", ["en", "es"])
@pytest.mark.parametrize("reader", ["en", "es"])
def test_a_library_with_other_words_answers_as_well(library_with_own_words, typed_in, reader):
    results = find(OWN_QUESTIONS[typed_in], reader)
    assert results.results[0].key == GUIDE
    assert results.results[0].card.title == OWN_WORDS["title"][reader]
    assert results.expanded == (OWN_WORDS["preferred"][reader],)
