"""Passages: windows of captions hold every caption, and no phrase falls between two of them."""

import itertools
import random
import time

import pytest

from resources.transcripts import Cue
from search.passages import LONGEST_TEXT, WINDOW_SECONDS, Passage, pages_of_file, windows_of_captions


def cues_at(*times: tuple[float, float]) -> list[Cue]:
    return [Cue(start, end, f"caption{at}") for at, (start, end) in enumerate(times)]


def test_windows_overlap_by_about_half():
    windows = windows_of_captions(7, "en", cues_at(*[(at * 5, at * 5 + 5) for at in range(20)]))
    assert [window.number for window in windows] == [0, 15, 30, 45, 60, 75]
    assert all(WINDOW_SECONDS - 5 <= len(window.cues) * 5 <= WINDOW_SECONDS for window in windows[:-1])


def assert_every_caption_is_held(cues: list[Cue], windows: list[Passage]) -> None:
    """Each stands in a window, neighbors stand in one together, and no two windows have one place."""
    held = [window.text.split() for window in windows]
    together = {pair for words in held for pair in itertools.pairwise(words)}
    assert set(itertools.chain(*held)) == {cue.text for cue in cues}
    for first, second in itertools.pairwise(cues):
        if second.start - first.start < WINDOW_SECONDS / 2:
            assert (first.text, second.text) in together
    assert len({window.place for window in windows}) == len(windows)


@pytest.mark.parametrize("seed", range(20))
def test_every_caption_stands_in_a_window_and_neighbors_stand_together(seed):
    chance, start, times = random.Random(seed), 0.0, []  # noqa: S311
    for _ in range(chance.randint(1, 80)):
        start += chance.choice([0, 0.2, 2, 4, 40])
        times.append((start, start + chance.choice([0.5, 3, 14, 45])))
    cues = cues_at(*times)
    assert_every_caption_is_held(cues, windows_of_captions(7, "es", cues))


def long_cues(*cues: tuple[float, float, int]) -> list[Cue]:
    """Captions of (start, end, characters), each of a word of its own."""
    return [Cue(start, end, f"caption{at}".ljust(length, "x")) for at, (start, end, length) in enumerate(cues)]


@pytest.mark.parametrize("seed", range(40))
def test_long_and_crowded_captions_stand_in_short_windows_and_neighbors_together(seed):
    chance, start, times = random.Random(seed), 0.0, []  # noqa: S311
    for _ in range(chance.randint(1, 120)):
        start += chance.choice([0, 0.01, 0.2, 1, 5, 40])
        times.append((start, start + chance.choice([0.5, 600, 36_000]), chance.choice([12, 900, 4_999])))
    cues = long_cues(*times)
    windows = windows_of_captions(7, "es", cues)
    assert_every_caption_is_held(cues, windows)
    for window in windows:
        assert len(window.text) <= LONGEST_TEXT or len(window.cues) <= 2


def test_captions_that_crowd_into_one_second_are_read_at_once():
    crowd = long_cues(*[(at / 100_000, 36_000, 40) for at in range(100_000)], (2, 3, 40), (4, 5, 40))
    started = time.perf_counter()
    windows = windows_of_captions(7, "en", crowd)
    assert time.perf_counter() - started < 2
    assert_every_caption_is_held(crowd, windows)
    assert all(len(window.text) <= LONGEST_TEXT for window in windows)


def test_captions_of_one_second_stand_in_short_windows_each_with_a_place_of_its_own():
    crowd = long_cues(*[(7.25, 9, 40) for _ in range(60_000)], *[(20 + at, 21 + at, 40) for at in range(20)])
    windows = windows_of_captions(7, "en", crowd)
    assert_every_caption_is_held(crowd, windows)
    assert all(len(window.text) <= LONGEST_TEXT for window in windows)
    assert windows[0].number == 7


def test_ten_hours_of_captions_make_windows_at_once():
    cues = cues_at(*[(at * 0.6, at * 0.6 + 36_000) for at in range(60_000)])
    started = time.perf_counter()
    windows = windows_of_captions(7, "en", cues)
    assert time.perf_counter() - started < 2
    assert [window.number for window in windows] == list(range(0, 36_000, 15))[: len(windows)]


def test_no_captions_and_empty_pages_make_no_passages():
    assert windows_of_captions(7, "en", []) == []
    assert windows_of_captions(7, "en", [Cue(0, 1, "")]) == []
    assert [page.number for page in pages_of_file(7, "en", [(1, " "), (2, "Words")])] == [2]
