"""Index documents built many together: the same as one by one, with cards as readers of each language see them."""

from uuid import UUID

import pytest
from django.utils.translation import override

from resources import cards
from search.documents import build_documents, public_stamps
from search.fetched_rows import lookups, rows_of
from tests.search_site import SearchSite

pytestmark = pytest.mark.django_db


@pytest.fixture
def library():
    site = SearchSite()
    site.resource("both", title_en="A report", title_es="Un informe", topics=["data", "elpac"])
    site.resource("english", title_en="A guide", topics=["data"])
    site.resource("spanish", title_es="Una guía")
    return site


def test_cards_in_both_languages_are_those_that_each_reader_sees(library):
    keys = [UUID(key) for key in public_stamps()]
    found = cards.cards_in(["en", "es"], keys)
    for code in ("en", "es"):
        with override(code):
            assert list(found[code].values()) == cards.cards_of_pages(keys)
    assert [card.is_fallback for card in found["es"].values()].count(True) == 1
    assert {card.kind_label for card in found["es"].values()} >= {"Informe"}


def test_documents_built_together_are_those_built_one_by_one(library):
    keys = list(public_stamps())
    together = {document.key: document.digest for document in build_documents(keys)}
    apart = {document.key: document.digest for key in keys for document in build_documents([key])}
    assert together == apart
    assert {"both", "english", "spanish"} <= together.keys()


def test_rows_are_the_same_fetched_in_advance_or_not(library):
    model = type(library.resource("more", title_en="More", topics=["elpac", "data"]))
    plain = {page.pk: page for page in model.objects.all()}
    relations = ("topics", "counties", "files__document", "resource_type")
    for page in model.objects.prefetch_related(*lookups(model, relations)):
        for relation in ("topics", "counties", "files", "resource_type", "nothing"):
            assert rows_of(page, relation) == rows_of(plain[page.pk], relation)


def test_rows_fetched_in_advance_need_no_more_queries(library, django_assert_num_queries):
    model = type(library.resource("more", title_en="More", topics=["elpac", "data"]))
    pages = list(model.objects.prefetch_related(*lookups(model, ("topics", "counties"))))
    with django_assert_num_queries(0):
        assert sum(len(rows_of(page, "topics")) for page in pages) == 5
        assert sum(len(rows_of(page, "counties")) for page in pages) == 0
