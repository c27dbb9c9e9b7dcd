"""A transcript as its page shows it: every second that a link may name leads to one line, and long ones are divided."""

import itertools

from resources.transcripts import Cue, transcripts_of
from resources.transcripts.shown import LONG, MOST_LINES


def cues(*starts: float) -> list[Cue]:
    return [Cue(start, start + 2, f"line {start}") for start in starts]


def addresses(transcript) -> list[tuple[str, tuple[str, ...]]]:
    return [(line.address, line.passed) for part in transcript.parts for line in part.lines]


def shown(english, spanish, *wanted, chapters=()):
    return transcripts_of([("en", "English", english), ("es", "Spanish", spanish)], chapters, wanted)


def test_the_transcript_in_the_readers_language_is_open_and_has_the_addresses():
    english, spanish = shown(cues(1, 5.5, 5.9, 9), cues(0, 3, 5, 12), "", "en")
    assert (english.is_open, spanish.is_open) == (True, False)
    assert addresses(english) == [("1", ("0", "3")), ("5", ()), ("", ()), ("9", ("12",))]
    assert {address for address, _passed in addresses(spanish)} == {""}


def test_without_one_in_the_readers_language_the_first_is_read():
    english, spanish = shown(cues(1), cues(1), "ko")
    assert (english.is_open, spanish.is_open) == (True, False)
    [regional] = transcripts_of([("es-MX", "Spanish (Mexico)", cues(1))], (), ("es",))
    assert regional.is_open


def test_the_language_asked_for_comes_before_the_readers():
    _english, spanish = shown(cues(1), cues(1), "es", "en")
    assert spanish.is_open


def test_captions_that_say_nothing_are_left_out():
    assert shown([], [], "en") == []
    assert [transcript.language for transcript in shown([], cues(1), "en")] == ["es"]


def test_numbers_are_those_of_the_web():
    [part] = shown(cues(36_000.125), [], "es")[0].parts
    assert (part.lines[0].start, part.lines[0].end, part.lines[0].second) == ("36000.125", "36002.125", "36000")


def test_every_second_of_every_language_leads_to_one_line():
    english, spanish = cues(*range(0, 4000, 3)), cues(*range(1, 4000, 7))
    found = addresses(shown(english, spanish, "en")[0])
    named = list(itertools.chain.from_iterable((address, *passed) for address, passed in found if address or passed))
    assert sorted(map(int, named)) == sorted({cue.seconds for cue in [*english, *spanish]})


def test_a_short_transcript_is_one_part():
    [part] = shown(cues(*range(LONG)), [], "en", chapters=[(0, "Welcome"), (500, "Questions")])[0].parts
    assert (part.label, len(part.lines)) == ("", LONG)


def test_a_long_transcript_is_divided_by_its_chapters():
    chapters = [(1500, "Questions"), (10, "Welcome"), (9000, "After the end")]
    parts = shown(cues(*range(2 * LONG)), [], "en", chapters=chapters)[0].parts
    assert [(part.label, part.title, len(part.lines)) for part in parts] == [
        ("0:00", "", 10),
        ("0:10", "Welcome", 1490),
        ("25:00", "Questions", 500),
    ]


def test_a_long_transcript_without_chapters_is_divided_every_ten_minutes():
    parts = shown(cues(*range(300, 2 * LONG)), [], "en")[0].parts
    assert [(part.label, len(part.lines)) for part in parts] == [
        ("0:00", 300),
        ("10:00", 600),
        ("20:00", 600),
        ("30:00", 200),
    ]
    assert [line.second for part in parts for line in part.lines] == [str(second) for second in range(300, 2 * LONG)]


def test_a_page_holds_one_transcript_of_many_hours_and_offers_the_others():
    many = cues(*range(MOST_LINES + 1))
    english, spanish = shown(many, many, "es")
    assert (len(english.parts), bool(spanish.parts)) == (0, True)
    english, spanish = shown(many, cues(*range(100)), "en")
    assert english.parts
    assert spanish.parts
