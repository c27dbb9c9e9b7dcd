"""Spelling: words that no public work holds, replaced by near words that some do. The vocabulary is the index's own.

One edit (a letter more, less, other, or two swapped) is allowed from four letters, two from eight; accents are none.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from search.analysis import LANGUAGES, fold, is_stop_word
from search.engines.base import Engine
from search.parsing import Kind, Piece

ONE_EDIT_FROM = 4
TWO_EDITS_FROM = 8
RARE = 2
MUCH_MORE = 20


@dataclass(frozen=True)
class Repair:
    """The pieces as they should probably read. `is_certain`: what was typed finds nothing."""

    pieces: tuple[Piece, ...]
    is_certain: bool

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)


def repair(pieces: Sequence[Piece], engine: Engine, reader: str) -> Repair | None:
    """Better spelled pieces, or None where there is nothing to repair. Raises EngineUnavailable."""
    repaired, is_certain = [], False
    for piece in pieces:
        better, certain = piece, False
        if not piece.is_excluded and piece.kind in (Kind.WORD, Kind.JOINED):
            found = [_better_word(word, engine, reader) for word in piece.words]
            better = piece.with_words(tuple(word for word, _certain in found))
            certain = any(known for _word, known in found)
        repaired.append(better)
        is_certain = is_certain or certain
    return Repair(tuple(repaired), is_certain) if tuple(repaired) != tuple(pieces) else None


def _better_word(word: str, engine: Engine, reader: str) -> tuple[str, bool]:
    """A word and whether its replacement is certain; the word itself where it is well spelled or nothing is near."""
    edits = 2 if len(word) >= TWO_EDITS_FROM else 1 if len(word) >= ONE_EDIT_FROM else 0
    if not edits or not word.isalpha() or any(is_stop_word(word, language) for language in LANGUAGES):
        return word, False
    frequency = engine.frequency(word)
    if frequency > RARE:
        return word, False
    near = engine.near(word, edits if frequency == 0 else 1)
    counted = engine.frequencies([candidate for candidate in near if fold(candidate) != fold(word)])
    usable = {
        candidate: count
        for candidate, count in counted.items()
        if count and (frequency == 0 or count >= MUCH_MORE * frequency)
    }
    if not usable:
        return word, False
    best = min(usable, key=lambda candidate: _cost(word, candidate, usable[candidate], near[candidate] in ("", reader)))
    return best, frequency == 0


def _cost(word: str, candidate: str, frequency: int, is_readers: bool) -> float:
    """How unlikely it is that `candidate` was meant: edits weigh most, then the first letter, then rarity."""
    typed, meant = fold(word), fold(candidate)
    return (
        3.0 * edit_distance(typed, meant)
        + (1.5 if typed[:1] != meant[:1] else 0.0)
        + (0.0 if is_readers else 0.5)
        - 0.5 * math.log2(1 + frequency)
    )


def edit_distance(first: str, second: str) -> float:
    """Edits between two words (optimal string alignment); swapped and doubled letters are the likeliest, so cheaper."""
    before: list[float] = []
    row = [float(at) for at in range(len(second) + 1)]
    for i, letter in enumerate(first, 1):
        last, row_before = row, before
        row = [float(i)]
        for j, other in enumerate(second, 1):
            deletion = 0.7 if i > 1 and first[i - 2] == letter else 1.0
            insertion = 0.7 if j > 1 and second[j - 2] == other else 1.0
            cost = min(last[j] + deletion, row[j - 1] + insertion, last[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, row_before[j - 2] + 0.7)
            row.append(cost)
        before = last
    return row[-1]
