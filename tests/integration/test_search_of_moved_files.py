"""The text of a file follows its collection: moved into a closed one it is found no more, moved out of it again."""

import pytest
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from resources.models import ResourceFile
from search.indexing import drift, heal
from tests.search_site import SearchSite, find, keys, read_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def collections():
    root = Collection.get_first_root_node()
    public, private = root.add_child(name="Public"), root.add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=private, restriction_type=CollectionViewRestriction.LOGIN)
    return public, private


@pytest.fixture
def library(collections):
    site = SearchSite()
    work = site.resource("with-file", title_en="With a file")
    site.document = read_document(collections[0], "A tapir sleeps.")
    ResourceFile.objects.create(page=work, language="en", document=site.document)
    site.index()
    site.catch_up()
    assert keys("tapir") == ["with-file"]
    return site


def assert_told(library, is_found: bool) -> None:
    """Whether the word in the file is found, and told as a better spelling."""
    library.catch_up()
    assert keys("tapir", repair=False) == (["with-file"] if is_found else [])
    assert find("tapyr").suggestion == ("tapir" if is_found else "")
    assert not drift().keys


def test_a_file_that_an_editor_moves_between_collections(library, collections, admin_client):
    address = reverse("wagtaildocs:edit", args=[library.document.pk])
    for collection, is_found in ((collections[1], False), (collections[0], True)):
        answer = admin_client.get(address)
        form = answer.context["form"]
        data = {name: form[name].value() or "" for name in form.fields if name not in ("file", "tags")}
        assert admin_client.post(address, {**data, "tags": "", "collection": collection.pk}).status_code == 302
        assert_told(library, is_found)


def test_files_that_an_editor_moves_together(library, collections, admin_client):
    address = reverse("wagtail_bulk_action", args=["assets", "customdocument", "add_to_collection"])
    for collection, is_found in ((collections[1], False), (collections[0], True)):
        answer = admin_client.post(f"{address}?id={library.document.pk}", {"collection": collection.pk})
        assert answer.status_code == 302
        assert_told(library, is_found)


def test_a_collection_that_an_editor_moves_below_a_closed_one_and_back(library, collections, admin_client):
    public, private = collections
    address = reverse("wagtailadmin_collections:edit", args=[public.pk])
    for parent, is_found in ((private, False), (Collection.get_first_root_node(), True)):
        assert admin_client.post(address, {"name": "Public", "parent": parent.pk}).status_code == 302
        assert_told(library, is_found)


def test_a_moved_file_is_told_no_more_before_the_index_knows(library, collections):
    library.document.collection = collections[1]
    library.document.save()
    assert find("tapir", repair=False).total == find("tapir", "es", repair=False).total == 0
    assert find("tapyr").suggestion == ""
    assert keys("file") == []
    library.catch_up()
    assert keys("file") == ["with-file"]


def test_a_move_that_nobody_announced_is_drift_and_heals(library, collections):
    document = type(library.document).objects.filter(pk=library.document.pk)
    for collection, is_found in ((collections[1], False), (collections[0], True)):
        document.update(collection=collection)
        assert len(drift().stale) == 1
        assert heal() == 1
        assert_told(library, is_found)
