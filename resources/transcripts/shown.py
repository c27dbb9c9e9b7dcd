"""Transcripts as a page shows them: lines in parts, and a line to go to for every second that a link may name."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from resources.transcripts.cues import Cue, timestamp

# Longer transcripts are divided, so that a phone need not lay out hours of talk.
LONG = 1_000
PART_SECONDS = 10 * 60
# A page holds no more lines than this besides the transcript that is read.
MOST_LINES = 6_000


@dataclass(frozen=True, slots=True)
class Line:
    """A caption. `address` is the second that leads here, empty where an earlier line has it; `passed` are others."""

    start: str
    end: str
    second: str
    label: str
    text: str
    speaker: str
    address: str = ""
    passed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """Some lines in a row; `label` and `title` are empty where the transcript is one part."""

    lines: Sequence[Line]
    label: str = ""
    title: str = ""


@dataclass(frozen=True)
class Transcript:
    """The captions of a recording in one language. One without parts is offered by its language only."""

    language: str
    language_name: str
    parts: Sequence[Part] = ()
    is_open: bool = False


def transcripts_of(
    tracks: Iterable[tuple[str, str, Sequence[Cue]]], chapters: Sequence[tuple[int, str]], wanted: Iterable[str]
) -> list[Transcript]:
    """The transcripts of a page, given the language, its name and the captions of each track that has any.

    The first in a language of `wanted` is the one read. Its lines can be gone to by the seconds of all transcripts, so
    that a link leads to it whichever language was found.
    """
    tracks = [track for track in tracks if track[2]]
    languages = [language.split("-")[0] for language, _name, _cues in tracks]
    read = next((languages.index(language) for language in wanted if language in languages), 0)
    seconds = {cue.seconds for _language, _name, cues in tracks for cue in cues}
    left, transcripts = MOST_LINES, []
    for at, (language, name, cues) in enumerate(tracks):
        parts: Sequence[Part] = ()
        if at == read:
            parts = _parts(cues, _addressed(cues, seconds), chapters)
        elif len(cues) <= left:
            left -= len(cues)
            parts = _parts(cues, [_line(cue) for cue in cues], chapters)
        transcripts.append(Transcript(language, name, parts, is_open=at == read))
    return transcripts


def _line(cue: Cue, address: str = "", passed: tuple[str, ...] = ()) -> Line:
    second = str(cue.seconds)
    return Line(_number(cue.start), _number(cue.end), second, cue.label, cue.text, cue.speaker, address, passed)


def _number(seconds: float) -> str:
    """Written here: a template would write it as its language does."""
    return f"{seconds:.3f}".rstrip("0").rstrip(".")


def _addressed(cues: Sequence[Cue], seconds: Iterable[int]) -> list[Line]:
    """Lines with addresses: each second belongs to the last line that begins no later, or to the first of all."""
    starts = [cue.seconds for cue in cues]
    owned = {second: at for at, second in reversed(list(enumerate(starts)))}
    passed: dict[int, list[str]] = {}
    for second in sorted(set(seconds) - set(owned)):
        passed.setdefault(max(bisect_right(starts, second) - 1, 0), []).append(str(second))
    return [
        _line(cue, str(cue.seconds) if owned[cue.seconds] == at else "", tuple(passed.get(at, ())))
        for at, cue in enumerate(cues)
    ]


def _parts(cues: Sequence[Cue], lines: list[Line], chapters: Sequence[tuple[int, str]]) -> list[Part]:
    """One part, or for long transcripts one for each chapter, or else for every ten minutes."""
    if len(lines) <= LONG:
        return [Part(lines)]
    titles = dict(sorted(chapters)) if len(chapters) > 1 else {}
    borders = list(titles) or range(PART_SECONDS, cues[-1].seconds + 1, PART_SECONDS)
    parts, first = [], 0
    starts = [cue.seconds for cue in cues]
    for border in [*borders, cues[-1].seconds + 1]:
        last = bisect_right(starts, border - 1)
        if last > first:
            begins = max((second for second in borders if second <= starts[first]), default=0)
            parts.append(Part(lines[first:last], timestamp(begins), titles.get(begins, "")))
            first = last
    return parts
