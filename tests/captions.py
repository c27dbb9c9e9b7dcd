"""Captions made for tests."""

TWO_CUES = "WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n\n00:03.000 --> 00:04.000\nHo\n"
SRT = """1
00:00:01,000 --> 00:00:04,500
Buenas tardes a todas las familias.

2
00:00:05,250 --> 00:00:08,000
La niñez aprende en <i>dos</i> idiomas.
"""


def long_captions(count: int, language: str = "en") -> bytes:
    """Captions over ten hours, each of one sentence."""
    words = {"en": "families and teachers speak", "es": "las familias y los maestros hablan"}[language]
    step = 36_000 / count
    cues = [f"{_time(at * step)} --> {_time((at + 1) * step)}\n{words} {at}" for at in range(count)]
    return "\n\n".join(["WEBVTT", *cues]).encode()


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds * 1000), 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"
