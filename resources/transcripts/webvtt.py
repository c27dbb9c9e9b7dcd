"""WebVTT read strictly: the first fault is told with its line and what to do."""

import html
import re

from django.utils.translation import gettext as _

from resources.transcripts.cues import (
    Cue,
    TranscriptError,
    check_characters,
    check_length,
    check_size,
    check_times,
    line_of,
    milliseconds,
    no_captions,
)

ARROW = "-->"
EXAMPLE = "00:01.000 --> 00:04.000"
_HEADER = re.compile(r"WEBVTT(?:[ \t].*)?")
_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING = re.compile(rf"\s*{_TIME}\s+-->\s+{_TIME}(?:\s.*)?", re.ASCII)
# No part of these can match what another part matches: a hostile text is read as fast as a good one.
_VOICE = re.compile(r"<v(?:\.[^\s.<>]+)*\s([^<>]+)>")
_TAG = re.compile(r"</?[a-zA-Z0-9.:]*(?:\s[^<>]*)?>")
_NO_CUES = ("NOTE", "STYLE", "REGION")


def parse_webvtt(data: bytes) -> list[Cue]:
    """The cues of a WebVTT file in their order. Raises TranscriptError with line and remedy on the first fault."""
    lines = _lines(data)
    if not _HEADER.fullmatch(lines[0]):
        raise TranscriptError(1, _("The file does not begin with WEBVTT."), _remedy_of_beginning(lines))
    cues: list[Cue] = []
    number, has_notes = 1, False
    while number < len(lines):
        if not lines[number].strip():
            number += 1
            continue
        block_start, block = number, []
        while number < len(lines) and not _ends_block(lines, number):
            block.append(lines[number])
            number += 1
        if not (block_start == 1 and not any(ARROW in line for line in block)):
            cue = _parse_block(block, block_start + 1, cues[-1].start if cues else 0)
            if cue:
                cues.append(cue)
            has_notes |= cue is None
    if not cues:
        raise no_captions(lines, EXAMPLE, has_notes)
    return cues


def _ends_block(lines: list[str], number: int) -> bool:
    """An empty line ends a block; one of blanks is text, unless the next caption, with or without a name, follows.

    YouTube writes such lines into its automatic captions.
    """
    following = lines[number + 1 : number + 3]
    return not lines[number] or (not lines[number].strip() and any(ARROW in line for line in following))


def _lines(data: bytes) -> list[str]:
    check_size(len(data))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", errors="replace")
        check_characters(before)
        raise TranscriptError(
            line_of(before), _("The text is not UTF-8."), _("Save the file as UTF-8 and upload it again.")
        ) from None
    check_characters(text)
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _remedy_of_beginning(lines: list[str]) -> str:
    if any(ARROW in line for line in lines[:3]):
        return _("If it is an SRT file, let its name end in .srt; else write WEBVTT alone on the first line.")
    return _("Write WEBVTT alone on the first line.")


def _parse_block(block: list[str], first_line: int, previous_start: float) -> Cue | None:
    if block[0].split(maxsplit=1)[0] in _NO_CUES:
        return None
    offset = 0 if ARROW in block[0] else 1
    if offset >= len(block) or ARROW not in block[offset]:
        raise no_times(first_line)
    line = first_line + offset
    match = _TIMING.fullmatch(block[offset])
    if not match:
        raise TranscriptError(
            line,
            _("The times “%(times)s” cannot be read.") % {"times": block[offset].strip()[:60]},
            _("Write them as 00:01.000 --> 00:04.000, with a point before the thousandths."),
        )
    start, end = (milliseconds(*match.groups()[at : at + 4], line) / 1000 for at in (0, 4))
    check_times(line, start, end, previous_start)
    for further, text in enumerate(block[offset + 1 :], start=line + 1):
        if ARROW in text:
            raise TranscriptError(
                further,
                _("The caption holds times of another one."),
                _("Put an empty line between two captions; in the words, write &gt; for >."),
            )
    raw = " ".join(filter(None, map(str.strip, block[offset + 1 :])))
    check_length(line + 1, raw)
    voice = _VOICE.search(raw)
    return Cue(start, end, plain_text(raw), html.unescape(voice.group(1).strip()) if voice else "")


def no_times(line: int) -> TranscriptError:
    return TranscriptError(
        line,
        _("This block has no times."),
        _("Write times such as 00:01.000 --> 00:04.000, or put an empty line after the captions before."),
    )


def plain_text(raw: str) -> str:
    """The words of a cue without WebVTT tags and entities."""
    return " ".join(html.unescape(_TAG.sub("", raw)).split())
