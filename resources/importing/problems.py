"""What is wrong in an imported file: each problem names its row, its column and what to do about it."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _

# Comparing a word with more names than this takes longer than a person wants to wait for each problem.
MOST_COMPARED = 2_000


class BadCell(Exception):
    """A cell that cannot be used, with the remedy."""

    def __init__(self, message: str, remedy: str):
        self.message, self.remedy = message, remedy
        super().__init__(message)


@dataclass(frozen=True)
class Problem:
    """One thing to correct. Rows are counted as a spreadsheet counts them; row 0 is the file itself."""

    row: int
    column: str
    message: str
    remedy: str

    @property
    def place(self) -> str:
        if not self.row:
            return _("File")
        if not self.column:
            return _("Row %(row)d") % {"row": self.row}
        return _("Row %(row)d, column %(column)s") % {"row": self.row, "column": self.column}

    def __str__(self) -> str:
        return f"{self.place}: {self.message} {self.remedy}"


class ImportRefused(Exception):
    """The file cannot be imported; nothing of it was kept. `problems` names everything that has to be corrected."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = sorted(problems, key=lambda problem: problem.row)
        super().__init__("\n".join(map(str, self.problems)))


def refuse(message: str, remedy: str, row: int = 0, column: str = "") -> ImportRefused:
    """The refusal for a single problem after which reading on makes no sense."""
    return ImportRefused([Problem(row, column, message, remedy)])


class ProblemList:
    """Collects problems, so that one run names them all."""

    def __init__(self):
        self.problems: list[Problem] = []
        self.places: set[tuple[int, str]] = set()

    def add(self, row: int, column: str, message: str, remedy: str) -> None:
        self.problems.append(Problem(row, column, message, remedy))
        self.places.add((row, column))

    def stop_if_any(self) -> None:
        if self.problems:
            raise ImportRefused(self.problems)


def folded(text: str) -> str:
    """The text without case, accents and doubled spaces, for comparing names."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(mark for mark in decomposed if not unicodedata.combining(mark)).split())


def near_matches(word: str, known: Iterable[str], cutoff: float = 0.6) -> list[str]:
    """Up to three of the known words that look like the given one. Among very many, those that begin alike."""
    names = list(known)
    if len(names) > MOST_COMPARED:
        beginning = word[:2].casefold()
        names = [name for name in names if name[:2].casefold() == beginning][:MOST_COMPARED]
    by_folded = {folded(name): name for name in names}
    return [by_folded[match] for match in get_close_matches(folded(word), by_folded, n=3, cutoff=cutoff)]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """“Did you mean …?”, or what is known where that is short."""
    known = sorted(known)
    if near := near_matches(word, known):
        return _("Did you mean %(names)s?") % {"names": quoted(near)}
    if known and len(known) <= 15:
        return _("Known: %(names)s.") % {"names": ", ".join(known)}
    return _("Check the spelling.")


def quoted(names: Iterable[str]) -> str:
    return ", ".join(_("“%(name)s”") % {"name": name} for name in names)


def shortened(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
