"""How the embedded engine asks its index of passages: all parts first, works together and, where crowded out, alone."""

import pytest
from django.test import override_settings

from search.engines import embedded_passages, index_engine, plan
from search.engines.nodes import Sum, Term, Weighted
from tests.engines.documents import best_passages, build
from tests.engines.test_passages_contract import key_of, numbers, page, places, text_of, work


@pytest.fixture(scope="module", autouse=True)
def engine_name(tmp_path_factory):
    with override_settings(SEARCH_ENGINE="embedded", SEARCH_INDEX_DIR=tmp_path_factory.mktemp("index")):
        yield "embedded"


@pytest.fixture
def engine(engine_name):
    return index_engine()


def test_works_crowded_out_of_the_common_question_are_asked_by_themselves(engine, monkeypatch):
    monkeypatch.setattr(embedded_passages, "MOST_TOGETHER", 5)
    many = [page("roadmap roadmap", number) for number in range(1, 30)]
    build(engine, work("many", *many), work("once", page("a roadmap among other words that nobody looks for", 77)))
    found = engine.passages_of(text_of("roadmap", "en"), [key_of("many"), key_of("once"), key_of("none")], 3)
    assert {key: len(hits) for key, hits in found.items()} == {key_of("many"): 3, key_of("once"): 1}


def test_passages_with_some_parts_follow_those_with_all_and_none_comes_twice(engine):
    build(
        engine,
        work("some", *(page(f"budget and nothing more {number}", number) for number in range(1, 4))),
        work("all", page("a budget for the roadmap", 9), page("roadmap of a budget", 8)),
    )
    text = text_of("budget roadmap", "en")
    assert {number for _key, number in places(engine, text, 2)} == {8, 9}
    found = best_passages(engine, text, 4)
    assert set(numbers(found)[:2]) == {8, 9}
    assert len(set(numbers(found))) == 4
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)


def test_scores_are_those_of_the_plan(engine):
    build(engine, work("all", page("a budget for the roadmap"), page("a budget", 2)))
    text = text_of("budget roadmap", "en")
    (score,) = engine.passage_scores(text, 1).values()
    assert score == pytest.approx(engine.passages_of(text, [key_of("all")], 1)[key_of("all")][0].score)


def test_any_part_is_asked_for_with_terms_side_by_side():
    node = plan.passages_with_any(text_of("budget roadmap", "en", "es"))
    assert isinstance(node, Sum)
    assert not node.must
    assert {(each.node.field, each.node.term) for each in node.should} == {
        ("text_en", "budget"), ("text_es", "budget"), ("text_en", "roadmap"), ("text_es", "roadmap"),
    }  # fmt: skip
    assert all(isinstance(each, Weighted) and isinstance(each.node, Term) for each in node.should)
