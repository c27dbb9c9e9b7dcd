"""What a caption is, what it may not be, and how faults in captions files are told."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

MAXIMUM_BYTES = 5 * 1024 * 1024
# Nobody reads more at once; five minutes of speech are shorter.
MOST_CHARACTERS = 5_000
MOST_HOURS = 99
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Cue:
    """One caption: start and end in seconds, its plain text, and who speaks where the file says so."""

    start: float
    end: float
    text: str
    speaker: str = ""

    @property
    def label(self) -> str:
        return timestamp(self.start)

    @property
    def seconds(self) -> int:
        return int(self.start)


class TranscriptError(ValueError):
    """A captions file that cannot be used: the line (from 1), what is wrong, and what to do."""

    def __init__(self, line: int, problem: str, remedy: str):
        self.line, self.problem, self.remedy = line, problem, remedy
        super().__init__(
            _("Line %(line)d: %(problem)s %(remedy)s") % {"line": line, "problem": problem, "remedy": remedy}
        )


def timestamp(seconds: float) -> str:
    """Seconds as readers write them: 72 → “1:12”, 3725 → “1:02:05”."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def milliseconds(hours: str | None, minutes: str, seconds: str, fraction: str, line: int) -> int:
    """A time of day written in digits. Raises TranscriptError where it lies beyond any recording."""
    hours = (hours or "").lstrip("0")
    if len(hours) > len(str(MOST_HOURS)):
        raise TranscriptError(
            line,
            _("The time is later than %(hours)d hours.") % {"hours": MOST_HOURS},
            _("Correct the hours; write 01:02:03.000 for one hour, two minutes and three seconds."),
        )
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return whole * 1000 + int(fraction.ljust(3, "0"))


def check_times(line: int, start: float, end: float, previous_start: float) -> None:
    """Captions may overlap, but each ends after it begins and begins no earlier than the one above it."""
    if end <= start:
        problem = _("The caption ends when it begins.") if end == start else _("The caption ends before it begins.")
        raise TranscriptError(line, problem, _("Correct the second time to be later than the first."))
    if start < previous_start:
        raise TranscriptError(
            line,
            _("The caption begins before the one above it."),
            _("Put the captions in the order of their times."),
        )


def no_captions(lines: list[str], example: str, has_notes: bool = False) -> TranscriptError:
    """A file that comes to its end without a caption: told with its last line that is not blank."""
    written = [number for number, line in enumerate(lines, start=1) if line.strip()]
    if has_notes:
        problem = _("The file ends here, and holds notes or styles but no captions.")
    else:
        problem = _("The file ends here, and holds no captions.")
    remedy = _("Below this line, write the times of a caption, such as %(example)s, and its words under them.")
    return TranscriptError(written[-1] if written else 1, problem, remedy % {"example": example})


def check_length(line: int, text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise TranscriptError(
            line,
            _("The caption is longer than %(count)d characters.") % {"count": MOST_CHARACTERS},
            _("Divide it into several captions with times of their own."),
        )


def check_size(size: int) -> None:
    if size > MAXIMUM_BYTES:
        raise TranscriptError(1, _("The file is larger than 5 MB."), _("Upload captions only, not the recording."))


def check_characters(text: str) -> None:
    """A film named as captions, or a file damaged on its way, holds characters that no text has."""
    if "\x00" in text:
        raise TranscriptError(
            line_of(text[: text.index("\x00")]),
            _("The file is not plain text."),
            _("Save the captions as .vtt or .srt in the program they were made with, and upload that file."),
        )


def line_of(before: str) -> int:
    """The number of the line (from 1) that comes after some text; line ends of Windows, Unix and old Macs count."""
    return sum(1 for _end in _LINE_END.finditer(before)) + 1
