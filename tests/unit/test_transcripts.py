"""Captions are read strictly: a bad file is refused with line number and remedy."""

import pytest
from django.utils import translation

from resources.transcripts import Cue, TranscriptError, parse_webvtt, timestamp

GOOD = """WEBVTT - convening

NOTE made by hand

1
00:01.000 --> 00:04.500 align:start
<v Ana Ríos>Buenas tardes &amp; <b>bienvenidas</b>.

01:00:05.250 --> 01:00:08.000
Second line
goes on.
"""


def test_cues_carry_times_text_and_speaker():
    assert parse_webvtt(GOOD.encode()) == [
        Cue(1.0, 4.5, "Buenas tardes & bienvenidas.", "Ana Ríos"),
        Cue(3605.25, 3608.0, "Second line goes on.", ""),
    ]


def test_a_byte_order_mark_and_windows_line_ends_are_read():
    assert parse_webvtt(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()) == parse_webvtt(GOOD.encode())


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"", 1, "WEBVTT"),
        (b"1\n00:01.000 --> 00:02.000\nHi\n", 1, "WEBVTT"),
        (b"WEBVTT\n\n00:01 --> 00:02\nHi\n", 3, "cannot be read"),
        (b"WEBVTT\n\n00:01,000 --> 00:02,000\nHi\n", 3, "point before the thousandths"),
        (b"WEBVTT\n\n00:05.000 --> 00:02.000\nHi\n", 3, "ends before it begins"),
        (b"WEBVTT\n\n00:05.000 --> 00:06.000\nHi\n\n00:01.000 --> 00:02.000\nHo\n", 6, "begins before the one above"),
        (b"WEBVTT\n\nonly words\nand more\n", 3, "no times"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\ni\xf1\n", 4, "UTF-8"),
        (b"WEBVTT\n\nNOTE nothing else\n", 4, "no captions"),
        (b"WEBVTT\n" + b"x" * (5 * 1024 * 1024), 1, "5 MB"),
    ],
)
def test_a_bad_file_is_refused_with_line_and_remedy(data, line, words):
    with translation.override("en"), pytest.raises(TranscriptError) as refusal:
        parse_webvtt(data)
    assert refusal.value.line == line
    assert refusal.value.remedy
    assert words in str(refusal.value)


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (72.9, "1:12"), (3725, "1:02:05")])
def test_times_are_written_as_readers_write_them(seconds, text):
    assert timestamp(seconds) == text
