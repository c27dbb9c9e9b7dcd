"""Documents and recordings of private pages, of closed collections, and of pages outside the site."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site

from assets.models import CustomMedia
from tests import factories
from tests.integration.trees import PASSWORD, fresh, restrict
from tests.shown_documents import a_document, in_text, publish, reader, row_of_file, signed_in, status

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["en", "es"])


def pass_restriction(client, url: str):
    form = client.get(url)
    return client.post(form.context["action_url"], {"password": PASSWORD, "return_url": url})


@LANGUAGES
def test_a_document_of_a_private_page_opens_with_the_password_of_the_page(document, language):
    page = publish(factories.ContentPageFactory(), **in_text(document))
    restrict(page)
    client = reader(language)
    assert client.get(document.url).status_code == 404
    pass_restriction(client, f"/{language}/{page.slug}/")
    assert client.get(document.url).status_code == 200


def test_a_document_of_two_private_pages_opens_with_either(document):
    one, other = (publish(factories.ContentPageFactory(), **in_text(document)) for _number in range(2))
    restrict(one)
    group = Group.objects.create(name="Team")
    restrict(other, PageViewRestriction.GROUPS, "", [group])
    assert signed_in("reader").get(document.url).status_code == 404
    assert signed_in("member", "Team").get(document.url).status_code == 200
    client = reader("en")
    pass_restriction(client, one.url)
    assert client.get(document.url).status_code == 200


def test_a_document_that_a_public_page_shows_too_is_open(document):
    private = publish(factories.ContentPageFactory(), **in_text(document))
    restrict(private)
    row_of_file(factories.ResourcePageFactory(), document)
    assert status(document) == 200


def test_the_collection_asks_for_its_password_where_a_public_page_shows_the_document():
    closed = Collection.get_first_root_node().add_child(name="Closed").add_child(name="Within")
    CollectionViewRestriction.objects.create(
        collection=closed.get_parent(), restriction_type="password", password=PASSWORD
    )
    document = a_document(collection=closed)
    publish(factories.ContentPageFactory(), **in_text(document))
    answer = reader("en").get(document.url)
    assert answer.status_code == 200
    assert 'name="password"' in answer.content.decode()


def queries_of(client, document, django_assert_max_num_queries) -> int:
    Site.clear_site_root_paths_cache()
    client.get(document.url)
    with django_assert_max_num_queries(40) as captured:
        assert client.get(document.url).status_code == 404
    return len(captured)


def test_many_private_pages_cost_as_many_queries_as_two(document, django_assert_max_num_queries):
    client = signed_in("reader")
    numbers = []
    for count in (2, 8):
        for _number in range(count):
            group = Group.objects.create(name=f"Team {Group.objects.count()}")
            page = publish(factories.ContentPageFactory(), **in_text(document))
            restrict(page, PageViewRestriction.GROUPS, "", [group])
            resource = factories.ResourcePageFactory()
            row_of_file(resource, document)
            restrict(resource)
        numbers.append(queries_of(client, document, django_assert_max_num_queries))
    assert numbers[0] == numbers[1] < 30


# Recordings


@pytest.fixture
def video(tmp_path):
    return CustomMedia.objects.create(title="Talk", type="video", duration=1, file=ContentFile(b"film", "talk.mp4"))


def test_a_recording_within_a_closed_collection_is_closed(video):
    factories.ConveningRecordingPageFactory(video=video)
    assert reader("en").get(video.url).status_code == 200
    closed = Collection.get_first_root_node().add_child(name="Closed")
    within = closed.add_child(name="Within").add_child(name="Further within")
    CustomMedia.objects.update(collection=within)
    assert reader("es").get(video.url).status_code == 200
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="password", password=PASSWORD)
    for language in ("en", "es"):
        assert reader(language).get(video.url).status_code == 404
    assert signed_in("reader").get(video.url).status_code == 404
    assert signed_in("editor", "Editors").get(video.url).status_code == 200
    CustomMedia.objects.update(collection=Collection.get_first_root_node())
    assert reader("en").get(video.url).status_code == 200


def test_a_recording_outside_the_site_is_closed(video):
    page = factories.ConveningRecordingPageFactory(video=video)
    elsewhere = Page.get_first_root_node().add_child(
        instance=Page(title="Elsewhere", slug="elsewhere", locale=page.locale)
    )
    fresh(page).move(elsewhere, pos="last-child")
    assert reader("en").get(video.url).status_code == 404
