"""WebVTT captions: cues in two languages, with the speaker's name as a voice tag."""

from dataclasses import dataclass

LINE = 42  # characters on one line of captions


@dataclass(frozen=True)
class Cue:
    """One caption: `start` and `end` in seconds, `text` by language."""

    start: float
    end: float
    speaker: str
    text: dict


def timestamp(seconds):
    """Seconds as WebVTT writes them: 00:01:02.345."""
    milliseconds = round(seconds * 1000)
    hours, rest = divmod(milliseconds, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"


def in_lines(text):
    """`text` on one line, or broken near its middle when it is long."""
    if len(text) <= LINE:
        return text
    breaks = [place for place, letter in enumerate(text) if letter == " "]
    middle = min(breaks, key=lambda place: abs(place - len(text) / 2))
    return f"{text[:middle]}\n{text[middle + 1 :]}"


def write_captions(cues, language, note, target):
    """One WebVTT file of `cues` in `language`."""
    blocks = [f"WEBVTT\nKind: captions\nLanguage: {language}", f"NOTE {note}"]
    for number, cue in enumerate(cues, 1):
        times = f"{timestamp(cue.start)} --> {timestamp(cue.end)}"
        blocks.append(f"{number}\n{times}\n<v {cue.speaker}>{in_lines(cue.text[language])}")
    target.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
