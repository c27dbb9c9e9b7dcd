"""Captions are read strictly: a bad file is refused with line number and remedy."""

import time

import pytest
from django.utils import translation

from resources.transcripts import Cue, TranscriptError, parse_webvtt, timestamp
from tests.captions import TWO_CUES, long_captions

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


AUTOMATIC = """WEBVTT
Kind: captions
Language: en

00:00:00.000 --> 00:00:02.000 align:start position:0%
\x20
hello<00:00:00.500><c> there</c>

00:00:02.000 --> 00:00:02.010 align:start position:0%
hello there
\x20

00:00:02.010 --> 00:00:04.000 align:start position:0%
hello there
friends<00:00:03.000><c> of</c><00:00:03.500><c> books</c>
"""


def test_automatic_captions_hold_lines_of_one_space():
    assert parse_webvtt(AUTOMATIC.encode()) == [
        Cue(0.0, 2.0, "hello there"),
        Cue(2.0, 2.01, "hello there"),
        Cue(2.01, 4.0, "hello there friends of books"),
    ]


def test_a_line_of_blanks_before_times_still_divides_captions():
    divided = TWO_CUES.replace("\n\n", "\n \t\n")
    assert parse_webvtt(divided.encode()) == parse_webvtt(TWO_CUES.encode())
    numbered = TWO_CUES.replace("\n\n00", "\n \n7\n00")
    assert parse_webvtt(numbered.encode()) == parse_webvtt(TWO_CUES.encode())


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
        (b"WEBVTT\n\n00:05.000 --> 00:05.000\nHi\n", 3, "ends when it begins"),
        (b"WEBVTT\n\n00:05.000 --> 00:06.000\nHi\n\n00:01.000 --> 00:02.000\nHo\n", 6, "begins before the one above"),
        (b"WEBVTT\n\nonly words\nand more\n", 3, "no times"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\ni\xf1\n", 4, "UTF-8"),
        (b"WEBVTT", 1, "holds no captions"),
        (b"WEBVTT\n\n\n\n", 1, "holds no captions"),
        (b"WEBVTT\nKind: captions\n\n", 2, "holds no captions"),
        (b"WEBVTT\n\nNOTE nothing else\n", 3, "holds notes or styles but no captions"),
        (b"WEBVTT\n\nNOTE\tone\n\nSTYLE\n::cue { color: red }\n\nNOTE\ntwo\nthree\n\n \n", 10, "such as 00:01.000 -->"),
        (b"WEBVTT\r\n\r\nNOTE nothing else", 3, "holds notes or styles but no captions"),
        (b"WEBVTT\n" + b"x" * (5 * 1024 * 1024), 1, "5 MB"),
        (TWO_CUES.replace("\n\n00:03", "\n00:03").encode(), 5, "times of another one"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi\x00\n", 4, "not plain text"),
        (b"WEBVTT\r\r00:01.000 --> 00:02.000\rHi\r\r00:01.000 -> 00:02.000\rHo", 6, "no times"),
        (b"WEBVTT\r\r00:01.000 --> 00:02.000\ri\xf1", 4, "UTF-8"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n \nHi\n\n00:03.000 -> 00:04.000\nHo", 7, "no times"),
        (b"WEBVTT\n\n \n00:01.000 -> 00:02.000\n \nHi", 4, "no times"),
        (b"\x00\x00\x00\x20ftypisom\x00\xff" + bytes(range(256)) * 40, 1, "not plain text"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nHi".encode("utf-16"), 1, "UTF-8"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nHi\n", 1, "end in .srt"),
        (b"WEBVTT\n\n-00:01.000 --> 00:02.000\nHi\n", 3, "cannot be read"),
        (b"WEBVTT\n\n100:00:01.000 --> 100:00:02.000\nHi\n", 3, "later than 99 hours"),
        (b"WEBVTT\n\n" + b"9" * 5000 + b":00:01.000 --> 00:02.000\nHi\n", 3, "later than 99 hours"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"palabra " * 130_000, 4, "longer than 5000 characters"),
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


def test_captions_may_overlap_and_need_no_hours():
    data = b"WEBVTT\n\n00:01.000 --> 59:00.000\nHi\n\n00:01.000 --> 00:02.000\nHo\n\n99:00:00.000 --> 99:00:01.000\nEnd"
    assert [(cue.start, cue.end) for cue in parse_webvtt(data)] == [(1, 3540), (1, 2), (356_400, 356_401)]


def test_old_mac_line_ends_are_read():
    assert parse_webvtt(GOOD.replace("\n", "\r").encode()) == parse_webvtt(GOOD.encode())


def test_ten_hours_of_captions_are_read_in_less_than_two_seconds():
    started = time.perf_counter()
    cues = parse_webvtt(long_captions(10_000))
    assert time.perf_counter() - started < 2
    assert (len(cues), cues[-1].label) == (10_000, "9:59:56")


@pytest.mark.parametrize("piece", ["<a ", "<v ", "<v.a", ".a", "<", "&", "{\\an8", "<v" + " " * 100])
def test_a_hostile_caption_is_read_as_fast_as_a_good_one(piece):
    words = "<v" * (piece == ".a") + piece * (4_900 // len(piece))
    data = "WEBVTT\n\n" + "".join(f"{at:02}:00.000 --> {at:02}:01.000\n{words}\n\n" for at in range(50))
    started = time.perf_counter()
    parse_webvtt(data.encode())
    assert time.perf_counter() - started < 2


def test_the_refusal_is_told_in_the_language_of_the_editor():
    with translation.override("es"), pytest.raises(TranscriptError) as refusal:
        parse_webvtt(b"WEBVTT\n\n00:01,000 --> 00:02,000\nHola\n")
    assert str(refusal.value).startswith("Línea 3: No se pueden leer los tiempos")
