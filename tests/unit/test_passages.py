"""Passages: windows of captions hold every caption, and no phrase falls between two of them."""

import itertools
import random

import pytest

from resources.transcripts import Cue
from search.passages import WINDOW_SECONDS, pages_of_file, windows_of_captions


def cues_at(*times: tuple[float, float]) -> list[Cue]:
    return [Cue(start, end, f"caption{at}") for at, (start, end) in enumerate(times)]


def test_windows_overlap_by_about_half():
    windows = windows_of_captions(7, "en", cues_at(*[(at * 5, at * 5 + 5) for at in range(20)]))
    assert [window.number for window in windows] == [0, 15, 30, 45, 60, 75]
    assert all(WINDOW_SECONDS - 5 <= len(window.cues) * 5 <= WINDOW_SECONDS for window in windows[:-1])


@pytest.mark.parametrize("seed", range(20))
def test_every_caption_stands_in_a_window_and_neighbors_stand_together(seed):
    chance, start, times = random.Random(seed), 0.0, []  # noqa: S311
    for _ in range(chance.randint(1, 80)):
        start += chance.choice([0, 0.2, 2, 4, 40])
        times.append((start, start + chance.choice([0.5, 3, 14, 45])))
    cues = cues_at(*times)
    windows = windows_of_captions(7, "es", cues)
    held = [set(window.text.split()) for window in windows]
    assert set().union(*held) == {cue.text for cue in cues}
    for first, second in itertools.pairwise(cues):
        if second.start - first.start < WINDOW_SECONDS / 2:
            assert any({first.text, second.text} <= words for words in held)
    assert len({window.place for window in windows}) == len(windows)


def test_no_captions_and_empty_pages_make_no_passages():
    assert windows_of_captions(7, "en", []) == []
    assert windows_of_captions(7, "en", [Cue(0, 1, "")]) == []
    assert [page.number for page in pages_of_file(7, "en", [(1, " "), (2, "Words")])] == [2]
