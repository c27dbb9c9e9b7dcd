"""Passages: the places of a work that one can jump to, each indexed by itself.

A passage is a page of a file, or a stretch of about `WINDOW_SECONDS` of a recording's captions. Stretches overlap by
half, so that a phrase that runs over from one caption to the next stands whole in one of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

PAGE, TIME = "page", "time"
WINDOW_SECONDS = 30
# Nobody says more in half a minute; captions that do stand at wrong times. Two captions may be longer together.
LONGEST_TEXT = 4_000


def identity_of(translation_key: str, place: str) -> str:
    """The identity of a passage in every index (see `Passage.place`)."""
    return f"{translation_key}/{place}"


class TimedText(Protocol):
    """A caption: start and end in seconds, and its words."""

    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Passage:
    """A part of a work's files or captions.

    `language` is the site language its text is analysed in. `document` is the primary key of the file it stands in.
    `number` is the page from 1, or the start in whole seconds; where more text than anybody says begins in one second,
    the stretches after the first have later ones, so that each has its own. `cues` are the (start, end, text) of
    captions.
    """

    kind: str
    language: str
    document: int
    number: int
    text: str
    cues: tuple[tuple[float, float, str], ...] = ()

    @property
    def place(self) -> str:
        """Unique within the work, and the same after every build."""
        return _place(self.document, self.kind, self.language, self.number)

    @property
    def stored(self) -> dict:
        """What comes back with every hit. The text of captions is that of their cues, kept once."""
        kept = {"kind": self.kind, "lang": self.language, "document": self.document, "number": self.number}
        return kept | ({"cues": [list(cue) for cue in self.cues]} if self.cues else {"text": self.text})


def place_of(stored: Mapping) -> str:
    """`Passage.place`, from what comes back with a hit."""
    return _place(stored["document"], stored["kind"], stored["lang"], stored["number"])


def _place(document: int, kind: str, language: str, number: int) -> str:
    return f"{document}/{kind}/{language}/{number}"


def pages_of_file(document: int, language: str, pages: Iterable[tuple[int, str]]) -> list[Passage]:
    """A passage for each page (number, text) that holds words."""
    return [Passage(PAGE, language, document, number, text) for number, text in pages if text.strip()]


def windows_of_captions(document: int, language: str, cues: Sequence[TimedText]) -> list[Passage]:
    """Stretches of about `WINDOW_SECONDS`, a new one every half of that; cues are in the order of their starts.

    Where captions crowd, a stretch ends sooner.
    """
    windows: list[Passage] = []
    first, covered, number = 0, -1, -1
    while first < len(cues):
        last, following = _stretch(cues, first)
        number_of_next = max(int(cues[first].start), number + 1)
        if last > covered and (window := _window(document, language, number_of_next, cues[first : last + 1])):
            windows.append(window)
            covered, number = last, window.number
        first = following
    return windows


def _stretch(cues: Sequence[TimedText], first: int) -> tuple[int, int]:
    """The last cue of the stretch that begins with `first`, and the first of the next one, half a stretch later."""
    start = cues[first].start
    last, length, middle = first, len(cues[first].text), None
    while last + 1 < len(cues) and cues[last + 1].start < start + WINDOW_SECONDS:
        length += 1 + len(cues[last + 1].text)
        if length > LONGEST_TEXT and last > first:
            return last, last if middle is None else middle
        last += 1
        if middle is None and (cues[last].start >= start + WINDOW_SECONDS / 2 or length > LONGEST_TEXT / 2):
            middle = last
    return last, _next_start(cues, first, last)


def _next_start(cues: Sequence[TimedText], first: int, last: int) -> int:
    """The first cue that begins half a window later, at least the next one."""
    half = cues[first].start + WINDOW_SECONDS / 2
    return next((at for at in range(first + 1, last + 1) if cues[at].start >= half), last + 1)


def _window(document: int, language: str, number: int, cues: Sequence[TimedText]) -> Passage | None:
    text = " ".join(cue.text for cue in cues if cue.text)
    if not text:
        return None
    kept = tuple((cue.start, cue.end, cue.text) for cue in cues)
    return Passage(TIME, language, document, number, text, kept)
