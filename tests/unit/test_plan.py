"""The plan of a query: bonuses are given once, and what is dear is not looked for twice."""

from collections.abc import Iterator
from dataclasses import replace

from search import ranking
from search.engines import plan
from search.engines.base import Alternative, Part, TextQuery
from search.engines.nodes import Best, Constant, Everything, Node, Phrase, Sum, Term, Weighted


def part(*words: str, **values) -> Part:
    return Part((Alternative(words, ("en",), **values),))


def constants(node: Node) -> list[float]:
    return [each.score for each in nodes(node) if isinstance(each, Constant)]


def nodes(node: Node) -> Iterator[Node]:
    yield node
    match node:
        case Constant(inner, _) | Weighted(inner, _):
            yield from nodes(inner)
        case Best(inner) | Sum((), inner, ()):
            for each in inner:
                yield from nodes(each)
        case Sum(must, should, must_not):
            for each in (*must, *should, *must_not):
                yield from nodes(each)


def test_a_phrase_alone_brings_its_bonus_with_it():
    node = plan.scoring(TextQuery((part("english", "learners", is_phrase=True),)))
    assert constants(node) == [ranking.COVERED + ranking.COMPLETE]
    bonus = next(each for each in nodes(node) if isinstance(each, Constant))
    assert bonus.node == Everything()
    fields = [each.field for each in nodes(node) if isinstance(each, Phrase)]
    assert sorted(fields) == sorted(f"{field}_en" for field in ranking.FIELD_WEIGHTS)


def test_several_parts_have_a_bonus_each_and_one_for_all():
    node = plan.scoring(TextQuery((part("english", "learners", is_phrase=True), part("budget"))))
    assert sorted(constants(node)) == sorted([ranking.COVERED, ranking.COVERED, ranking.COMPLETE])


def test_a_part_that_may_be_found_in_pieces_has_its_bonus_only_whole():
    node = plan.scoring(TextQuery((part("tk", "faq", is_partial=True),)))
    bonus = next(each for each in nodes(node) if isinstance(each, Constant))
    assert bonus == Constant(Sum((Term("text_en", "tk"), Term("text_en", "faq"))), ranking.COVERED + ranking.COMPLETE)


def test_a_single_word_has_no_bonus():
    assert constants(plan.scoring(TextQuery((part("budget"),)))) == []


def test_a_common_part_is_looked_for_and_brings_no_bonus():
    common = replace(part("school"), is_common=True)
    node = plan.scoring(TextQuery((common, part("gazette"), part("roadmap"))))
    assert constants(node) == [ranking.COVERED, ranking.COVERED, ranking.COMPLETE]
    complete = next(each for each in nodes(node) if isinstance(each, Constant) and each.score == ranking.COMPLETE)
    assert {each.term for each in nodes(complete) if isinstance(each, Term)} == {"gazett", "roadmap"}
    assert "school" in {each.term for each in nodes(node) if isinstance(each, Term)}
