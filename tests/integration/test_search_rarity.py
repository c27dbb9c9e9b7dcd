"""How much a query's words say, in the library as it is now."""

import pytest

from search.engines import engines_in_turn, index_engine
from search.parsing import parse
from search.rarity import rarity, with_common_marked
from search.understanding import understand
from tests.search_site import SearchSite

pytestmark = pytest.mark.django_db


def worth(text: str, engine=None) -> float:
    return rarity(engine or index_engine(), understand(parse(text), "en").text)


def test_the_rarer_the_words_the_more_they_say_also_after_a_change():
    site = SearchSite()
    for number in range(6):
        site.resource(title_en=f"A report on water {'and canals' * (number == 0)}")
    site.index()
    assert worth("canals") > worth("water") > 0
    assert worth("water canals") == pytest.approx(worth("water") + worth("canals"))
    before = worth("canals")
    for number in range(6):
        site.resource(title_en=f"Another on schools {number}")
    site.catch_up()
    assert worth("canals") > before


def test_the_database_whose_scores_are_others_says_nothing():
    SearchSite().resource(title_en="A report on canals")
    assert worth("canals", engines_in_turn()[-1]) == 0.0


def test_stop_words_and_numbers_of_bills_say_nothing():
    site = SearchSite()
    site.resource(title_en="Back to school")
    site.resource(title_en="Canals")
    site.index()
    assert worth("back-to-school") == worth("back-school")
    assert worth("AB 2268 canals") == worth("canals")


def common(text: str) -> list[str]:
    """The words of a text that are marked as common."""
    marked = with_common_marked(index_engine(), understand(parse(text), "en").text)
    return [part.alternatives[0].words[0] for part in marked.parts if part.is_common]


def test_words_that_very_many_works_hold_are_no_merit_unless_there_are_no_others(monkeypatch):
    site = SearchSite()
    for number in range(4):
        site.resource(title_en=f"Schools {number} {'gazette' * (number == 0)}")
    site.index()
    assert common("school gazette") == []
    monkeypatch.setattr("search.rarity.MOST_TOLD_APART", 2)
    assert common("school gazette") == ["school"]
    assert common("school") == common("school schools") == []
    assert common('"school" gazette') == []
