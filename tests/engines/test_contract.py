"""What is asked of an engine directly: retrieving, counting, candidates, and generations of its index."""

from collections import Counter
from dataclasses import replace

import pytest

from search.engines import index_engine
from search.engines.base import Alternative, EngineUnavailable, Part, Retrieval, TextQuery
from search.lexicon import LexiconEntry
from search.query import DEEPEST_RESULT
from tests.engines.documents import build, document, keys, words


@pytest.fixture
def engine(engine_name):
    return index_engine()


def phrase(*found: str, language: str = "en") -> Retrieval:
    return Retrieval(TextQuery((Part((Alternative(found, (language,), is_phrase=True),)),)))


def test_a_phrase_keeps_the_distance_of_its_stop_words(engine):
    build(
        engine,
        document("with", body_en="schools and their families together"),
        document("without", body_en="schools families together"),
        document("apart", body_en="schools. Others say that many families"),
    )
    assert keys(engine, phrase("schools", "and", "their", "families")) == ["with"]
    assert keys(engine, phrase("schools", "families")) == ["without"]


def test_a_phrase_does_not_reach_from_one_text_into_the_next(engine):
    work = document("two")
    texts = {**work.texts, "en": {"body": ("the first ends", "second begins")}}
    build(engine, type(work)(**{**work.__dict__, "texts": texts}))
    assert keys(engine, phrase("ends", "second")) == []


def test_titles_weigh_more_and_equals_are_newest_first(engine):
    build(
        engine,
        document("old", body_en="roadmap", date=20200101),
        document("new", body_en="roadmap", date=20240101),
        document("titled", title_en="roadmap", date=20100101),
    )
    assert keys(engine, words("roadmap")) == ["titled", "new", "old"]


def test_required_excluded_and_identified_parts(engine):
    build(
        engine,
        document("bill", title_en="A bill", identifiers=["ab2268", "2268"]),
        document("letter", body_en="letter on 2268"),
        document("other", body_en="letter on gold"),
    )
    number = Part((Alternative(("2268",), ("en",)),), identifiers=("2268",))
    letter = Part((Alternative(("letter",), ("en",)),))
    gold = Part((Alternative(("gold",), (), is_phrase=True, is_verbatim=True),), is_required=True)
    assert keys(engine, Retrieval(TextQuery((number,)))) == ["bill", "letter"]
    assert keys(engine, Retrieval(TextQuery((number,), excluded=(letter,)))) == ["bill"]
    assert keys(engine, Retrieval(TextQuery((letter, gold)))) == ["other"]
    assert sorted(keys(engine, Retrieval(TextQuery((), excluded=(letter,))))) == ["bill"]
    assert keys(engine, Retrieval(TextQuery((Part((Alternative(("the",), ("en",)),)),)))) == []


def test_a_long_query_is_answered(engine):
    build(engine, document("work", body_en="needle"))
    typed = " ".join(f"w{number}" for number in range(99)) + " needle"
    assert keys(engine, words(typed)) == ["work"]


def test_counts_leave_out_the_facets_own_filter(engine):
    build(
        engine,
        document("one", body_en="report", facets={"topic": ("data",), "year": ("2020",)}),
        document("two", body_en="report", facets={"topic": ("elpac", "data"), "year": ("2021",)}),
        document("three", body_en="brief", facets={"topic": ("elpac",), "year": ("2021",)}),
    )
    asked = words("report", filters={"topic": ("elpac",)})
    assert engine.count(asked, ["topic", "year", "bill"]) == {
        "topic": {"data": 2, "elpac": 1},
        "year": {"2021": 1},
        "bill": {},
    }
    assert engine.retrieve(asked).total == 1


def test_a_facet_of_very_many_values_is_counted_whole(engine):
    build(engine, *(document(f"work-{n}", facets={"bill": (f"b{n}",), "type": ("bill",)}) for n in range(300)))
    counts = engine.count(Retrieval(order="newest"), ["bill", "type"])
    assert counts == {"bill": {f"b{n}": 1 for n in range(300)}, "type": {"bill": 300}}


@pytest.mark.parametrize("found", [1, 4, 5, 9, 10])
def test_counts_are_exact_whether_words_find_few_works_or_nearly_all(engine, found):
    topics = [("data",), ("data", "elpac"), ("elpac",), ()]
    made = [
        document(
            f"{n}", body_en="roadmap" if n < found else "budget", facets={"topic": topics[n % 4], "type": ("bill",)}
        )
        for n in range(10)
    ]
    build(engine, *made)
    expected = Counter(topic for work in made[:found] for topic in work.facets["topic"])
    assert engine.count(words("roadmap"), ["topic", "type"]) == {"topic": dict(expected), "type": {"bill": found}}
    chosen = replace(words("roadmap"), filters={"topic": ("elpac",)})
    among = Counter("bill" for work in made[:found] if "elpac" in work.facets["topic"])
    assert engine.count(chosen, ["topic", "type"]) == {"topic": dict(expected), "type": dict(among)}


def test_orders_and_pages(engine):
    titles = ["Ñu", "Nube", "Ola", "árbol", "Zorro"]
    build(engine, *(document(title, title_es=title, date=20200101 + at) for at, title in enumerate(titles)))
    browse = {"language": "es", "limit": 2}
    pages = [keys(engine, Retrieval(order="title", offset=offset, **browse)) for offset in (0, 2, 4)]
    assert pages == [["árbol", "Nube"], ["Ñu", "Ola"], ["Zorro"]]
    assert keys(engine, Retrieval(order="newest", **browse)) == ["Zorro", "árbol"]
    assert keys(engine, Retrieval(order="oldest", **browse)) == ["Ñu", "Nube"]


def test_works_without_a_date_are_last_in_every_order_of_time(engine):
    build(engine, *(document(f"{date}", date=date) for date in (0, 20240101, 20190101)))
    assert keys(engine, Retrieval(order="oldest")) == ["20190101", "20240101", "0"]
    assert keys(engine, Retrieval(order="newest")) == ["20240101", "20190101", "0"]


def test_beyond_the_deepest_result_there_are_none(engine):
    build(engine, document("one"))
    found = engine.retrieve(Retrieval(order="newest", offset=DEEPEST_RESULT))
    assert (found.hits, found.total) == ((), 1)


def test_who_asks_for_more_than_any_machine_holds_gets_what_there_is(engine):
    build(engine, document("one", body_en="word"))
    found = engine.candidates(words("word", limit=10**12))
    assert ([work.translation_key for work in found.works], found.total) == ([document("one").translation_key], 1)


def test_works_are_found_by_their_keys(engine):
    build(engine, document("one", title_en="One"), document("two", title_en="Two"))
    found = engine.find("key", ["two", "three"])
    assert {key: hit.stored["titles"] for key, hit in found.items()} == {"two": {"en": "Two"}}
    assert engine.find("translation_key", [found["two"].translation_key]).keys() == {found["two"].translation_key}
    assert engine.find("key", []) == {}


def test_near_words_and_how_often_they_stand(engine):
    build(
        engine,
        document("one", body_es="educación bilingüe"),
        document("two", body_es="la educación"),
        document("three", body_en="education"),
    )
    assert engine.near("educasion", 1) == {"educación": "es", "education": ""}
    assert engine.near("educashion", 2).keys() == {"education", "educación"}
    assert engine.near("educacion", 0).keys() == {"educación"}
    assert engine.near("educaciones", 0) == {}
    assert engine.near("edcuacion", 1).keys() == {"educación"}
    assert (engine.frequency("educaciones"), engine.frequency("xyzzy"), engine.frequency("de")) == (2, 0, 0)


def test_completion_of_names_and_titles(engine):
    person = LexiconEntry("person", "", "Ana Ramírez")
    topic = LexiconEntry("topic", "es", "Ramas del saber")
    build(engine, document("one", title_en="A ramp to English", names=[person, topic]))
    in_english = [(found.text, found.kind) for found in engine.complete("ram", "en", 5)]
    assert in_english == [("Ana Ramírez", "person"), ("A ramp to English", "resource")]
    assert "Ramas del saber" in [found.text for found in engine.complete("ra", "es", 5)]
    assert [found.text for found in engine.complete("ana rami", "en", 5)] == ["Ana Ramírez"]
    assert engine.complete("r", "en", 5) == []


def test_names_and_words_of_works_that_went_are_told_no_more(engine):
    person = LexiconEntry("person", "", "Ana Ramírez")
    gone = document("gone", body_en="zanzibar", names=[person])
    build(engine, gone, document("other", body_en="something"))
    engine.live_generation().apply([], [gone.translation_key])
    assert engine.complete("ramir", "en", 5) == []
    assert engine.frequency("zanzibar") == 0


def test_changes_of_the_live_generation_show_at_once(engine):
    build(engine, document("one", body_en="gold"))
    generation = engine.live_generation()
    try:
        added = generation.apply([document("one", body_en="silver", stamp="2"), document("two", body_en="wolframite")])
    finally:
        generation.close()
    assert added == 2
    assert (keys(engine, words("gold")), keys(engine, words("silver"))) == ([], ["one"])
    assert engine.near("wolframit", 1).keys() == {"wolframite"}
    assert dict(engine.stamps()) == {
        document("one").translation_key: "2",
        document("two").translation_key: "1",
    }


def test_deleting_what_is_not_there_is_no_fault(engine):
    build(engine, document("one"))
    generation = engine.live_generation()
    generation.apply([], [document("never").translation_key])
    generation.close()
    assert keys(engine, Retrieval(order="newest")) == ["one"]


def test_a_generation_is_built_unseen_and_swapped_in_whole(engine):
    build(engine, document("old"))
    generation = engine.new_generation()
    generation.apply([document("new")])
    assert keys(engine, Retrieval(order="newest")) == ["old"]
    generation.publish()
    assert keys(engine, Retrieval(order="newest")) == ["new"]
    assert engine.live_generation().name == generation.name


def test_a_discarded_generation_leaves_nothing(engine):
    build(engine, document("old"))
    live = engine.live_generation().name
    generation = engine.new_generation()
    generation.apply([document("new")])
    generation.discard()
    assert engine.live_generation().name == live
    assert keys(engine, Retrieval(order="newest")) == ["old"]


def test_a_live_generation_is_not_discarded(engine):
    generation = engine.new_generation()
    generation.apply([document("new")])
    generation.publish()
    generation.discard()
    assert engine.live_generation().name == generation.name
    assert keys(engine, Retrieval(order="newest")) == ["new"]


def test_without_an_index_the_engine_says_how_to_build_one(settings, engine_name, tmp_path):
    settings.SEARCH_INDEX_DIR, settings.ELASTICSEARCH_PREFIX = tmp_path, "test-nobody"
    empty = index_engine()
    assert empty.live_generation() is None
    for ask in (lambda: empty.retrieve(Retrieval()), lambda: list(empty.stamps()), lambda: empty.near("word", 1)):
        with pytest.raises(EngineUnavailable, match="rebuild_search"):
            ask()
