"""The last resort, asked directly: works found besides words, works to keep to, candidates, no passages."""

import pytest

from search.engines.base import Alternative, Part, Retrieval, TextQuery
from search.engines.database import DatabaseEngine
from tests.search_site import SearchSite, find, keys

pytestmark = pytest.mark.django_db
ENGINE = DatabaseEngine()
LEDGER = TextQuery((Part((Alternative(("ledger",), ("en",)),)),))


@pytest.fixture
def library():
    site = SearchSite()
    site.resource("one", title_en="A ledger")
    site.resource("two", title_en="A guide", title_es="Una guía")
    site.resource("three", title_en="Another ledger")
    return site


def keys_by_name() -> dict[str, str]:
    return {hit.stored["key"]: hit.translation_key for hit in ENGINE.retrieve(Retrieval(order="newest")).hits}


def found(retrieval: Retrieval) -> list[str]:
    return [hit.stored["key"] for hit in ENGINE.retrieve(retrieval).hits]


def test_works_found_besides_words_follow_and_count(library):
    asked = Retrieval(LEDGER, also=(keys_by_name()["two"],))
    assert sorted(found(asked)[:2]) == ["one", "three"]
    assert found(asked)[2:] == ["two"]
    assert ENGINE.retrieve(asked).total == 3
    assert ENGINE.count(asked, ["language"]) == {"language": {"en": 3, "es": 1}}


def test_everything_keeps_to_some_works(library):
    keys = keys_by_name()
    among = (keys["one"], keys["two"])
    assert sorted(found(Retrieval(order="newest", among=among))) == ["one", "two"]
    assert found(Retrieval(LEDGER, among=among, also=(keys["three"],))) == ["one"]
    assert found(Retrieval(order="newest", among=())) == []


def test_candidates_name_their_languages_and_passages_there_are_none(library):
    asked = Retrieval(LEDGER, also=(keys_by_name()["two"],), limit=5)
    works = {each.translation_key: each.languages for each in ENGINE.candidates(asked).works}
    keys = keys_by_name()
    assert works == {keys["one"]: ("en",), keys["three"]: ("en",), keys["two"]: ("en", "es")}
    assert ENGINE.passage_scores(LEDGER, 5) == {}
    assert ENGINE.passages_of(LEDGER, [keys["one"]], 5) == {}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("typed", "keys_found"),
    [
        ("ledger -another", ["one"]),
        ("-ledger", ["two"]),
        ("-ledgers", ["two"]),
        ("-guía", ["one", "three"]),
        ('-"another ledger"', ["one", "two"]),
    ],
)
def test_what_a_reader_excludes_is_left_out_also_while_search_is_limited(
    library, typed, keys_found, language, monkeypatch
):
    monkeypatch.setattr("search.service.engines_in_turn", lambda: [ENGINE])
    results = find(typed, language, filters={"type": ("resource",)})
    assert sorted(result.key for result in results.results) == keys_found
    assert results.total == len(keys_found)
    counted = {value.value: value.count for facet in results.facets if facet.name == "type" for value in facet.values}
    assert counted["resource"] == len(keys_found)


@pytest.mark.parametrize("typed", ["AB 2268", "ab2268", "ley 2268"])
def test_a_bill_comes_before_works_that_mention_it(library, typed, monkeypatch):
    library.bill("AB 2268", "English learners: initial identification", library.program("consortium", "Consortium"))
    library.resource("letter", title_en="AB 2268: a letter about AB2268 and ley 2268", date="2026-01-01")
    monkeypatch.setattr("search.service.engines_in_turn", lambda: [ENGINE])
    assert keys(typed)[0] == "ab-2268"
    assert find(typed).degraded
