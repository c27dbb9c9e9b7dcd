"""A retrieval as a query of Elasticsearch, scored as the embedded engine scores it."""

from collections.abc import Iterable, Mapping

from search import ranking
from search.analysis import LANGUAGES, query_terms
from search.engines.base import Alternative, Part, Retrieval, TextQuery
from search.engines.elasticsearch.mappings import TEXT_GROUPS, spaced

# Lucene leaves this constant factor (k1 + 1) of BM25 out; the weights of ranking are tuned with it.
BM25_FACTOR = 2.2
EVERYTHING: dict = {"match_all": {}}
NOTHING: dict = {"match_none": {}}


def query_of(retrieval: Retrieval) -> dict:
    """The query of a retrieval, filters included."""
    text = text_query(retrieval.text) if retrieval.text else EVERYTHING
    filters = filters_of(retrieval.filters)
    return {"bool": {"must": [text], "filter": filters}} if filters else text


def filters_of(filters: Mapping[str, tuple[str, ...]], leave_out: str | None = None) -> list[dict]:
    """One clause a facet; `leave_out` names a facet whose own filter does not apply."""
    return [{"terms": {f"facet_{facet}": list(v)}} for facet, v in filters.items() if facet != leave_out]


def text_query(text: TextQuery) -> dict:
    found = [(part, query) for part in text.parts if (query := _part(part))]
    required = [query for part, query in found if part.is_required]
    wanted = [query for part, query in found if not part.is_required]
    if len(found) > 1 or any(len(alternative.words) > 1 for part, _query in found for alternative in part.alternatives):
        there = [_presence(part) for part, _query in found]
        wanted += [_constant(query, ranking.COVERED) for query in there]
        wanted.append(_constant({"bool": {"filter": there}}, ranking.COMPLETE))
    if text.title:
        wanted.append(_constant({"term": {"whole_title": text.title}}, ranking.EXACT_TITLE))
    excluded = [query for part in text.excluded if (query := _presence(part))]
    if not found:
        required, wanted = [EVERYTHING if excluded and not text.parts else NOTHING], []
    return {"bool": {"must": required, "should": wanted, "must_not": excluded}}


def word_query(word: str) -> dict | None:
    """Works that hold a word, in any form and language."""
    clauses = _any_places(word, LANGUAGES)
    return {"bool": {"should": clauses}} if clauses else None


def _part(part: Part) -> dict | None:
    """Any alternative of a part, scored."""
    queries = [query for alternative in part.alternatives if (query := _alternative(alternative))]
    queries += [_constant(_identifier(identifier), ranking.IDENTIFIER) for identifier in part.identifiers]
    return _best(queries)


def _presence(part: Part) -> dict | None:
    """Whether a part is there; an alternative of several words is there only with all of them."""
    clauses = [query for alternative in part.alternatives if (query := _alternative_presence(alternative))]
    clauses += [_identifier(identifier) for identifier in part.identifiers]
    return {"bool": {"should": clauses}} if clauses else None


def _identifier(identifier: str) -> dict:
    return {"term": {"identifiers": identifier}}


def _alternative(alternative: Alternative) -> dict | None:
    if alternative.is_verbatim:
        return _phrase("verbatim", "verbatim", alternative.words, alternative.weight)
    if alternative.is_phrase:
        return _best(
            [
                phrase
                for language, weight in _weighed(alternative.languages)
                for group in TEXT_GROUPS
                if (
                    phrase := _phrase(
                        f"{group}_{language}",
                        language,
                        alternative.words,
                        alternative.weight * weight * ranking.GROUP_WEIGHTS[group],
                    )
                )
            ]
        )
    words = [query for word in alternative.words if (query := _word(word, alternative))]
    if len(words) < 2:
        return words[0] if words else None
    return {"bool": {"should" if alternative.is_partial else "must": words}}


def _alternative_presence(alternative: Alternative) -> dict | None:
    if alternative.is_verbatim or alternative.is_phrase:
        return _alternative(alternative)
    places = [_any_places(word, alternative.languages or LANGUAGES) for word in alternative.words]
    words = [{"bool": {"should": clauses}} for clauses in places if clauses]
    return {"bool": {"filter": words}} if words else None


def _weighed(languages: tuple[str, ...]) -> list[tuple[str, float]]:
    """The first language is the reader's; the others count less."""
    return [(language, 1.0 if at == 0 else ranking.OTHER_LANGUAGE) for at, language in enumerate(languages)]


def _word(word: str, alternative: Alternative) -> dict | None:
    """A word in any group of any language: the best place counts, the others a little."""
    places, typed = [], []
    for language, weight in _weighed(alternative.languages or LANGUAGES):
        found = query_terms(word, language)
        places += [
            _term(f"{group}_{language}", term, alternative.weight * weight * boost)
            for term in found
            for group, boost in ranking.GROUP_WEIGHTS.items()
        ]
        if found:
            exactness = ranking.EXACT_WORD if word.isascii() else ranking.EXACT_ACCENTS
            typed.append(_term(f"exact_{language}", word.lower(), alternative.weight * weight * exactness))
    if not places:
        return None
    return {"bool": {"must": [_best(places)], "should": [_best(typed)]}}


def _any_places(word: str, languages: Iterable[str]) -> list[dict]:
    """The clauses of a word's terms in all the text of some languages."""
    return [
        {"terms": {f"any_{language}": list(found)}} for language in languages if (found := query_terms(word, language))
    ]


def _term(field: str, term: str, weight: float) -> dict:
    return {"term": {field: {"value": term, "boost": weight * BM25_FACTOR}}}


def _phrase(field: str, analyzer_name: str, words: tuple[str, ...], weight: float) -> dict | None:
    """Words side by side; where stop words stood, gaps remain."""
    found = spaced(" ".join(words), analyzer_name)
    return {"match_phrase": {field: {"query": found, "boost": weight * BM25_FACTOR}}} if found else None


def _constant(query: dict, score: float) -> dict:
    return {"constant_score": {"filter": query, "boost": score}}


def _best(queries: list[dict]) -> dict | None:
    if len(queries) < 2:
        return queries[0] if queries else None
    return {"dis_max": {"queries": queries, "tie_breaker": ranking.TIE_BREAKER}}
