"""A retrieval as a query of Elasticsearch."""

from collections.abc import Mapping

from search import ranking
from search.engines.base import Retrieval, TextQuery
from search.engines.elasticsearch.mappings import GAP
from search.engines.plan import Best, Constant, Everything, Node, Nothing, Phrase, Sum, Term, Weighted, plan, word_plan


def query_of(retrieval: Retrieval) -> dict:
    """The query of a retrieval, filters included."""
    filters = filters_of(retrieval.filters)
    text = text_query(retrieval.text)
    return {"bool": {"must": [text], "filter": filters}} if filters else text


def filters_of(filters: Mapping[str, tuple[str, ...]], leave_out: str | None = None) -> list[dict]:
    """One clause a facet; `leave_out` names a facet whose own filter does not apply."""
    return [{"terms": {f"facet_{facet}": list(v)}} for facet, v in filters.items() if facet != leave_out]


def text_query(text: TextQuery | None) -> dict:
    """The query of a text; of none, every work."""
    return _translated(plan(text) if text else Everything(), 1.0)


def word_query(word: str) -> dict | None:
    """Works that hold a word, in any form and language."""
    node = word_plan(word)
    return _translated(node, 1.0) if node else None


def _translated(node: Node, weight: float) -> dict:
    match node:
        case Term(field, term):
            return {"term": {field: {"value": term, "boost": weight}}}
        case Phrase(field, terms):
            return {"match_phrase": {field: {"query": _spaced(terms), "boost": weight}}}
        case Constant(inner, score):
            return {"constant_score": {"filter": _translated(inner, 1.0), "boost": weight * score}}
        case Weighted(inner, factor):
            return _translated(inner, weight * factor)
        case Best(nodes):
            queries = [_translated(inner, 1.0) for inner in nodes]
            return {"dis_max": {"queries": queries, "tie_breaker": ranking.TIE_BREAKER, "boost": weight}}
        case Sum(must, should, must_not):
            clauses = {"must": must, "should": should, "must_not": must_not}
            queries = {name: [_translated(inner, 1.0) for inner in nodes] for name, nodes in clauses.items() if nodes}
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
