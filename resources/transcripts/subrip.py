"""SubRip captions (.srt), as the programs of the last twenty years write them, turned into WebVTT."""

import codecs
import html
import re
from itertools import zip_longest

from django.utils.translation import gettext as _

from resources.transcripts.cues import (
    TranscriptError,
    check_characters,
    check_length,
    check_size,
    check_times,
    line_of,
    milliseconds,
    no_captions,
)
from resources.transcripts.webvtt import ARROW, no_times, parse_webvtt

EXAMPLE = "00:00:01,000 --> 00:00:04,000"
_TIME = r"(?:(\d{1,6}):)?([0-5]?\d):([0-5]?\d)[,.](\d{1,3})"
# Some programs write coordinates after the times.
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?", re.ASCII)
_NUMBER = re.compile(r"\s*\d+\s*", re.ASCII)
_LINE_END = re.compile(r"\r+\n|\r")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_OVERRIDE = re.compile(r"\{\\[^{}]*\}")
_ALIGNMENT = re.compile(r"\{\\an([1-9])\}")
_TAG = re.compile(r"<(/?)([bius]|font)(?:\s[^<>]*)?>", re.IGNORECASE)
_KEPT_TAGS = "biu"
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6});")
# Row of the screen by the keys of a number pad: captions that make way for a name at the bottom stay at the top.
_TOP, _MIDDLE = "789", "456"


def webvtt_of_srt(data: bytes) -> bytes:
    """The same captions as a WebVTT file. Raises TranscriptError with line and remedy on the first fault."""
    check_size(len(data))
    text = _decoded(data)
    if text.startswith("WEBVTT"):
        parse_webvtt(data)
        return data
    captions = _captions(_LINE_END.sub("\n", text).split("\n"))
    made = "\n\n".join(["WEBVTT", *captions, ""]).encode()
    check_size(len(made))
    return made


def _decoded(data: bytes) -> str:
    """The text by its mark, by the zeros of UTF-16, as UTF-8, or else as Windows writes Western languages."""
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    if encoding is None and len(data) > 1 and (data[0] == 0) != (data[1] == 0):
        encoding = "utf-16-be" if data[0] == 0 else "utf-16-le"
    for attempt in filter(None, (encoding, "utf-8", "cp1252")):
        try:
            text = data.decode(attempt)
        except UnicodeDecodeError as error:
            position = error.start
            continue
        check_characters(text)
        return text
    before = data[:position].decode("cp1252", errors="replace")
    check_characters(before)
    raise TranscriptError(
        line_of(before), _("The text is not UTF-8."), _("Save the file as UTF-8 and upload it again.")
    )


def _captions(lines: list[str]) -> list[str]:
    """Each caption as a block of WebVTT. Blank lines and numbers between captions may be missing."""
    timings = [at for at, line in enumerate(lines) if ARROW in line]
    is_numbered = bool(timings) and _begins_with_number(lines[: timings[0]])
    captions: list[str] = []
    previous_start = 0
    for at, following in zip_longest(timings, timings[1:]):
        start, end = _times(lines[at], at + 1)
        check_times(at + 1, start, end, previous_start)
        previous_start = start
        written = _written(lines, at + 1, following, is_numbered)
        raw = "\n".join(filter(None, map(_in_webvtt, written)))
        check_length(at + 2, raw)
        if raw:
            captions.append(f"{_clock(start)} {ARROW} {_clock(end)}{_place(''.join(written))}\n{raw}")
    if not captions:
        raise no_captions(lines, EXAMPLE)
    return captions


def _begins_with_number(beginning: list[str]) -> bool:
    """Whether the first caption has a number; there may be nothing else before its times."""
    written = [at for at, line in enumerate(beginning) if line.strip()]
    is_numbered = len(written) == 1 and written[0] == len(beginning) - 1 and bool(_NUMBER.fullmatch(beginning[-1]))
    if written and not is_numbered:
        raise no_times(written[0] + 1)
    return is_numbered


def _written(lines: list[str], first: int, following: int | None, is_numbered: bool) -> list[str]:
    """The lines of a caption's words. The number of the next caption is none of them."""
    last = len(lines) if following is None else following
    if following is not None and last > first and _NUMBER.fullmatch(lines[last - 1]):
        after_blank = last - 1 > first and not lines[last - 2].strip()
        last -= is_numbered or after_blank
    while last > first and not lines[last - 1].strip():
        last -= 1
    for at in range(first, last):
        if not lines[at].strip():
            raise no_times(next(further for further in range(at, last) if lines[further].strip()) + 1)
    return lines[first:last]


def _times(line: str, number: int) -> tuple[int, int]:
    match = _TIMING.fullmatch(line)
    if not match:
        raise TranscriptError(
            number,
            _("The times “%(times)s” cannot be read.") % {"times": line.strip()[:60]},
            _("Write them as 00:00:01,000 --> 00:00:04,000."),
        )
    return milliseconds(*match.groups()[:4], number), milliseconds(*match.groups()[4:], number)


def _in_webvtt(line: str) -> str:
    """A line of words: bold, italics and underlining stay, other styles go, all else stands for itself."""
    pieces, at = [], 0
    line = _OVERRIDE.sub("", line)
    for tag in _TAG.finditer(line):
        pieces.append(_escaped(line[at : tag.start()]))
        if tag[2].lower() in _KEPT_TAGS:
            pieces.append(f"<{tag[1]}{tag[2].lower()}>")
        at = tag.end()
    return " ".join("".join([*pieces, _escaped(line[at:])]).split())


def _escaped(text: str) -> str:
    return html.escape(_ENTITY.sub(lambda entity: html.unescape(entity[0]), text), quote=False)


def _place(written: str) -> str:
    alignment = _ALIGNMENT.search(written)
    if alignment and alignment[1] in _TOP:
        return " line:0"
    return " line:50%" if alignment and alignment[1] in _MIDDLE else ""


def _clock(time: int) -> str:
    whole, thousandths = divmod(time, 1000)
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}.{thousandths:03d}"
