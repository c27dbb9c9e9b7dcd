"""What every engine does with passages, with works found besides words, and with candidates, in both languages."""

from dataclasses import replace

import pytest

from search.documents import IndexDocument
from search.engines import index_engine
from search.engines.base import Alternative, Part, Retrieval, TextQuery
from search.passages import PAGE, TIME, Passage
from tests.engines.documents import best_passages, build, document, keys, words


@pytest.fixture
def engine(engine_name):
    return index_engine()


def page(text: str, number: int = 1, language: str = "en", document: int = 1) -> Passage:
    return Passage(PAGE, language, document, number, text)


def work(key: str, *passages: Passage, **values) -> IndexDocument:
    """A work whose text is that of its passages, as documents built from the database have it."""
    made = document(key, **values)
    texts = {language: dict(groups) for language, groups in made.texts.items()}
    for language, groups in texts.items():
        said = tuple(passage.text for passage in passages if passage.language == language)
        groups["body"] = (*groups.get("body", ()), *said)
    return replace(made, texts=texts, passages=passages)


def key_of(key: str) -> str:
    return document(key).translation_key


def text_of(typed: str, *languages: str) -> TextQuery:
    return words(typed, *languages).text


def phrase(*found: str, language: str = "en", **values) -> TextQuery:
    return TextQuery((Part((Alternative(found, (language,), is_phrase=True, **values),)),))


def numbers(hits) -> list[int]:
    return [hit.stored["number"] for hit in hits]


def places(engine, text: TextQuery, limit: int = 10) -> list[tuple[str, int]]:
    return [(hit.translation_key, hit.stored["number"]) for hit in best_passages(engine, text, limit)]


@pytest.mark.parametrize(
    ("language", "said", "typed"),
    [
        ("en", "The district reclassified four pupils", "pupil district"),
        ("es", "Las familias piden educación bilingüe", "educaciones bilingue"),
    ],
)
def test_a_passage_comes_back_with_its_place_and_words(engine, language, said, typed):
    spoken = Passage(TIME, language, 7, 95, said, ((95.0, 98.5, said),))
    written = page(said, number=12, language=language, document=3)
    build(engine, work("spoken", spoken), work("written", written), work("other", page("Nothing of that", 5)))
    found = {hit.translation_key: hit for hit in best_passages(engine, text_of(typed, language))}
    assert {key: hit.stored for key, hit in found.items()} == {
        key_of("spoken"): spoken.stored,
        key_of("written"): written.stored,
    }
    assert all(hit.score > 0 for hit in found.values())


def test_a_work_counts_by_its_best_passage(engine):
    build(
        engine,
        work("weak", page("a roadmap among a great many other words that nobody looks for", 1)),
        work("strong", page("roadmap", 1), page("no word of it", 2), page("roadmap for all of the districts", 3)),
    )
    text = text_of("roadmap", "en")
    scores = engine.passage_scores(text, 10)
    assert list(scores) == [key_of("strong"), key_of("weak")]
    for key, score in scores.items():
        assert score == pytest.approx(engine.passages_of(text, [key], 1)[key][0].score)
    assert list(engine.passage_scores(text, 1)) == [key_of("strong")]
    assert engine.passage_scores(text, 0) == {}


def test_a_passage_is_read_in_its_own_language_alone(engine):
    build(engine, work("english", page("schools and families")), work("spanish", page("escuelas", 2, "es")))
    assert places(engine, text_of("schools escuelas", "en")) == [(key_of("english"), 1)]
    assert places(engine, text_of("schools escuelas", "es")) == [(key_of("spanish"), 2)]
    assert len(places(engine, text_of("schools escuelas", "es", "en"))) == 2


def test_the_passage_that_holds_most_of_the_text_is_first_and_limits_hold(engine):
    build(
        engine,
        work("some", page("budget", 1), page("roadmap", 2)),
        work("all", page("unrelated", 3), page("the budget for the roadmap, as the board read it in May", 4)),
    )
    text = text_of("budget roadmap", "en")
    assert places(engine, text)[0] == (key_of("all"), 4)
    assert len(places(engine, text)) == 3
    assert len(places(engine, text, limit=2)) == 2
    assert places(engine, text_of("zanzibar")) == []
    assert places(engine, TextQuery()) == []


@pytest.mark.parametrize("is_verbatim", [False, True])
def test_phrases_stand_together_in_a_passage(engine, is_verbatim):
    build(engine, work("work", page("home language survey", 1), page("survey of the language at home", 2)))
    assert places(engine, phrase("language", "survey", is_verbatim=is_verbatim)) == [(key_of("work"), 1)]


@pytest.mark.parametrize(
    ("language", "first", "second", "wanted", "unwanted"),
    [
        ("en", "Reclassification in Fresno", "Reclassification in Madera", "reclassification", "madera"),
        ("es", "La reclasificación en Fresno", "La reclasificación en Madera", "reclasificacion", "Maderas"),
    ],
)
def test_passages_with_an_excluded_word_are_left_out(engine, language, first, second, wanted, unwanted):
    build(engine, work("one", page(first, 1, language), page(second, 2, language)))
    text = replace(text_of(wanted, language), excluded=text_of(unwanted, language).parts)
    assert [number for _key, number in places(engine, text)] == [1]
    assert numbers(engine.passages_of(text, [key_of("one")], 10)[key_of("one")]) == [1]
    nothing_but = replace(text, parts=())
    assert places(engine, nothing_but) == []
    assert engine.passages_of(nothing_but, [key_of("one")], 10) == {}


def test_no_work_crowds_out_the_passages_of_another(engine):
    many = [page(f"roadmap roadmap roadmap number{number}", number) for number in range(1, 60)]
    once = page("one mention of a roadmap among a great many other words that nobody looks for", 77)
    build(engine, work("many", *many), work("once", once), work("none", page("something else")))
    asked = [key_of(key) for key in ("many", "once", "none", "unknown")]
    found = engine.passages_of(text_of("roadmap number7", "en"), asked, 3)
    assert found.keys() == {key_of("many"), key_of("once")}
    assert len(found[key_of("many")]) == 3
    assert numbers(found[key_of("many")])[0] == 7
    assert numbers(found[key_of("once")]) == [77]
    assert all(hit.translation_key == key for key, hits in found.items() for hit in hits)
    assert engine.passages_of(text_of("roadmap"), [], 3) == {}


def test_passages_go_and_come_with_their_work(engine):
    build(engine, work("one", page("gold", 1), page("gold again", 2)), work("two", page("gold", 3)))
    generation = engine.live_generation()
    try:
        generation.apply([work("one", page("silver", 4), stamp="2")], [key_of("two")])
    finally:
        generation.close()
    assert places(engine, text_of("gold")) == []
    assert places(engine, text_of("silver")) == [(key_of("one"), 4)]


def test_passages_are_swapped_in_with_their_generation(engine):
    build(engine, work("old", page("gold")))
    generation = engine.new_generation()
    generation.apply([work("new", page("silver", 1)), work("gone", page("silver", 3))])
    generation.apply([work("new", page("silver", 2))], [key_of("gone")])
    assert places(engine, text_of("gold silver")) == [(key_of("old"), 1)]
    generation.publish()
    assert places(engine, text_of("gold silver")) == [(key_of("new"), 2)]
    assert keys(engine, words("silver")) == ["new"]


def test_works_found_besides_words_count_and_come_last(engine):
    build(
        engine,
        document("meant", body_en="newcomers", date=20240101, facets={"topic": ("data",)}),
        document("said", body_en="roadmap and much else beside it", date=20100101, facets={"topic": ("elpac",)}),
        document("titled", title_en="Roadmap", date=20100101, facets={"topic": ("elpac", "data")}),
    )
    asked = words("roadmap", also=(key_of("meant"), key_of("said"), key_of("unknown")))
    assert keys(engine, asked) == ["titled", "said", "meant"]
    assert engine.retrieve(asked).total == 3
    assert engine.count(asked, ["topic"]) == {"topic": {"data": 2, "elpac": 2}}
    assert keys(engine, replace(asked, order="newest"))[0] == "meant"
    plain = replace(asked, also=())
    scores = [{hit.translation_key: hit.score for hit in engine.retrieve(each).hits} for each in (plain, asked)]
    assert all(scores[1][key] == pytest.approx(score) for key, score in scores[0].items())


def test_a_work_found_besides_words_is_last_even_after_an_exact_title(engine):
    build(
        engine,
        document("meant", body_en="newcomers", date=20240101),
        document("said", body_en="a roadmap", date=20100101),
        document("named", title_en="Roadmap", date=20100101),
    )
    asked = words("roadmap", also=(key_of("meant"),))
    asked = replace(asked, text=replace(asked.text, title="roadmap"))
    assert keys(engine, asked) == ["named", "said", "meant"]
    assert [hit.translation_key for hit in engine.candidates(asked).works][-1] == key_of("meant")


def test_filters_and_excluded_words_apply_to_works_found_besides_words(engine):
    build(
        engine,
        document("meant", body_es="recién llegados", facets={"topic": ("data",), "type": ("bill",)}),
        document("refused", body_es="recién llegados con oro", facets={"topic": ("data",)}),
        document("filtered", body_es="recién llegados", facets={"topic": ("elpac",)}),
    )
    also = tuple(key_of(key) for key in ("meant", "refused", "filtered"))
    gold = Part((Alternative(("oro",), ("es",)),))
    asked = words("hoja", "es", also=also, filters={"topic": ("data",)}, language="es")
    asked = replace(asked, text=replace(asked.text, excluded=(gold,)))
    assert keys(engine, asked) == ["meant"]
    assert engine.retrieve(asked).total == engine.candidates(asked).total == 1
    assert engine.count(asked, ["topic", "type"]) == {"topic": {"data": 1, "elpac": 1}, "type": {"bill": 1}}
    only_excluded = replace(asked, text=TextQuery((), (gold,)), filters={})
    assert sorted(keys(engine, only_excluded)) == ["filtered", "meant"]


def test_everything_can_be_limited_to_some_works(engine):
    build(
        engine,
        *(document(f"w{n}", body_en="roadmap", date=20200100 + n, facets={"type": (f"t{n}",)}) for n in range(1, 5)),
    )
    among = (key_of("w1"), key_of("w3"), key_of("unknown"))
    for asked in (words("roadmap", among=among), Retrieval(order="newest", among=among)):
        assert keys(engine, asked) == ["w3", "w1"]
        assert engine.retrieve(asked).total == 2
        assert engine.count(asked, ["type"]) == {"type": {"t1": 1, "t3": 1}}
        assert [each.translation_key for each in engine.candidates(asked).works] == [key_of("w3"), key_of("w1")]
    assert keys(engine, words("zanzibar", also=(key_of("w2"), key_of("w3")), among=among)) == ["w3"]
    assert keys(engine, Retrieval(order="newest", among=())) == []
    assert engine.count(Retrieval(order="newest", among=()), ["type"]) == {"type": {}}


def test_candidates_are_the_best_works_with_score_date_and_languages(engine):
    build(
        engine,
        document("old", body_en="roadmap", date=20200101),
        document("new", body_es="roadmap", title_es="Uno", date=20240101),
        document("titled", title_en="roadmap", body_es="Algo más", date=20100101),
        document("undated", body_en="roadmap"),
        document("other", body_en="else"),
    )
    asked = words("roadmap")
    found = engine.candidates(asked)
    assert found.total == 4
    assert [each.translation_key for each in found.works] == [
        hit.translation_key for hit in engine.retrieve(asked).hits
    ]
    assert {each.translation_key: (each.date, each.languages) for each in found.works} == {
        key_of("old"): (20200101, ("en",)),
        key_of("new"): (20240101, ("es",)),
        key_of("titled"): (20100101, ("en", "es")),
        key_of("undated"): (0, ("en",)),
    }
    scores = [each.score for each in found.works]
    assert found.works[0].translation_key == key_of("titled")
    assert scores[0] == max(scores)
    assert engine.candidates(replace(asked, limit=1)) == replace(found, works=found.works[:1])
    assert engine.candidates(words("zanzibar")).total == 0


def test_hundreds_of_candidates_come_at_once(engine):
    build(engine, *(document(f"w{n}", body_en="roadmap " * (1 + n % 5), date=20200101) for n in range(350)))
    found = engine.candidates(words("roadmap", limit=300))
    assert (len({each.translation_key for each in found.works}), found.total) == (300, 350)
    assert engine.candidates(words("roadmap", limit=300), with_total=False).works == found.works


def test_texts_come_where_they_are_asked_for(engine):
    build(engine, document("one", title_en="One", body_en="gold"))
    hit = engine.find("translation_key", [key_of("one")], with_texts=True)[key_of("one")]
    assert hit.stored["texts"]["en"]["body"] == ["gold"]
    assert engine.retrieve(words("gold")).hits[0].stored["texts"]["en"]["body"] == ["gold"]


def test_passages_are_read_by_their_place(engine):
    there, other = page("Words", 3), page("Words", 4, document=2)
    build(engine, work("a", there), work("b", other))
    wanted = [
        (key_of("a"), there.place),
        (key_of("b"), other.place),
        (key_of("a"), other.place),
        ("none", "1/page/en/1"),
    ]
    found = engine.passages_at(wanted)
    assert {place: hit.stored["number"] for place, hit in found.items()} == {wanted[0]: 3, wanted[1]: 4}
    assert [hit.translation_key for hit in found.values()] == [key_of("a"), key_of("b")]
    assert engine.passages_at([]) == {}


def test_a_total_alone_can_be_asked_for(engine):
    build(engine, document("one", body_en="gold"), document("two", body_en="gold", date=20200101))
    for asked in (words("gold", limit=0), Retrieval(order="newest", limit=0)):
        assert (engine.candidates(asked).works, engine.candidates(asked).total) == ((), 2)


def test_what_was_asked_before_a_change_is_answered_anew_after_it(engine):
    build(engine, document("one", body_en="gold", facets={"type": ("bill",)}))
    asked = words("gold", filters={"type": ("bill",)})
    engine.count(asked, ["type"])["type"].clear()
    assert engine.count(asked, ["type"]) == {"type": {"bill": 1}}
    assert (keys(engine, asked), engine.candidates(asked).total) == (["one"], 1)
    generation = engine.live_generation()
    generation.apply([document("two", title_en="Gold", facets={"type": ("bill",)})])
    generation.close()
    assert keys(engine, asked) == ["two", "one"]
    assert engine.count(asked, ["type"]) == {"type": {"bill": 2}}
    assert keys(engine, replace(asked, filters={})) == ["two", "one"]
    assert keys(engine, replace(asked, offset=1, limit=1)) == ["one"]
