"""A retrieval as a query of Elasticsearch."""

from collections.abc import Iterable, Mapping

from search import ranking
from search.engines import plan
from search.engines.base import Retrieval, TextQuery
from search.engines.nodes import Best, Constant, Everything, Node, Nothing, Phrase, Sum, Term, Weighted
from search.remembered_terms import GAP


def scoring(retrieval: Retrieval) -> dict:
    """Works of a retrieval with their scores; those that words do not find have none."""
    found = _found(retrieval, plan.scoring(retrieval.text) if retrieval.text else Everything())
    return {"bool": {"must": [found], "filter": [*filters_of(retrieval.filters), *_limits(retrieval)]}}


def finding(retrieval: Retrieval) -> dict:
    """Works that a retrieval finds, filters aside, without scores."""
    found = _found(retrieval, plan.finding(retrieval.text) if retrieval.text else Everything())
    return {"bool": {"filter": [found, *_limits(retrieval)]}}


def _found(retrieval: Retrieval, by_words: Node) -> dict:
    """What words find, and the works found by other means, unless they hold an excluded word."""
    if not (retrieval.also and retrieval.text):
        return translated(by_words)
    unwanted = [translated(node) for node in plan.excluding(retrieval.text)]
    also = {"bool": {"filter": [_works(retrieval.also)], "must_not": unwanted}}
    return {"bool": {"should": [translated(by_words), also], "minimum_should_match": 1}}


def _limits(retrieval: Retrieval) -> list[dict]:
    limits = [] if retrieval.among is None else [_works(retrieval.among)]
    return [*limits, {"bool": {"must_not": [_works(retrieval.without)]}}] if retrieval.without else limits


def _works(translation_keys: Iterable[str]) -> dict:
    return {"terms": {"translation_key": list(translation_keys)}}


def passage_scoring(text: TextQuery, works: Iterable[str]) -> dict:
    """Passages of some works that hold words of a text, with their scores."""
    return {"bool": {"must": [translated(plan.passage_scoring(text))], "filter": [_works(works)]}}


def filters_of(filters: Mapping[str, tuple[str, ...]], leave_out: str | None = None) -> list[dict]:
    """One clause a facet; `leave_out` names a facet whose own filter does not apply."""
    return [{"terms": {f"facet_{facet}": list(v)}} for facet, v in filters.items() if facet != leave_out]


def word_query(word: str) -> dict | None:
    """Works that hold a word, in any form and language."""
    node = plan.word(word)
    return translated(node) if node else None


def translated(node: Node, weight: float = 1.0) -> dict:
    match node:
        case Term(field, term):
            return {"term": {field: {"value": term, "boost": weight}}}
        case Phrase(field, terms):
            return {"match_phrase": {field: {"query": _spaced(terms), "boost": weight}}}
        case Constant(inner, score):
            return {"constant_score": {"filter": translated(inner), "boost": weight * score}}
        case Weighted(inner, factor):
            return translated(inner, weight * factor)
        case Best(nodes):
            queries = [translated(inner) for inner in nodes]
            return {"dis_max": {"queries": queries, "tie_breaker": ranking.TIE_BREAKER, "boost": weight}}
        case Sum(must, should, must_not):
            clauses = {"must": must, "should": should, "must_not": must_not}
            queries = {name: [translated(inner) for inner in nodes] for name, nodes in clauses.items() if nodes}
            return {"bool": {**queries, "boost": weight}}
        case Everything():
            return {"match_all": {}}
        case Nothing():
            return {"match_none": {}}
    raise TypeError(node)


def _spaced(terms: tuple[tuple[int, str], ...]) -> str:
    """Terms at their distances, as the analyzer of the index reads them."""
    places = [GAP] * (terms[-1][0] + 1)
    for place, term in terms:
        places[place] = term
    return " ".join(places)
