"""Fusion: one order out of what words found and what meaning found, never worse than either.

Words are asked in the query's language alone: stray words shared with another language otherwise outrank real hits.
Names and numbers, which no dictionary of that language holds, are the same in every language and asked in all.
Scores of words are compared with the best one and squared, so that near equals stay near and stray words fade; where
the best one is far from what the query's words are worth, all of them count less. Cosines are comparable as they are.
Both are added up.

A work with no text in the query's language can match nothing but names: it is also given what works of its similarity
usually get from words, and since a name or two seldom make a high score, its own is not squared. So it is with a work
that is nearest by a passage in another language. None of this where all of the query could match, as it does when the
glossary knows what is meant. Where all that words found are works without the language, their best match is no good
one: it counts by the share of the query that could match. Measured with `benchmarks/search_meaning.py` and
`benchmarks/search_quality`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from statistics import median

from search.dictionary import is_common_word
from search.engines.base import Alternative, TextQuery

# What the best match in words weighs, against a cosine of 1…
WORDS_WEIGHT = 0.75
# …and where the glossary or a number says what is meant: that is surer than likeness.
UNDERSTOOD_WEIGHT = 1.25
# What words usually give to a work of some similarity: nothing up to the first figure, then so much for each unit.
EXPECTED_FROM = 0.25
# What is nearest by a passage has been made less similar (`PASSAGE_HANDICAP` in search/vectors/meaning.py).
EXPECTED_FROM_PASSAGE = 0.2
EXPECTED_SLOPE = 2.0
# Works without the query's language are as able to match as others only where nearly all of the query is shared.
EQUAL_IF_SHARED = 4
# A best match that reaches so much of the rarity of a query's words is a good one; a lesser one counts in proportion,
# but no match counts less than that.
GOOD_MATCH, LEAST_CONFIDENCE = 1.6, 0.2
# What names weigh where no work has words of the query's language, if the whole query is names.
NAMES_ALONE = 0.5


@dataclass(frozen=True)
class Fused:
    """A work in the fused order."""

    work: str
    score: float
    by_words: bool


def fuse(
    words: Mapping[str, float],
    similarities: Mapping[str, float],
    *,
    wordless: Collection[str] = (),
    said_elsewhere: Collection[str] = (),
    certain: float = float("inf"),
    words_weight: float = WORDS_WEIGHT,
    shared: float = 1.0,
    rarity: float = 0.0,
) -> list[Fused]:
    """Works in order, best first.

    `words`: work → the score of its words. `similarities`: work → cosine; a work that words found and that has none (it
    waits to be embedded) is taken for as similar as its neighbours. `wordless`: works with no text in the query's
    language; `said_elsewhere`: works that have some, but are nearest by a passage in another. `shared`: the share of
    the query that the former can match (`shared_share`). `rarity` of the query's words (`search.rarity`); 0 where it is
    not known. Works with a score of `certain` or more (exact titles, identifiers) come first, whatever they mean.
    """
    wordless = frozenset(wordless)
    best = max((score for score in words.values() if score < certain), default=0.0)
    could_match = any(score < certain and work not in wordless for work, score in words.items())
    certainty = confidence(best, rarity)
    typical = median([similarities[work] for work in words if work in similarities] or [0.0])
    fused = []
    for work in dict.fromkeys((*words, *similarities)):
        score, similarity = words.get(work, 0.0), similarities.get(work, typical)
        if score >= certain:
            fused.append(Fused(work, score, True))
            continue
        from_words = score / best if best else 0.0
        if could_match and (work in wordless or work in said_elsewhere):
            usual_from = EXPECTED_FROM if work in wordless else EXPECTED_FROM_PASSAGE
            with_names = certainty * from_words + EXPECTED_SLOPE * max(0.0, similarity - usual_from)
            equality = shared**EQUAL_IF_SHARED
            from_words = equality * certainty * from_words**2 + (1 - equality) * with_names
        elif work in wordless:
            from_words *= NAMES_ALONE * shared
        else:
            from_words = certainty * from_words**2
        fused.append(Fused(work, words_weight * from_words + similarity, score > 0))
    return sorted(fused, key=lambda item: item.score, reverse=True)


def confidence(best: float, rarity: float) -> float:
    """How far the best score of words is to be trusted, from `LEAST_CONFIDENCE` to 1 (see `search.rarity`)."""
    return min(1.0, max(LEAST_CONFIDENCE, best / (GOOD_MATCH * rarity))) if rarity else 1.0


def in_language(text: TextQuery, language: str) -> TextQuery:
    """The same query with common words looked for in their language alone; names, numbers and phrases stay."""

    def narrowed(alternatives: tuple[Alternative, ...]) -> tuple[Alternative, ...]:
        return tuple(
            replace(each, languages=(language,))
            if language in each.languages and any(is_common_word(word, language) for word in each.words)
            else each
            for each in alternatives
        )

    parts = tuple(replace(part, alternatives=narrowed(part.alternatives)) for part in text.parts)
    return replace(text, parts=parts)


def shared_share(text: TextQuery, language: str) -> float:
    """The share of a query's parts that works without a text in its language can match."""
    shared = [part for part in text.parts if any(each.languages != (language,) for each in part.alternatives)]
    return len(shared) / len(text.parts) if text.parts else 0.0
