"""The plan of a text query: what to look for in which field and how much it weighs, before any engine's own words.

Engines translate its nodes (`search.engines.nodes`) one by one, so that ranking is written once.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from search import ranking
from search.analysis import LANGUAGES, analyzer, fold, query_terms
from search.engines.base import Alternative, Part, TextQuery
from search.engines.nodes import Best, Constant, Everything, Node, Nothing, Phrase, Sum, Term, Weighted
from search.engines.text_fields import VERBATIM

Identity = TypeVar("Identity", bound=Hashable)


@dataclass(frozen=True)
class Places:
    """Where an index holds words: field → weight, and whether it also holds them whole, as they were typed."""

    weights: Mapping[str, float]
    holds_typed: bool


WORKS = Places(ranking.FIELD_WEIGHTS, holds_typed=True)
PASSAGES = Places({"text": 1.0}, holds_typed=False)


def finding(text: TextQuery) -> Node:
    """Works that a query finds, whatever their scores."""
    return _whole(text, [(part, node) for part in text.parts if (node := _found_part(part))])


def scoring(text: TextQuery) -> Node:
    """The same works with their scores, and what they get for holding many or all parts, or for being called so."""
    found = [(part, node) for part in text.parts if (node := _scored_part(part, WORKS))]
    bonuses: list[Node] = []
    if _may_be_incomplete(found):
        found, bonuses = _with_bonuses(found)
    if text.title:
        bonuses.append(_called_so(text))
    return _whole(text, found, bonuses)


def _called_so(text: TextQuery) -> Node:
    return Constant(Term("whole_title", text.title), ranking.EXACT_TITLE)


def _may_be_incomplete(found: list[tuple[Part, Node]]) -> bool:
    """Whether something may hold one part or word without another, so that holding all is worth a bonus."""
    return len(found) > 1 or any(len(each.words) > 1 for part, _node in found for each in part.alternatives)


def _with_bonuses(found: list[tuple[Part, Node]]) -> tuple[list[tuple[Part, Node]], list[Node]]:
    """Parts, and the bonuses beside them for each part that is there and for all of them; none for common ones.

    Phrases are dear to look for: where a part is there whenever it is found, its bonus is added on the spot.
    """
    parts, bonuses, there = [], [], []
    for part, node in found:
        if part.is_common:
            parts.append((part, node))
            continue
        whole = _found_part(part, whole=True)
        bonus = ranking.COVERED + (ranking.COMPLETE if len(found) == 1 else 0.0)
        if _is_dear(part):
            node = Sum((node, Constant(Everything(), bonus)))
        elif whole:
            bonuses.append(Constant(whole, bonus))
        parts.append((part, node))
        there += [whole] if whole else []
    if len(found) > 1 and there:
        bonuses.append(Constant(_all(there), ranking.COMPLETE))
    return parts, bonuses


def _is_dear(part: Part) -> bool:
    """Whether it holds phrases, and nothing of which a piece would do."""
    alternatives = part.alternatives
    return any(each.is_phrase for each in alternatives) and not any(each.is_partial for each in alternatives)


def excluding(text: TextQuery) -> tuple[Node, ...]:
    """What each excluded part of a query finds: works that may not be found, by whatever means."""
    return tuple(node for part in text.excluded if (node := _found_part(part, whole=True)))


def passage_scoring(text: TextQuery) -> Node:
    """Passages with their scores. They hold `text_*` alone: what must stand as typed is looked for in its stems."""
    found = _passage_parts(text)
    bonuses: list[Node] = []
    if _may_be_incomplete(found):
        there = tuple(node for part, _node in found if (node := _found_part(part, whole=True)))
        bonuses = [*(Constant(node, ranking.COVERED) for node in there), Constant(Sum(there), ranking.COMPLETE)]
    return _whole(_of_passages(text), found, bonuses) if found else Nothing()


def passages_with_all(text: TextQuery) -> Node:
    """The passages that hold every part, scored as above but for the bonus, which all of them have."""
    found, unwanted = tuple(_flat(node) for _part, node in _passage_parts(text)), excluding(_of_passages(text))
    if len(found) > 1 or (found and unwanted):
        return Sum(must=found, must_not=unwanted)
    return found[0] if found else Nothing()


def passages_with_any(text: TextQuery) -> Node:
    """The passages that hold any part, without bonuses: terms side by side, of which an engine skips the hopeless."""
    found = [(part, _flat(node)) for part, node in _passage_parts(text)]
    return _flat(_whole(_of_passages(text), found)) if found else Nothing()


def best_passages(
    text: TextQuery, limit: int, ask: Callable[[Node, int], dict[Identity, float]]
) -> dict[Identity, float]:
    """Identity → score of the best passages of all works, best first. `ask` gives this for one node and a limit.

    Those that hold every part come in one question; only if they are too few, those that hold some in another.
    """
    parts = len(_passage_parts(text))
    bonus = parts * ranking.COVERED + ranking.COMPLETE if parts > 1 else 0.0
    found = {identity: score + bonus for identity, score in ask(passages_with_all(text), limit).items()}
    if len(found) < limit and bonus:
        others = ask(passages_with_any(text), limit)
        found |= {identity: score for identity, score in others.items() if identity not in found}
    return dict(sorted(found.items(), key=lambda each: -each[1])[:limit])


def best_of_works(scored: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Work → the score of its best passage, given (work, score) of passages, best first."""
    best: dict[str, float] = {}
    for work, score in scored:
        best.setdefault(work, score)
    return best


def _passage_parts(text: TextQuery) -> list[tuple[Part, Node]]:
    parts = _of_passages(text).parts
    return [(part, node) for part in parts if (node := _scored_part(part, PASSAGES))]


def _of_passages(text: TextQuery) -> TextQuery:
    parts, excluded = (tuple(_without_verbatim(part) for part in each) for each in (text.parts, text.excluded))
    return replace(text, parts=parts, excluded=excluded, title="")


def _flat(node: Node) -> Node:
    """The same works: alternatives side by side and their scores added up, weights at the innermost."""
    leaves = tuple(_leaves(node, 1.0))
    return Sum(should=leaves) if len(leaves) > 1 else leaves[0]


def _leaves(node: Node, weight: float) -> Iterator[Node]:
    match node:
        case Weighted(inner, factor):
            yield from _leaves(inner, weight * factor)
        case Best(nodes) | Sum((), nodes, ()):
            for inner in nodes:
                yield from _leaves(inner, weight)
        case _:
            yield Weighted(node, weight)


def _without_verbatim(part: Part) -> Part:
    stemmed = (replace(each, is_verbatim=False, languages=each.languages or LANGUAGES) for each in part.alternatives)
    return replace(part, alternatives=tuple(stemmed), identifiers=())


def _whole(text: TextQuery, found: list[tuple[Part, Node]], bonuses: Iterable[Node] = ()) -> Node:
    """Any part, all required ones, none of the excluded."""
    excluded = excluding(text)
    if not found:
        return Sum((_without_parts(text, bool(excluded)) if not text.parts else Nothing(),), (), excluded)
    required = tuple(node for part, node in found if part.is_required)
    wanted = tuple(node for part, node in found if not part.is_required)
    return Sum(required, (*wanted, *bonuses), excluded)


def _without_parts(text: TextQuery, is_excluding: bool) -> Node:
    """For nothing but words too common to tell works apart, works that are called so; for excluded ones alone, all."""
    if text.title:
        return _called_so(text)
    return Everything() if is_excluding else Nothing()


def word(text: str) -> Node | None:
    """Works that hold a word, in any form and language, or a number."""
    terms = [Term(f"text_{language}", term) for language in LANGUAGES for term in query_terms(text, language)]
    return _any(terms if text.isalpha() else [*terms, Term("identifiers", fold(text))])


def _found_part(part: Part, whole: bool = False) -> Node | None:
    """Works that hold any alternative of a part; with `whole`, all words of an alternative that has several."""
    nodes = [node for alternative in part.alternatives if (node := _found_alternative(alternative, whole))]
    return _any(nodes + [Term("identifiers", identifier) for identifier in part.identifiers])


def _found_alternative(alternative: Alternative, whole: bool) -> Node | None:
    if alternative.is_verbatim:
        return _phrase(VERBATIM, VERBATIM, alternative.words)
    if alternative.is_phrase:
        return _any([_phrase(f"text_{language}", language, alternative.words) for language in alternative.languages])
    words = [
        _any(
            [
                Term(f"text_{language}", term)
                for language in alternative.languages
                for term in query_terms(typed, language)
            ]
        )
        for typed in alternative.words
    ]
    return _any(words) if alternative.is_partial and not whole else _all(words)


def _scored_part(part: Part, places: Places) -> Node | None:
    nodes = [node for alternative in part.alternatives if (node := _scored_alternative(alternative, places))]
    nodes += [Constant(Term("identifiers", identifier), ranking.IDENTIFIER) for identifier in part.identifiers]
    return _best(nodes)


def _scored_alternative(alternative: Alternative, places: Places) -> Node | None:
    if alternative.is_verbatim:
        node = _phrase(VERBATIM, VERBATIM, alternative.words)
    elif alternative.is_phrase:
        node = _best(
            [
                Weighted(phrase, weight * boost)
                for language, weight in _weighed(alternative.languages)
                for field, boost in places.weights.items()
                if (phrase := _phrase(f"{field}_{language}", language, alternative.words))
            ]
        )
    else:
        words = [_scored_word(typed, alternative.languages, places) for typed in alternative.words]
        node = _any(words) if alternative.is_partial else _all(words)
    return Weighted(node, alternative.weight) if node else None


def _scored_word(typed: str, languages: tuple[str, ...], places: Places) -> Node | None:
    """A word in any field of any language: the best place counts, the others a little, and more as it was typed."""
    best = _best(
        [
            Weighted(Term(f"{field}_{language}", term), weight * boost)
            for language, weight in _weighed(languages)
            for term in query_terms(typed, language)
            for field, boost in places.weights.items()
        ]
    )
    if best is None or not places.holds_typed:
        return best
    as_typed: list[Node] = [Weighted(Term(VERBATIM, fold(typed)), ranking.EXACT_WORD)]
    if not typed.isascii():
        as_typed += [
            Weighted(Term(f"exact_{language}", typed.lower()), weight * ranking.EXACT_ACCENTS)
            for language, weight in _weighed(languages)
            if query_terms(typed, language)
        ]
    return Sum((best,), tuple(as_typed))


def _weighed(languages: tuple[str, ...]) -> list[tuple[str, float]]:
    """The first language is the reader's; the others count less."""
    return [(language, 1.0 if at == 0 else ranking.OTHER_LANGUAGE) for at, language in enumerate(languages)]


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


def _any(nodes: list[Node | None]) -> Node | None:
    there = tuple(node for node in nodes if node)
    return Sum(should=there) if len(there) > 1 else next(iter(there), None)


def _all(nodes: list[Node | None]) -> Node | None:
    there = tuple(node for node in nodes if node)
    return Sum(must=there) if len(there) > 1 else next(iter(there), None)
