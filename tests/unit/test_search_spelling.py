"""Distance between words, and repairs from the vocabulary of an engine."""

import pytest

from search.parsing import parse
from search.spelling import edit_distance, repair


class Vocabulary:
    """An engine that knows words and how many works hold them."""

    def __init__(self, **frequencies):
        self.known = frequencies

    def frequency(self, word):
        return self.known.get(word.lower(), 0)

    def frequencies(self, words):
        return {word: self.frequency(word) for word in words}

    def near(self, word, edits):
        return {known: "en" for known in self.known if edit_distance(word, known) <= edits}


@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [
        ("abc", "abc", 0),
        ("abc", "abd", 1),
        ("abc", "ab", 1),
        ("", "abc", 3),
        ("abcd", "abdc", 0.7),
        ("abbc", "abc", 0.7),
    ],
)
def test_edits_between_words(first, second, distance):
    assert edit_distance(first, second) == pytest.approx(distance)
    assert edit_distance(second, first) == pytest.approx(distance)


ENGINE = Vocabulary(reclassification=9, learner=40, leaner=1, data=5, policy=30, police=3)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("reclasification", "reclassification"),
        ("reclassifcaton", "reclassification"),
        ("lerner", "learner"),
        ("polcy data", "policy data"),
    ],
)
def test_an_unknown_word_is_repaired(typed, meant):
    found = repair(parse(typed), ENGINE, "en")
    assert (found.text, found.is_certain) == (meant, True)


def test_a_rare_word_is_only_asked_about():
    found = repair(parse("leaner"), ENGINE, "en")
    assert (found.text, found.is_certain) == ("learner", False)


@pytest.mark.parametrize(
    "typed", ["policy", "police", "dat", "xyzzyqq", "the", "ab 2268", '"lerner"', "-lerner", "2024"]
)
def test_other_words_stay_as_they_are(typed):
    assert repair(parse(typed), ENGINE, "en") is None
