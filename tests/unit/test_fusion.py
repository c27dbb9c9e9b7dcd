"""Fusion of words and meaning."""

import pytest

from search.fusion import fuse, in_language, shared_share
from search.parsing import parse
from search.understanding import understand


def order(*args, **kwargs) -> list[str]:
    return [item.work for item in fuse(*args, **kwargs)]


def test_without_vectors_the_order_of_words_stands():
    assert order({"a": 9.0, "b": 12.0, "c": 1.0}, {}) == ["b", "a", "c"]


def test_without_words_the_order_of_meaning_stands_even_among_works_of_two_languages():
    similarities = {"a": 0.4, "b": 0.7, "c": 0.1, "d": 0.6}
    assert order({}, similarities) == ["b", "d", "a", "c"]
    assert order({}, similarities, wordless=["a", "c"]) == ["b", "d", "a", "c"]


def test_a_work_that_both_found_comes_before_works_that_one_found():
    assert order({"both": 10.0, "words": 10.5}, {"both": 0.6, "words": 0.1, "meaning": 0.65})[0] == "both"


def test_a_stray_word_does_not_outrank_a_near_work_without_text_in_the_language_of_the_query():
    words = {"stray": 4.0}
    similarities = {"stray": 0.15, "other-language": 0.62}
    assert order(words, similarities, wordless=["other-language"], shared=0.3)[0] == "other-language"
    assert order(words, similarities)[0] == "stray"


def test_a_name_in_a_work_of_the_other_language_counts_beside_what_its_likeness_promises():
    words = {"own": 10.0, "names-it": 6.0}
    similarities = {"own": 0.3, "names-it": 0.4, "alike": 0.45}
    assert order(words, similarities, wordless=["names-it", "alike"], shared=0.3)[0] == "names-it"


def test_names_alone_weigh_by_the_share_of_the_query_that_they_are():
    words, similarities = {"names-it": 4.0}, {"names-it": 0.3, "alike": 0.5}
    assert order(words, similarities, wordless=["names-it", "alike"], shared=1.0) == ["names-it", "alike"]
    assert order(words, similarities, wordless=["names-it", "alike"], shared=0.2) == ["alike", "names-it"]


@pytest.mark.parametrize(
    ("typed", "language", "in_all"),
    [
        ("who built the Shasta dam in 1938", "en", ["Shasta", "1938"]),
        ("cuántas presas y canales hay en Shasta", "es", ["Shasta"]),
        ("families and schools", "en", []),
    ],
)
def test_names_and_numbers_are_asked_in_every_language_and_common_words_in_their_own(typed, language, in_all):
    asked = in_language(understand(parse(typed), language).text, language)
    words = [(each.words[0], each.languages) for part in asked.parts for each in part.alternatives if each.languages]
    assert [word for word, languages in words if len(languages) == 2] == in_all
    assert shared_share(asked, language) == pytest.approx(len(in_all) / len(asked.parts))


def test_weak_matches_in_words_fade_beside_the_best_one():
    words = {"best": 10.0, "weak": 3.0}
    similarities = {"best": 0.5, "weak": 0.4, "near": 0.55}
    assert order(words, similarities) == ["best", "near", "weak"]


def test_exact_titles_and_identifiers_come_first_whatever_they_mean():
    words = {"title": 1007.0, "number": 502.0, "plain": 11.0}
    similarities = {"title": 0.1, "number": 0.0, "plain": 0.9, "near": 0.95}
    assert order(words, similarities, certain=500.0)[:2] == ["title", "number"]
    assert order(words, similarities, certain=500.0)[2] == "plain"


def test_a_work_that_waits_to_be_embedded_keeps_its_place_among_the_others_found_by_words():
    words = {"a": 10.0, "new": 9.9, "b": 5.0}
    assert order(words, {"a": 0.6, "b": 0.5}) == ["a", "new", "b"]


def test_what_words_found_is_marked():
    assert {item.work: item.by_words for item in fuse({"a": 1.0}, {"a": 0.5, "b": 0.5})} == {"a": True, "b": False}


def test_a_best_match_that_holds_little_of_the_query_weighs_less_than_likeness():
    words, similarities = {"stray": 6.0}, {"stray": 0.2, "near": 0.6}
    assert order(words, similarities, rarity=3.0) == ["stray", "near"]
    assert order(words, similarities, rarity=30.0) == ["near", "stray"]


def test_what_is_said_in_another_language_is_not_outranked_by_a_work_with_a_stray_word():
    words, similarities = {"stray": 6.0, "other": 5.0}, {"stray": 0.2, "other": 0.2, "recording": 0.6}
    assert order(words, similarities)[0] == "stray"
    assert order(words, similarities, said_elsewhere=["recording"], shared=0.3)[0] == "recording"


def test_a_name_in_what_is_said_in_another_language_counts_beside_its_likeness():
    words, similarities = {"good": 6.0, "named": 3.0}, {"good": 0.3, "named": 0.4, "recording": 0.4}
    assert order(words, similarities, said_elsewhere=["named", "recording"], shared=0.3) == [
        "named",
        "good",
        "recording",
    ]


def test_a_work_of_the_other_language_that_could_match_all_of_the_query_gets_no_more_than_its_words():
    words, similarities = {"own": 6.0, "other": 4.0}, {"own": 0.3, "other": 0.4}
    assert order(words, similarities, wordless=["other"], shared=0.3) == ["other", "own"]
    assert order(words, similarities, wordless=["other"], shared=1.0) == ["own", "other"]


def test_an_exact_title_alone_gives_works_of_the_other_language_nothing():
    words, similarities = {"title": 1005.0}, {"title": 0.8, "own": 0.6, "other": 0.45}
    assert order(words, similarities, wordless=["other"], certain=500.0) == ["title", "own", "other"]
