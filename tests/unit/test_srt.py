"""SRT captions become WebVTT where they come in; a bad file is refused with line number and remedy."""

import random

import pytest
from django.utils import translation

from resources.transcripts import Cue, TranscriptError, parse_webvtt, webvtt_of_srt
from tests.captions import SRT

CUES = [Cue(1.0, 4.5, "Buenas tardes a todas las familias."), Cue(5.25, 8.0, "La niñez aprende en dos idiomas.")]


def cues(srt: str | bytes) -> list[Cue]:
    return parse_webvtt(webvtt_of_srt(srt if isinstance(srt, bytes) else srt.encode()))


def test_srt_becomes_webvtt_with_italics_kept():
    assert webvtt_of_srt(SRT.encode()).decode() == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:04.500\nBuenas tardes a todas las familias.\n\n"
        "00:00:05.250 --> 00:00:08.000\nLa niñez aprende en <i>dos</i> idiomas.\n\n"
    )


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(SRT.encode("utf-8-sig"), id="UTF-8 with its mark"),
        pytest.param(SRT.encode("utf-16"), id="UTF-16"),
        pytest.param(b"\xfe\xff" + SRT.encode("utf-16-be"), id="UTF-16, big end first"),
        pytest.param(SRT.encode("utf-16-le"), id="UTF-16 without its mark"),
        pytest.param(SRT.encode("cp1252"), id="Windows-1252"),
        pytest.param(SRT.replace("\n", "\r\n").encode(), id="line ends of Windows"),
        pytest.param(SRT.replace("\n", "\r").encode(), id="line ends of old Macs"),
        pytest.param(SRT.replace("\n", "\r\r\n").encode(), id="line ends doubled on the way"),
        pytest.param(SRT.replace("\n\n", "\n").encode(), id="no blank lines"),
        pytest.param(SRT.replace("1\n00", "00").replace("2\n00", "00").encode(), id="no numbers"),
        pytest.param(SRT.replace("00:00:0", "00:0").encode(), id="no hours"),
        pytest.param(SRT.replace(",", ".").encode(), id="points before the thousandths"),
        pytest.param(SRT.replace(" --> ", "-->").encode(), id="no spaces beside the arrow"),
        pytest.param(SRT.replace("4,500", "4,500  X1:100 X2:600 Y1:050 Y2:480").encode(), id="coordinates"),
        pytest.param(f"\n\n{SRT}\n\n3\n00:00:09,000 --> 00:00:10,000\n\n\n".encode(), id="an empty caption"),
        pytest.param(SRT.replace("Buenas", '{\\an8}<font color="#fff">Buenas</font>').encode(), id="styling tags"),
        pytest.param(webvtt_of_srt(SRT.encode()), id="WebVTT named .srt"),
    ],
)
def test_what_real_programs_write_is_read(data):
    assert cues(data) == CUES


def test_captions_at_the_top_stay_there():
    data = webvtt_of_srt(b"1\n00:00:01,000 --> 00:00:02,000\n{\\an8}Hola")
    assert b"00:00:02.000 line:0\nHola" in data


@pytest.mark.parametrize("words", ["R&D <3 &notes -> 5 > 4", "AT&T", "a < b > c", "{one} & <two>"])
def test_every_character_of_the_words_stands_for_itself(words):
    assert cues(f"1\n00:00:01,000 --> 00:00:02,000\n{words}\n")[0].text == words


def test_entities_are_the_characters_that_they_name():
    assert cues("1\n00:00:01,000 --> 00:00:02,000\nsalud&#44; paz &amp; pan\n")[0].text == "salud, paz & pan"


def test_a_year_on_its_own_line_is_no_number_of_a_caption():
    two = "00:00:01,000 --> 00:00:02,000\nIn\n2024\n00:00:03,000 --> 00:00:04,000\nAB 2268"
    assert [cue.text for cue in cues(two)] == ["In 2024", "AB 2268"]
    numbered = "1\n00:00:01,000 --> 00:00:02,000\n2024\n\n2\n00:00:03,000 --> 00:00:04,000\n2268\n"
    assert [cue.text for cue in cues(numbered)] == ["2024", "2268"]


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"", 1, "no captions"),
        (b"Only words\nand more\n", 2, "no captions"),
        (b"1\r\n\r\n \r\n", 1, "such as 00:00:01,000 -->"),
        (b"Title\n\n1\n00:00:01,000 --> 00:00:02,000\nHi", 1, "no times"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nHi\n\nHo\n", 5, "no times"),
        (b"1\n00:00:01 --> 00:00:02\nHi", 2, "cannot be read"),
        (b"1\n-00:00:01,000 --> 00:00:02,000\nHi", 2, "cannot be read"),
        (b"1\n00:00:01,000 --> 00:61:02,000\nHi", 2, "cannot be read"),
        (b"1\n900:00:01,000 --> 900:00:02,000\nHi", 2, "later than 99 hours"),
        (b"1\n00:00:02,000 --> 00:00:01,000\nHi", 2, "ends before it begins"),
        (b"1\n00:00:02,000 --> 00:00:02,000\nHi", 2, "ends when it begins"),
        (SRT.replace("00:00:05", "00:00:00").encode(), 6, "begins before the one above"),
        (b"1\n00:00:01,000 --> 00:00:02,000\n" + b"palabra " * 130_000, 3, "longer than 5000 characters"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nHi\x00", 3, "not plain text"),
        (b"1\r00:00:01,000 --> 00:00:02,000\rHi \x81\r", 3, "UTF-8"),
        (b"\x00\x00\x00\x20ftypisom" + bytes(range(256)) * 40, 1, "not plain text"),
        (b"x" * (5 * 1024 * 1024 + 1), 1, "5 MB"),
        (b"WEBVTT\n\n00:01,000 --> 00:02,000\nHi\n", 3, "cannot be read"),
    ],
)
def test_a_bad_file_is_refused_with_line_and_remedy(data, line, words):
    with translation.override("en"), pytest.raises(TranscriptError) as refusal:
        webvtt_of_srt(data)
    assert (refusal.value.line, bool(refusal.value.remedy)) == (line, True)
    assert words in str(refusal.value)


@pytest.mark.parametrize("seed", range(200))
def test_what_is_taken_in_can_always_be_read_again(seed):
    chance = random.Random(seed)  # noqa: S311
    pieces = [
        "1",
        "\n",
        "\n\n",
        "00:00:01,000 --> 00:00:02,000",
        "-->",
        "<i>",
        "</v>",
        "&",
        "&#10;",
        "&lt;",
        "{\\an8}",
        "<",
        ">",
    ]
    text = "1\n00:00:01,000 --> 00:00:02,000\nHola" + "".join(
        chance.choice(pieces) for _ in range(chance.randint(1, 12))
    )
    try:
        data = webvtt_of_srt(text.encode())
    except TranscriptError:
        return
    assert parse_webvtt(data)[0].text.startswith("Hola")
