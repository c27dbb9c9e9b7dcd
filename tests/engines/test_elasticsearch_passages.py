"""Passages in Elasticsearch: where they are found, and that none is left over; works found besides words."""

from dataclasses import replace

import pytest

from search.engines import index_engine
from search.engines.base import Alternative, Part, Retrieval, TextQuery
from search.engines.elasticsearch.bulk import DocumentsRefused
from search.engines.elasticsearch.mappings import PASSAGES
from search.passages import PAGE, TIME, Passage
from tests.engines.conftest import on_elasticsearch, remove_all
from tests.engines.documents import best_passages, build, document, keys, words


@pytest.fixture(scope="module", autouse=True)
def engine_name():
    with on_elasticsearch():
        yield "elasticsearch"


@pytest.fixture
def engine():
    remove_all(index_engine())
    return index_engine()


def work(key: str, *pages: str, language: str = "en", **values):
    """A work with a file of these pages."""
    passages = [Passage(PAGE, language, 1, number, text) for number, text in enumerate(pages, 1)]
    return replace(document(key, **values), passages=tuple(passages))


def key_of(key: str) -> str:
    return document(key).translation_key


def found(engine, text: str, limit: int = 100) -> list[tuple[str, int]]:
    """(translation key, page) of the passages that hold words, best first."""
    hits = best_passages(engine, words(text).text, limit)
    return [(hit.translation_key, hit.stored["number"]) for hit in hits]


def held(engine) -> int:
    return engine.cluster.client.count(index=f"{engine.live_generation().name}-{PASSAGES}")["count"]


def test_the_best_passages_of_all_works_come_first_with_what_is_kept_of_them(engine):
    cues = ((12.0, 15.5, "La reclasificación"), (16.0, 20.0, "de aprendices"))
    captions = Passage(TIME, "es", 7, 12, "La reclasificación de aprendices", cues)
    build(
        engine,
        work("report", "nothing here", "roadmap for districts", "the roadmap and the roadmap again"),
        replace(document("talk"), passages=(captions,)),
    )
    assert found(engine, "roadmap") == [(key_of("report"), 3), (key_of("report"), 2)]
    assert found(engine, "roadmap", limit=1) == [(key_of("report"), 3)]
    (hit,) = best_passages(engine, words("reclasificaciones").text)
    assert (hit.translation_key, hit.stored) == (key_of("talk"), captions.stored)
    assert hit.score > 0
    assert engine.passage_scores(words("xyzzy").text, 10) == {}
    assert engine.passage_scores(words("the").text, 10) == {}


def test_a_passage_with_all_parts_comes_before_one_with_the_rarest(engine):
    build(engine, work("one", "gold gold gold", "gold and silver", *(f"silver {n}" for n in range(5))))
    assert found(engine, "gold silver")[0] == (key_of("one"), 2)


def test_no_work_starves_beside_one_with_very_many_passages(engine):
    build(
        engine,
        work("long", *(["roadmap " * 3] * 300)),
        work("short", "a page on gold", "one on the roadmap among many other words that make it long and faint"),
        work("other", "roadmap"),
        work("silent", "nothing"),
    )
    asked = [key_of("long"), key_of("short"), key_of("silent")]
    places = engine.passages_of(words("roadmap").text, asked, 3)
    assert {key: [hit.stored["number"] for hit in hits] for key, hits in places.items()} == {
        key_of("long"): [1, 2, 3],
        key_of("short"): [2],
    }
    assert engine.passages_of(words("roadmap").text, [], 3) == {}


def test_a_work_that_has_fewer_passages_now_leaves_none_over(engine):
    build(engine, work("one", "gold", "silver", "copper"), work("two", "silver"))
    generation = engine.live_generation()
    generation.apply([work("one", "silver")])
    assert sorted(found(engine, "gold silver copper")) == sorted([(key_of("one"), 1), (key_of("two"), 1)])
    generation.apply([document("one")], [key_of("two")])
    assert held(engine) == 0


def test_passages_of_an_interrupted_writing_are_cleared_away_with_the_next(engine):
    build(engine, work("one", "gold"))
    generation = engine.live_generation()
    engine.cluster.client.index(
        index=f"{generation.name}-{PASSAGES}",
        id=f"{key_of('one')}/1/page/en/9",
        document={"translation_key": key_of("one"), "written": "earlier", "text_en": "gold", "stored": {"number": 9}},
    )
    generation.apply([work("one", "gold")])
    assert found(engine, "gold") == [(key_of("one"), 1)]


def test_passages_are_swapped_in_with_their_generation(engine):
    build(engine, work("one", "gold"))
    generation = engine.new_generation()
    generation.apply([work("one", "silver", "silver")])
    generation.apply([work("one", "silver"), work("two", "silver")])
    generation.apply([], [key_of("two")])
    assert (found(engine, "gold"), found(engine, "silver")) == ([(key_of("one"), 1)], [])
    generation.publish()
    assert (found(engine, "gold"), found(engine, "silver")) == ([], [(key_of("one"), 1)])
    engine.roll_back()
    assert (found(engine, "gold"), found(engine, "silver")) == ([(key_of("one"), 1)], [])


def test_a_work_with_a_refused_passage_keeps_its_stamp_of_before(engine):
    build(engine, work("one", "gold", stamp="1"))
    bad = replace(work("one", stamp="2"), passages=(Passage(PAGE, "fr", 1, 1, "or"),))
    with pytest.raises(DocumentsRefused) as refused:
        engine.live_generation().apply([bad, work("two", "gold", stamp="2")])
    assert refused.value.refused.keys() == {key_of("one")}
    assert dict(engine.stamps()) == {key_of("one"): "1", key_of("two"): "2"}


def test_candidates_bring_score_date_and_the_languages_a_work_has_text_in(engine):
    build(
        engine,
        document("old", body_en="roadmap", body_es="ruta", date=20200101),
        document("new", body_en="roadmap", body_es="ruta", date=20240101),
        document("titled", title_en="roadmap", terms_es="nombre", date=20100101),
        document("other", body_en="gold"),
    )
    asked = words("roadmap", limit=2)
    candidates = engine.candidates(asked)
    assert candidates.total == 3
    assert [(work.translation_key, work.date, work.languages) for work in candidates.works] == [
        (key_of("titled"), 20100101, ("en",)),
        (key_of("new"), 20240101, ("en", "es")),
    ]
    assert candidates.works[0].score > candidates.works[1].score > 0
    assert engine.candidates(words("xyzzy")).works == ()


def test_works_found_by_other_means_come_last_and_count(engine):
    build(
        engine,
        document("by-words", body_en="roadmap", facets={"topic": ("data",)}, date=20100101),
        document("also", body_en="gold", facets={"topic": ("data",)}, date=20240101),
        document("newer", body_en="silver", facets={"topic": ("elpac",)}, date=20250101),
        document("unwanted", body_en="copper", facets={"topic": ("data",)}),
    )
    also = tuple(key_of(key) for key in ("also", "newer", "by-words", "unknown"))
    asked = words("roadmap", also=also)
    assert keys(engine, asked) == ["by-words", "newer", "also"]
    assert engine.retrieve(asked).total == engine.candidates(asked).total == 3
    assert [work.score > 0 for work in engine.candidates(asked).works] == [True, False, False]
    assert engine.count(asked, ["topic"]) == {"topic": {"data": 2, "elpac": 1}}
    in_data = replace(asked, filters={"topic": ("data",)})
    assert keys(engine, in_data) == ["by-words", "also"]
    assert engine.count(in_data, ["topic"]) == {"topic": {"data": 2, "elpac": 1}}
    assert keys(engine, replace(asked, order="newest")) == ["newer", "also", "by-words"]
    assert len(keys(engine, Retrieval(also=also))) == 4
    assert keys(engine, words("xyzzy", also=(key_of("also"),))) == ["also"]


def test_the_faintest_match_in_words_comes_before_works_found_by_other_means(engine):
    build(
        engine,
        document("titled", title_en="roadmap"),
        document("faint", body_en="many words and a roadmap", date=20100101),
        document("also", body_en="gold", date=20240101),
    )
    text = replace(words("roadmap").text, title="roadmap")
    assert keys(engine, Retrieval(text, also=(key_of("also"),))) == ["titled", "faint", "also"]


def test_excluded_words_apply_to_works_found_by_other_means(engine):
    build(engine, document("roadmap", body_en="roadmap"), document("gold", body_en="gold"), document("tin"))
    part, gold = (Part((Alternative((word,), ("en",)),)) for word in ("roadmap", "gold"))
    also = (key_of("gold"), key_of("tin"))
    assert keys(engine, Retrieval(TextQuery((part,), excluded=(gold,)), also=also)) == ["roadmap", "tin"]
    stop_word = Part((Alternative(("the",), ("en",)),))
    assert len(keys(engine, Retrieval(TextQuery((part,), excluded=(stop_word,)), also=also))) == 3


def test_everything_can_be_limited_to_some_works(engine):
    build(engine, *(document(key, body_en="gold", facets={"topic": (key,)}) for key in ("one", "two", "three")))
    asked = words("gold", among=(key_of("one"), key_of("two")), also=(key_of("three"),))
    assert sorted(keys(engine, asked)) == ["one", "two"]
    assert engine.candidates(asked).total == 2
    assert engine.count(asked, ["topic"]) == {"topic": {"one": 1, "two": 1}}
    assert keys(engine, replace(asked, among=())) == []
    assert keys(engine, Retrieval(among=(key_of("three"),), order="newest")) == ["three"]


def test_the_texts_of_works_come_when_they_are_asked_for(engine):
    build(engine, document("one", body_en="gold"))
    whole = engine.find("key", ["one"], with_texts=True)["one"].stored["texts"]
    assert whole["en"]["body"] == ["gold"]
    assert engine.find("key", ["one"])["one"].stored["texts"] == {}
