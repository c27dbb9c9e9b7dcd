"""Captions (WebVTT, W3C) as cues: read strictly when uploaded, with line number and remedy; read once per checksum."""

import html
import re
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.translation import gettext as _

MAXIMUM_BYTES = 5 * 1024 * 1024
_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING = re.compile(rf"^\s*{_TIME}\s+-->\s+{_TIME}(?:\s+.*)?$")
_VOICE = re.compile(r"<v(?:\.[^\s>]+)*\s+([^>]+)>")
_TAG = re.compile(r"</?[a-zA-Z0-9.:]*(?:\s[^>]*)?>")


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


def parse_webvtt(data: bytes) -> list[Cue]:
    """The cues of a WebVTT file in their order. Raises TranscriptError with line and remedy on the first fault."""
    if len(data) > MAXIMUM_BYTES:
        raise TranscriptError(1, _("The file is larger than 5 MB."), _("Upload captions only, not the recording."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise TranscriptError(
            line, _("The text is not UTF-8."), _("Save the file as UTF-8 and upload it again.")
        ) from None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.match(r"^WEBVTT(?:[ \t].*)?$", lines[0]):
        raise TranscriptError(1, _("The file does not begin with WEBVTT."), _("Write WEBVTT alone on the first line."))
    cues: list[Cue] = []
    number = 1
    while number < len(lines):
        block_start, block = number, []
        while number < len(lines) and lines[number].strip():
            block.append(lines[number])
            number += 1
        number += 1
        if block and not (block_start == 1 and "-->" not in "".join(block)):
            cue = _parse_block(block, block_start + 1, cues[-1] if cues else None)
            if cue:
                cues.append(cue)
    if not cues:
        raise TranscriptError(len(lines), _("The file holds no captions."), _("Add at least one timed caption."))
    return cues


def _parse_block(block: list[str], first_line: int, previous: Cue | None) -> Cue | None:
    if block[0].split(" ")[0] in ("NOTE", "STYLE", "REGION"):
        return None
    offset = 0 if "-->" in block[0] else 1
    if offset >= len(block) or "-->" not in block[offset]:
        raise TranscriptError(
            first_line,
            _("This block has no times."),
            _("Write times such as 00:01.000 --> 00:04.000, or put an empty line after the captions before."),
        )
    line = first_line + offset
    match = _TIMING.match(block[offset])
    if not match:
        raise TranscriptError(
            line,
            _("The times “%(times)s” cannot be read.") % {"times": block[offset].strip()[:60]},
            _("Write them as 00:01.000 --> 00:04.000, with a point before the thousandths."),
        )
    start, end = _seconds(match.groups()[:4]), _seconds(match.groups()[4:])
    if end <= start:
        raise TranscriptError(
            line, _("The caption ends before it begins."), _("Correct the second time to be later than the first.")
        )
    if previous and start < previous.start:
        raise TranscriptError(
            line,
            _("The caption begins before the one above it."),
            _("Put the captions in the order of their times."),
        )
    raw = " ".join(part.strip() for part in block[offset + 1 :])
    voice = _VOICE.search(raw)
    return Cue(start, end, plain_text(raw), html.unescape(voice.group(1).strip()) if voice else "")


def plain_text(raw: str) -> str:
    """The words of a cue without WebVTT tags and entities."""
    return " ".join(html.unescape(_TAG.sub("", raw)).split())


def _seconds(parts: tuple) -> float:
    hours, minutes, seconds, thousandths = parts
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int(thousandths) / 1000


def cues_of_document(document) -> list[Cue]:
    """The cues of an uploaded captions file, kept in the cache by checksum; none where the file cannot be read."""
    cache_key = f"cues-{document.checksum or document.file_hash or document.pk}"
    cues = cache.get(cache_key)
    if cues is None:
        try:
            with document.open_file() as file:
                cues = parse_webvtt(file.read(MAXIMUM_BYTES + 1))
        except (OSError, TranscriptError):
            cues = []
        cache.set(cache_key, cues, 24 * 60 * 60)
    return cues
