"""A retrieval as tantivy queries: one that finds, for counting, and one that also scores.

`text_en` and `text_es` hold all of a work's words, so finding asks them alone; scoring adds titles and terms, the word
as typed, and what is given for holding many or all parts of the query.
"""

from collections.abc import Callable, Mapping

from tantivy import Occur, Query

from search import ranking
from search.analysis import LANGUAGES, analyzer, fold, query_terms
from search.engines.base import Alternative, Part, Retrieval, TextQuery
from search.engines.embedded_schema import schema


def finding(retrieval: Retrieval, leave_out: str | None = None) -> Query:
    """Works of a retrieval, without scores; `leave_out` names a facet whose own filter does not apply."""
    return _filtered(_unscored(_text(retrieval.text, _found_part)) if retrieval.text else None, retrieval, leave_out)


def scoring(retrieval: Retrieval) -> Query:
    """Works of a retrieval with their scores."""
    return _filtered(_text(retrieval.text, _scored_part, _bonuses) if retrieval.text else None, retrieval)


def word_query(word: str, languages: tuple[str, ...] = LANGUAGES) -> Query | None:
    """Works that hold a word, in any form, in any of some languages."""
    return _any([_term(f"text_{language}", term) for language in languages for term in query_terms(word, language)])


def _filtered(text: Query | None, retrieval: Retrieval, leave_out: str | None = None) -> Query:
    clauses = [(Occur.Must, text or Query.all_query())]
    clauses += [(Occur.Must, clause) for clause in _filters(retrieval.filters, leave_out)]
    return Query.boolean_query(clauses) if len(clauses) > 1 else clauses[0][1]


def _filters(filters: Mapping[str, tuple[str, ...]], leave_out: str | None) -> list[Query]:
    return [
        _unscored(Query.term_set_query(schema(), f"facet_{facet}", list(values)))
        for facet, values in filters.items()
        if facet != leave_out
    ]


def _text(
    text: TextQuery,
    part_query: Callable[[Part], Query | None],
    bonuses: Callable[[TextQuery, list[Part]], list[Query]] = lambda text, parts: [],
) -> Query:
    """Any part, all required ones, none of the excluded."""
    queries = [(part, query) for part in text.parts if (query := part_query(part))]
    excluded = [query for part in text.excluded if (query := _found_part(part, whole=True))]
    if not queries:
        only_excluded = excluded and not text.parts
        clauses = [(Occur.Must, Query.all_query() if only_excluded else Query.empty_query())]
    else:
        clauses = [(Occur.Must if part.is_required else Occur.Should, query) for part, query in queries]
        clauses += [(Occur.Should, query) for query in bonuses(text, [part for part, _query in queries])]
    return Query.boolean_query(clauses + [(Occur.MustNot, query) for query in excluded])


def _bonuses(text: TextQuery, parts: list[Part]) -> list[Query]:
    """What a work gets for each part it holds, for all of them, and for being called exactly so."""
    bonuses = []
    if len(parts) > 1 or any(len(alternative.words) > 1 for part in parts for alternative in part.alternatives):
        there = [query for part in parts if (query := _found_part(part, whole=True))]
        bonuses += [Query.const_score_query(query, ranking.COVERED) for query in there]
        everything = Query.boolean_query([(Occur.Must, query) for query in there])
        bonuses.append(Query.const_score_query(everything, ranking.COMPLETE))
    if text.title:
        bonuses.append(Query.const_score_query(_term("whole_title", text.title), ranking.EXACT_TITLE))
    return bonuses


def _found_part(part: Part, whole: bool = False) -> Query | None:
    """Works that hold any alternative of a part; with `whole`, all words of an alternative that has several."""
    queries = [query for alternative in part.alternatives if (query := _found_alternative(alternative, whole))]
    return _any(queries + [_term("identifiers", identifier) for identifier in part.identifiers])


def _found_alternative(alternative: Alternative, whole: bool) -> Query | None:
    if alternative.is_verbatim:
        return _phrase("verbatim", "verbatim", alternative.words)
    if alternative.is_phrase:
        return _any([_phrase(f"text_{lang}", lang, alternative.words) for lang in alternative.languages])
    words = [
        query
        for word in alternative.words
        if (
            query := _any([_term(f"text_{lang}", t) for lang in alternative.languages for t in query_terms(word, lang)])
        )
    ]
    return _any(words) if alternative.is_partial and not whole else _all(words)


def _scored_part(part: Part) -> Query | None:
    queries = [query for alternative in part.alternatives if (query := _scored_alternative(alternative))]
    queries += [
        Query.const_score_query(_term("identifiers", identifier), ranking.IDENTIFIER) for identifier in part.identifiers
    ]
    return _best(queries)


def _scored_alternative(alternative: Alternative) -> Query | None:
    if alternative.is_verbatim:
        query = _phrase("verbatim", "verbatim", alternative.words)
    elif alternative.is_phrase:
        query = _best(
            [
                _boosted(phrase, weight * boost)
                for language, weight in _weighed(alternative.languages)
                for field, boost in ranking.FIELD_WEIGHTS.items()
                if (phrase := _phrase(f"{field}_{language}", language, alternative.words))
            ]
        )
    else:
        words = [query for word in alternative.words if (query := _scored_word(word, alternative.languages))]
        query = _any(words) if alternative.is_partial else _all(words)
    return _boosted(query, alternative.weight) if query else None


def _scored_word(word: str, languages: tuple[str, ...]) -> Query | None:
    """A word in any field of any language: the best place counts, the others a little."""
    places, with_accents = [], []
    for language, weight in _weighed(languages):
        found = query_terms(word, language)
        places += [
            _boosted(_term(f"{field}_{language}", term), weight * boost)
            for term in found
            for field, boost in ranking.FIELD_WEIGHTS.items()
        ]
        if found and not word.isascii():
            with_accents.append(_boosted(_term(f"exact_{language}", word.lower()), weight * ranking.EXACT_ACCENTS))
    if not places:
        return None
    as_typed = [_boosted(_term("verbatim", fold(word)), ranking.EXACT_WORD), *with_accents]
    return Query.boolean_query([(Occur.Must, _best(places)), *((Occur.Should, query) for query in as_typed)])


def _weighed(languages: tuple[str, ...]) -> list[tuple[str, float]]:
    """The first language is the reader's; the others count less."""
    return [(language, 1.0 if at == 0 else ranking.OTHER_LANGUAGE) for at, language in enumerate(languages)]


def _phrase(field: str, analyzer_name: str, words: tuple[str, ...]) -> Query | None:
    """Words side by side; where stop words stood, gaps remain."""
    found = [(token.position, token.text) for token in analyzer(analyzer_name).pre_tokenize(" ".join(words)).tokens]
    if not found:
        return None
    if len(found) == 1:
        return _term(field, found[0][1])
    first = found[0][0]
    return Query.phrase_query(schema(), field, [(position - first, text) for position, text in found])


def _term(field: str, term: str) -> Query:
    return Query.term_query(schema(), field, term, "freq")


def _boosted(query: Query, weight: float) -> Query:
    return query if weight == 1.0 else Query.boost_query(query, weight)


def _unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)


def _best(queries: list[Query]) -> Query | None:
    if len(queries) < 2:
        return queries[0] if queries else None
    return Query.disjunction_max_query(queries, ranking.TIE_BREAKER)


def _any(queries: list[Query | None]) -> Query | None:
    return _joined(queries, Occur.Should)


def _all(queries: list[Query | None]) -> Query | None:
    return _joined(queries, Occur.Must)


def _joined(queries: list[Query | None], occur: Occur) -> Query | None:
    queries = [query for query in queries if query is not None]
    if len(queries) < 2:
        return queries[0] if queries else None
    return Query.boolean_query([(occur, query) for query in queries])
