"""Spelling: words that no public work holds, replaced by near words that some do. The vocabulary is the index's own.

One edit (a letter more, less, other, or two swapped) is allowed from four letters, two from eight; accents are none.
Real words that the library lacks are left alone, and so are names of counties and words of the glossary. A bill that
it lacks is only ever suggested to be another one.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from search.analysis import fold, is_stop_word_somewhere
from search.dictionary import is_real_word
from search.edit_distance import edit_distance
from search.engines.base import Engine, Retrieval, TextQuery
from search.known_names import NO_NAMES, KnownNames
from search.parsing import SAID, Kind, Piece, likely_language
from search.sounds import SHORTEST, spelled_as_it_sounds
from search.understanding import LONGEST_YEAR, bill_part
from search.word_breaks import with_breaks_mended

ONE_EDIT_FROM = 4
TWO_EDITS_FROM = 8
# How many times as frequent another word is that a rare one may be a mistake for, or one that stands nowhere as it is
# typed but shares its stem with words that do (`aprendizes`, which meets `aprendizaje`).
RARE = 2
MUCH_MORE = 20
MORE_THAN_ITS_STEM = 10
# A number shorter than this is like too many others.
SHORTEST_NUMBER = 3
MOST_BILLS = 1_000


@dataclass(frozen=True)
class Repair:
    """What was typed against what the library holds.

    `suggested` are the pieces as they should probably read, `certain` those with only the words replaced that find
    nothing as they were typed; either is None where nothing is to be replaced. `unknown` are the typed words, numbers
    of bills among them, that nothing in the library holds and nothing replaces.
    """

    suggested: tuple[Piece, ...] | None = None
    certain: tuple[Piece, ...] | None = None
    unknown: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What to suggest, or what is looked for instead; empty where there is nothing to say."""
        return " ".join(piece.text for piece in self.certain or self.suggested or ())


NO_REPAIR = Repair()


def repair(pieces: Sequence[Piece], engine: Engine, reader: str, names: KnownNames = NO_NAMES) -> Repair:
    """Compares pieces with the vocabulary of the library; `names` are known, too. Raises EngineUnavailable."""
    counts = engine.frequencies(_all_words(pieces))
    whole = with_breaks_mended(pieces, counts, engine, names)
    if whole != list(pieces):
        counts = engine.frequencies(_all_words(whole))
    vocabulary = Vocabulary(engine, reader, likely_language(list(pieces), reader), names)
    suggested, certain, unknown = [], [], []
    for piece in whole:
        better, sure, missing = piece, piece, ()
        if not piece.is_excluded and piece.kind is Kind.BILL:
            better, missing = _better_bill(piece, engine)
        elif not piece.is_excluded:
            found = {word: vocabulary.better_word(word, counts[word]) for word in _words(piece)}
            better = piece.with_words(tuple(found.get(word, word) for word in piece.words))
            sure = piece.with_words(tuple(word if counts.get(word) else found.get(word, word) for word in piece.words))
            missing = tuple(word for word, other in found.items() if other == word and not counts[word])
            # A long number may stand there with its thousands parted.
            missing = tuple(word for word in missing if not word.isdecimal() or len(word) <= LONGEST_YEAR)
        suggested.append(better)
        certain.append(sure)
        unknown += missing
    return Repair(
        tuple(suggested) if suggested != list(pieces) else None,
        tuple(certain) if certain != list(pieces) else None,
        tuple(dict.fromkeys(unknown)),
    )


def _all_words(pieces: Sequence[Piece]) -> set[str]:
    return {word for piece in pieces if not piece.is_excluded for word in _words(piece)}


def _words(piece: Piece) -> tuple[str, ...]:
    """The words of a piece that the vocabulary may know; a number in parts, such as a DOI, is none."""
    is_number = piece.kind is Kind.JOINED and any(character.isdigit() for character in piece.text)
    if is_number or piece.kind not in (Kind.WORD, Kind.JOINED):
        return ()
    return tuple(word for word in piece.words if not is_stop_word_somewhere(word))


@dataclass(frozen=True)
class Vocabulary:
    """What words there are: those of the library, of the glossary, of counties. `language`: that of the query."""

    engine: Engine
    reader: str
    language: str
    names: KnownNames

    def better_word(self, word: str, frequency: int) -> str:
        """A near word; the word itself where it is well spelled or nothing is near."""
        if len(word) < SHORTEST or not word.isalpha() or self._is_left_alone(word, frequency):
            return word
        if not frequency and self.language == "es" and (meant := self._as_it_sounds(word)):
            return meant
        edits = 2 if len(word) >= TWO_EDITS_FROM else 1 if len(word) >= ONE_EDIT_FROM else 0
        near, counts = self._near(word, frequency, edits) if edits else ({}, {})
        return min(
            counts, key=lambda each: _cost(word, each, counts[each], near[each] in ("", self.reader)), default=word
        )

    def _is_left_alone(self, word: str, frequency: int) -> bool:
        """Whether a word is a name, or no rare one and a real one, or stands as typed and not only in other forms."""
        is_known = not 0 < frequency <= RARE and (
            is_real_word(word) or (frequency > 0 and bool(self.engine.near(word, 0)))
        )
        return is_known or self.names.hold(word)

    def _near(self, word: str, frequency: int, edits: int) -> tuple[dict[str, str], dict[str, int]]:
        """Near words with their languages, and in how many works those stand that may replace a word."""
        near = self.engine.near(word, edits if frequency == 0 else 1)
        counts = self.engine.frequencies([other for other in near if fold(other) != fold(word)])
        if not frequency:
            named = self.names.near(word, edits)
            # A word of the glossary finds at least what the other wordings of its term find.
            others = self.engine.frequencies(named.keys() - counts.keys())
            counts, near = counts | {name: max(1, count) for name, count in others.items()}, {**named, **near}
        is_rare = 0 < frequency <= RARE
        return near, _usable(counts, frequency * (MUCH_MORE if is_rare else MORE_THAN_ITS_STEM))

    def _as_it_sounds(self, word: str) -> str:
        """The commonest word of the library that sounds like one; empty where there is none."""
        counts = self.engine.frequencies(spelled_as_it_sounds(fold(word)))
        best = max(counts, key=counts.__getitem__, default="")
        return next(iter(self.engine.near(best, 0)), best) if best and counts[best] else ""


def _usable(counted: Mapping[str, int], fewest: int) -> dict[str, int]:
    """Words that may replace another: some work holds them, and as many as they must stand in."""
    return {other: count for other, count in counted.items() if count and count >= fewest}


def _better_bill(piece: Piece, engine: Engine) -> tuple[Piece, tuple[str, ...]]:
    """The bill that was probably meant where no work holds this one, and what nothing holds."""
    asked = Retrieval(TextQuery((bill_part(piece.houses, piece.words[-1]),)), limit=0)
    if engine.candidates(asked).total:
        return piece, ()
    bills = engine.retrieve(Retrieval(filters={"type": ("bill",)}, order="title", limit=MOST_BILLS)).hits
    near = {
        (house, number): cost
        for house, _space, number in (hit.stored["short_name"].partition(" ") for hit in bills)
        if (cost := _bill_cost(piece, house.lower(), number)) is not None
    }
    best = min(near, key=near.__getitem__, default=None)
    better = replace(piece, words=best, houses=(best[0].lower(),)) if best else piece
    return better, (piece.text,)


def _bill_cost(piece: Piece, house: str, number: str) -> float | None:
    """How unlikely it is that this bill was meant; None where it is another one altogether."""
    typed = piece.words[-1]
    cost = edit_distance(typed, number)
    if cost > 1 or (cost and min(len(typed), len(number)) < SHORTEST_NUMBER) or (cost and house not in piece.houses):
        return None
    return cost if house in SAID or house in piece.houses else None


def _cost(word: str, candidate: str, frequency: int, is_readers: bool) -> float:
    """How unlikely it is that `candidate` was meant: edits weigh most, then the first letter, then rarity."""
    typed, meant = fold(word), fold(candidate)
    return (
        3.0 * edit_distance(typed, meant)
        + (1.5 if typed[:1] != meant[:1] else 0.0)
        + (0.0 if is_readers else 0.5)
        - 0.5 * math.log2(1 + frequency)
    )
