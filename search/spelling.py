"""Spelling: words that no public work holds, replaced by near words that some do. The vocabulary is the index's own.

One edit (a letter more, less, other, or two swapped) is allowed from four letters, two from eight; accents are none.
Real words that the library lacks are left alone. A bill that it lacks is only ever suggested to be another one.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from search.analysis import LANGUAGES, fold, is_stop_word
from search.dictionary import is_real_word
from search.engines.base import Engine, Retrieval, TextQuery
from search.parsing import SAID, Kind, Piece
from search.understanding import bill_part

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


def repair(pieces: Sequence[Piece], engine: Engine, reader: str) -> Repair:
    """Compares pieces with the vocabulary of the library. Raises EngineUnavailable."""
    plain = [piece for piece in pieces if not piece.is_excluded]
    counts = engine.frequencies({word for piece in plain for word in _words(piece)})
    suggested, certain, unknown = [], [], []
    for piece in pieces:
        better, sure, missing = piece, piece, ()
        if piece in plain and piece.kind is Kind.BILL:
            better, missing = _better_bill(piece, engine)
        elif piece in plain:
            found = {word: _better_word(word, counts[word], engine, reader) for word in _words(piece)}
            better = piece.with_words(tuple(found.get(word, word) for word in piece.words))
            sure = piece.with_words(tuple(word if counts.get(word) else found.get(word, word) for word in piece.words))
            missing = tuple(word for word, other in found.items() if other == word and not counts[word])
        suggested.append(better)
        certain.append(sure)
        unknown += missing
    return Repair(
        tuple(suggested) if suggested != list(pieces) else None,
        tuple(certain) if certain != list(pieces) else None,
        tuple(dict.fromkeys(unknown)),
    )


def _words(piece: Piece) -> tuple[str, ...]:
    """The words of a piece that the vocabulary may know; a number in parts, such as a DOI, is none."""
    is_number = piece.kind is Kind.JOINED and any(character.isdigit() for character in piece.text)
    if is_number or piece.kind not in (Kind.WORD, Kind.JOINED):
        return ()
    return tuple(word for word in piece.words if not any(is_stop_word(word, language) for language in LANGUAGES))


def _better_word(word: str, frequency: int, engine: Engine, reader: str) -> str:
    """A near word; the word itself where it is well spelled or nothing is near."""
    edits = 2 if len(word) >= TWO_EDITS_FROM else 1 if len(word) >= ONE_EDIT_FROM else 0
    is_rare = 0 < frequency <= RARE
    if not edits or not word.isalpha() or (not is_rare and _is_known(word, frequency, engine)):
        return word
    near = engine.near(word, edits if frequency == 0 else 1)
    fewest = frequency * (MUCH_MORE if is_rare else MORE_THAN_ITS_STEM)
    usable = _usable(engine.frequencies([other for other in near if fold(other) != fold(word)]), fewest)
    return min(usable, key=lambda other: _cost(word, other, usable[other], near[other] in ("", reader)), default=word)


def _is_known(word: str, frequency: int, engine: Engine) -> bool:
    """Whether a word is a real one, or stands as typed in the library and not only in other forms."""
    return is_real_word(word) or (frequency > 0 and bool(engine.near(word, 0)))


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
