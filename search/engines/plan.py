"""The plan of a text query: what to look for in which field and how much it weighs, before any engine's own words.

Engines translate these nodes one by one, so that ranking is written once.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from search import ranking
from search.analysis import LANGUAGES, analyzer, fold, query_terms
from search.engines.base import Alternative, Part, TextQuery
from search.engines.text_fields import VERBATIM


@dataclass(frozen=True)
class Term:
    """Works with a term in a field, scored by how telling it is there."""

    field: str
    term: str


@dataclass(frozen=True)
class Phrase:
    """Works with terms at these distances from each other in a field."""

    field: str
    terms: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Constant:
    """What a node finds, every work with the same score."""

    node: "Node"
    score: float


@dataclass(frozen=True)
class Weighted:
    """What a node finds, its score multiplied."""

    node: "Node"
    weight: float


@dataclass(frozen=True)
class Best:
    """Works that any of the nodes finds: the best score, and a little of the others'."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True)
class Sum:
    """Works that all of `must`, or without these any of `should`, find, and none of `must_not`: scores added up."""

    must: tuple["Node", ...] = ()
    should: tuple["Node", ...] = ()
    must_not: tuple["Node", ...] = ()


@dataclass(frozen=True)
class Everything:
    """Every work."""


@dataclass(frozen=True)
class Nothing:
    """No work."""


Node = Term | Phrase | Constant | Weighted | Best | Sum | Everything | Nothing


def plan(text: TextQuery) -> Node:
    """The plan of a whole query."""
    found = [(part, node) for part in text.parts if (node := _part(part))]
    excluded = tuple(node for part in text.excluded if (node := _presence(part)))
    if not found:
        return Sum((Everything() if excluded and not text.parts else Nothing(),), (), excluded)
    required = tuple(node for part, node in found if part.is_required)
    wanted = [node for part, node in found if not part.is_required]
    if len(found) > 1 or any(len(alternative.words) > 1 for part, _node in found for alternative in part.alternatives):
        there = tuple(node for part, _node in found if (node := _presence(part)))
        wanted += [Constant(node, ranking.COVERED) for node in there]
        wanted.append(Constant(Sum(there), ranking.COMPLETE))
    if text.title:
        wanted.append(Constant(Term("whole_title", text.title), ranking.EXACT_TITLE))
    return Sum(required, tuple(wanted), excluded)


def word_plan(word: str) -> Node | None:
    """Works that hold a word, in any form and language."""
    return _any_of(_places(word, LANGUAGES))


def _part(part: Part) -> Node | None:
    """Any alternative of a part."""
    nodes = [node for alternative in part.alternatives if (node := _alternative(alternative))]
    nodes += [Constant(Term("identifiers", identifier), ranking.IDENTIFIER) for identifier in part.identifiers]
    return _best(nodes)


def _presence(part: Part) -> Node | None:
    """Whether a part is there, without a score: an alternative of several words only with all of them."""
    nodes = [node for alternative in part.alternatives if (node := _alternative_presence(alternative))]
    nodes += [Term("identifiers", identifier) for identifier in part.identifiers]
    return _any_of(nodes)


def _alternative(alternative: Alternative) -> Node | None:
    if alternative.is_verbatim or alternative.is_phrase:
        node = _best(_phrases(alternative))
    else:
        words = [node for word in alternative.words if (node := _word(word, alternative.languages))]
        if len(words) > 1:
            node = Sum(should=tuple(words)) if alternative.is_partial else Sum(must=tuple(words))
        else:
            node = words[0] if words else None
    return Weighted(node, alternative.weight) if node and alternative.weight != 1.0 else node


def _alternative_presence(alternative: Alternative) -> Node | None:
    if alternative.is_verbatim or alternative.is_phrase:
        return _any_of(_phrases(alternative))
    words = [node for word in alternative.words if (node := _any_of(_places(word, alternative.languages or LANGUAGES)))]
    return Sum(must=tuple(words)) if len(words) > 1 else (words or [None])[0]


def _phrases(alternative: Alternative) -> list[Node]:
    if alternative.is_verbatim:
        phrases = [_phrase(VERBATIM, VERBATIM, alternative.words)]
        return [phrase for phrase in phrases if phrase]
    return [
        Weighted(phrase, weight * boost)
        for language, weight in _weighed(alternative.languages)
        for field, boost in ranking.FIELD_WEIGHTS.items()
        if (phrase := _phrase(f"{field}_{language}", language, alternative.words))
    ]


def _word(word: str, languages: tuple[str, ...]) -> Node | None:
    """A word in any field of any language: the best place counts, the others a little, and more as it was typed."""
    places: list[Node] = []
    typed: list[Node] = [Weighted(Term(VERBATIM, fold(word)), ranking.EXACT_WORD)]
    for language, weight in _weighed(languages or LANGUAGES):
        found = query_terms(word, language)
        places += [
            Weighted(Term(f"{field}_{language}", term), weight * boost)
            for term in found
            for field, boost in ranking.FIELD_WEIGHTS.items()
        ]
        if found and not word.isascii():
            typed.append(Weighted(Term(f"exact_{language}", word.lower()), weight * ranking.EXACT_ACCENTS))
    best = _best(places)
    return Sum((best,), tuple(typed)) if best else None


def _weighed(languages: tuple[str, ...]) -> list[tuple[str, float]]:
    """The first language is the reader's; the others count less."""
    return [(language, 1.0 if at == 0 else ranking.OTHER_LANGUAGE) for at, language in enumerate(languages)]


def _places(word: str, languages: Iterable[str]) -> list[Node]:
    return [Term(f"text_{language}", term) for language in languages for term in query_terms(word, language)]


def _phrase(field: str, analyzer_name: str, words: tuple[str, ...]) -> Node | None:
    """Words side by side; where stop words stood, gaps remain."""
    found = analyzer(analyzer_name).pre_tokenize(" ".join(words)).tokens
    if len(found) < 2:
        return Term(field, found[0].text) if found else None
    return Phrase(field, tuple((token.position - found[0].position, token.text) for token in found))


def _best(nodes: list[Node]) -> Node | None:
    if len(nodes) < 2:
        return nodes[0] if nodes else None
    return Best(tuple(nodes))


def _any_of(nodes: list[Node]) -> Node | None:
    if len(nodes) < 2:
        return nodes[0] if nodes else None
    return Sum(should=tuple(nodes))
