"""A retrieval as a tantivy query."""

from collections.abc import Mapping

from tantivy import Occur, Query

from search import ranking
from search.analysis import LANGUAGES, analyzer, fold, query_terms
from search.engines.base import Alternative, Part, Retrieval, TextQuery
from search.engines.embedded_schema import TEXT_GROUPS, schema


def query_of(retrieval: Retrieval, leave_out: str | None = None) -> Query:
    """The query of a retrieval; `leave_out` names a facet whose own filter does not apply."""
    clauses = [(Occur.Must, _text_query(retrieval.text) if retrieval.text else Query.all_query())]
    clauses += [(Occur.Must, clause) for clause in _filters(retrieval.filters, leave_out)]
    return Query.boolean_query(clauses) if len(clauses) > 1 else clauses[0][1]


def _filters(filters: Mapping[str, tuple[str, ...]], leave_out: str | None) -> list[Query]:
    return [
        Query.const_score_query(Query.term_set_query(schema(), f"facet_{facet}", list(values)), 0.0)
        for facet, values in filters.items()
        if facet != leave_out
    ]


def _text_query(text: TextQuery) -> Query:
    found = [part for part in text.parts if _part(part)]
    clauses = [(Occur.Must if part.is_required else Occur.Should, _part(part)) for part in found]
    if len(found) > 1 or any(len(alternative.words) > 1 for part in found for alternative in part.alternatives):
        there = [_part(part, whole=True) for part in found]
        clauses += [(Occur.Should, Query.const_score_query(query, ranking.COVERED)) for query in there]
        everything = Query.boolean_query([(Occur.Must, query) for query in there])
        clauses.append((Occur.Should, Query.const_score_query(everything, ranking.COMPLETE)))
    if text.title:
        title = Query.term_query(schema(), "whole_title", text.title)
        clauses.append((Occur.Should, Query.const_score_query(title, ranking.EXACT_TITLE)))
    excluded = [query for part in text.excluded if (query := _part(part, whole=True))]
    if not found:
        clauses = [(Occur.Must, Query.all_query() if excluded and not text.parts else Query.empty_query())]
    clauses += [(Occur.MustNot, query) for query in excluded]
    return Query.boolean_query(clauses)


def _part(part: Part, whole: bool = False) -> Query | None:
    """Any alternative of a part. `whole`: an alternative of several words is there only with all of them."""
    queries = [query for alternative in part.alternatives if (query := _alternative(alternative, whole))]
    for identifier in part.identifiers:
        exact = Query.term_query(schema(), "identifiers", identifier)
        queries.append(Query.const_score_query(exact, ranking.IDENTIFIER))
    return _best(queries)


def word_query(word: str) -> Query | None:
    """Works that hold a word, in any form and language."""
    return _word(word, LANGUAGES)


def _alternative(alternative: Alternative, whole: bool) -> Query | None:
    if alternative.is_verbatim:
        query = _phrase("verbatim", "verbatim", alternative.words)
    elif alternative.is_phrase:
        query = _best(
            [
                Query.boost_query(phrase, weight * ranking.GROUP_WEIGHTS[group])
                for language, weight in _weighed(alternative.languages)
                for group in TEXT_GROUPS
                if (phrase := _phrase(f"{group}_{language}", language, alternative.words))
            ]
        )
    else:
        words = [query for word in alternative.words if (query := _word(word, alternative.languages))]
        occur = Occur.Should if alternative.is_partial and not whole else Occur.Must
        query = Query.boolean_query([(occur, word) for word in words]) if len(words) > 1 else (words or [None])[0]
    return Query.boost_query(query, alternative.weight) if query and alternative.weight != 1.0 else query


def _weighed(languages: tuple[str, ...]) -> list[tuple[str, float]]:
    """The first language is the reader's; the others count less."""
    return [(language, 1.0 if at == 0 else ranking.OTHER_LANGUAGE) for at, language in enumerate(languages)]


def _word(word: str, languages: tuple[str, ...]) -> Query | None:
    """A word in any group of any language: the best place counts, the others a little."""
    places, with_accents = [], []
    for language, weight in _weighed(languages or LANGUAGES):
        found = query_terms(word, language)
        for term in found:
            places += [
                Query.boost_query(Query.term_query(schema(), f"{group}_{language}", term, "freq"), weight * boost)
                for group, boost in ranking.GROUP_WEIGHTS.items()
            ]
        if found and not word.isascii():
            exact = Query.term_query(schema(), f"exact_{language}", word.lower(), "freq")
            with_accents.append(Query.boost_query(exact, weight * ranking.EXACT_ACCENTS))
    if not places:
        return None
    as_typed = Query.term_query(schema(), "verbatim", fold(word), "freq")
    clauses = [(Occur.Must, _best(places)), (Occur.Should, Query.boost_query(as_typed, ranking.EXACT_WORD))]
    return Query.boolean_query([*clauses, *((Occur.Should, query) for query in with_accents)])


def _phrase(field: str, analyzer_name: str, words: tuple[str, ...]) -> Query | None:
    """Words side by side; where stop words stood, gaps remain."""
    found = [(token.position, token.text) for token in analyzer(analyzer_name).pre_tokenize(" ".join(words)).tokens]
    if not found:
        return None
    if len(found) == 1:
        return Query.term_query(schema(), field, found[0][1])
    first = found[0][0]
    return Query.phrase_query(schema(), field, [(position - first, text) for position, text in found])


def _best(queries: list[Query]) -> Query | None:
    if len(queries) < 2:
        return queries[0] if queries else None
    return Query.disjunction_max_query(queries, ranking.TIE_BREAKER)
