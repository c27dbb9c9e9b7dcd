"""A retrieval as a query of Elasticsearch."""

from collections.abc import Mapping

from search import ranking
from search.engines import plan
from search.engines.base import Retrieval
from search.engines.elasticsearch.mappings import GAP
from search.engines.plan import Best, Constant, Everything, Node, Nothing, Phrase, Sum, Term, Weighted


def scoring(retrieval: Retrieval) -> dict:
    """Works of a retrieval with their scores."""
    text = _translated(plan.scoring(retrieval.text) if retrieval.text else Everything())
    return {"bool": {"must": [text], "filter": filters_of(retrieval.filters)}}


def finding(retrieval: Retrieval) -> dict:
    """Works that the text of a retrieval finds, filters aside, without scores."""
    return {"bool": {"filter": [_translated(plan.finding(retrieval.text) if retrieval.text else Everything())]}}


def filters_of(filters: Mapping[str, tuple[str, ...]], leave_out: str | None = None) -> list[dict]:
    """One clause a facet; `leave_out` names a facet whose own filter does not apply."""
    return [{"terms": {f"facet_{facet}": list(v)}} for facet, v in filters.items() if facet != leave_out]


def word_query(word: str) -> dict | None:
    """Works that hold a word, in any form and language."""
    node = plan.word(word)
    return _translated(node) if node else None


def _translated(node: Node, weight: float = 1.0) -> dict:
    match node:
        case Term(field, term):
            return {"term": {field: {"value": term, "boost": weight}}}
        case Phrase(field, terms):
            return {"match_phrase": {field: {"query": _spaced(terms), "boost": weight}}}
        case Constant(inner, score):
            return {"constant_score": {"filter": _translated(inner), "boost": weight * score}}
        case Weighted(inner, factor):
            return _translated(inner, weight * factor)
        case Best(nodes):
            queries = [_translated(inner) for inner in nodes]
            return {"dis_max": {"queries": queries, "tie_breaker": ranking.TIE_BREAKER, "boost": weight}}
        case Sum(must, should, must_not):
            clauses = {"must": must, "should": should, "must_not": must_not}
            queries = {name: [_translated(inner) for inner in nodes] for name, nodes in clauses.items() if nodes}
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
