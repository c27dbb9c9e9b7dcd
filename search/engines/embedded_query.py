"""A retrieval as tantivy queries: the nodes of its plan, one by one."""

from collections.abc import Mapping

import tantivy
from tantivy import Occur, Query

from search import ranking
from search.engines import plan
from search.engines.base import Retrieval
from search.engines.embedded_schema import schema
from search.engines.nodes import Best, Constant, Everything, Node, Nothing, Phrase, Sum, Term, Weighted


def finding(retrieval: Retrieval) -> Query:
    """Works of a retrieval, without scores."""
    text = plan.finding(retrieval.text) if retrieval.text else None
    return _filtered(unscored(_with_others(text, retrieval)) if text else None, retrieval)


def scoring(retrieval: Retrieval) -> Query:
    """The same works with their scores; that of works found otherwise than by words is 0."""
    text = plan.scoring(retrieval.text) if retrieval.text else None
    return _filtered(_with_others(text, retrieval) if text else None, retrieval)


def _with_others(text: Node, retrieval: Retrieval) -> Query:
    """What the text finds, and `retrieval.also` beside it."""
    found = translated(text, schema())
    if not retrieval.also:
        return found
    excluded = [(Occur.MustNot, translated(node, schema())) for node in plan.excluding(retrieval.text)]
    others = Query.boolean_query([(Occur.Must, _works(retrieval.also)), *excluded])
    return Query.boolean_query([(Occur.Should, found), (Occur.Should, others)])


def _filtered(text: Query | None, retrieval: Retrieval) -> Query:
    clauses = [(Occur.Must, text or Query.all_query())]
    clauses += [(Occur.Must, clause) for clause in _filters(retrieval.filters)]
    if retrieval.among is not None:
        clauses.append((Occur.Must, _works(retrieval.among)))
    if retrieval.without:
        clauses.append((Occur.MustNot, _works(retrieval.without)))
    return Query.boolean_query(clauses) if len(clauses) > 1 else clauses[0][1]


def _filters(filters: Mapping[str, tuple[str, ...]]) -> list[Query]:
    return [
        unscored(Query.term_set_query(schema(), f"facet_{facet}", list(values))) for facet, values in filters.items()
    ]


def _works(keys: tuple[str, ...]) -> Query:
    # Faster than a set of terms, which is looked for in the whole list of keys.
    clauses = [(Occur.Should, Query.term_query(schema(), "translation_key", key, "basic")) for key in keys]
    return unscored(Query.boolean_query(clauses)) if clauses else Query.empty_query()


def unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)


def translated(node: Node, schema: tantivy.Schema) -> Query:
    match node:
        case Term(field, term):
            return Query.term_query(schema, field, term, "freq")
        case Phrase(field, terms):
            return Query.phrase_query(schema, field, list(terms))
        case Constant(inner, score):
            return Query.const_score_query(translated(inner, schema), score)
        case Weighted(inner, weight):
            query = translated(inner, schema)
            return query if weight == 1.0 else Query.boost_query(query, weight)
        case Best(nodes):
            return Query.disjunction_max_query([translated(inner, schema) for inner in nodes], ranking.TIE_BREAKER)
        case Sum(must, should, must_not):
            clauses = {Occur.Must: must, Occur.Should: should, Occur.MustNot: must_not}
            return Query.boolean_query(
                [(occur, translated(inner, schema)) for occur, nodes in clauses.items() for inner in nodes]
            )
        case Everything():
            return Query.all_query()
        case Nothing():
            return Query.empty_query()
    raise TypeError(node)
