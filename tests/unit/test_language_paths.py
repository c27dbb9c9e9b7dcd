"""Paths of the two trees, and the way to a fallback through them; no database."""

import pytest

from resources.languages.addresses import FallbackPath
from resources.languages.sites import ancestor_paths, other_language, place

ROOTS = {"en": "/home-en/", "es": "/home-es/"}


@pytest.mark.parametrize(
    ("url_path", "expected"),
    [
        ("/home-en/", ("en", "")),
        ("/home-es/programas/valle/", ("es", "programas/valle/")),
        ("/elsewhere/", None),
        ("/", None),
    ],
)
def test_a_path_stands_in_the_tree_of_one_language(url_path, expected):
    assert place(url_path, ROOTS) == expected


def test_ancestors_reach_up_to_the_home_page():
    assert ancestor_paths("0001000200030004") == ["000100020003", "00010002"]
    assert ancestor_paths("00010002") == []


def test_there_are_two_languages():
    assert (other_language("en"), other_language("es")) == ("es", "en")


def test_a_fallback_keeps_its_own_slugs_below_the_translated_page():
    path = FallbackPath("programas/", ["valley", "about"])
    assert path.steps() == ["programas/valley/", "programas/valley/about/"]
    assert path.relative(set(), "--en") == "programas/valley/about/"


def test_a_slug_that_is_taken_gets_the_suffix_wherever_it_stands():
    path = FallbackPath("", ["news", "item"])
    assert path.relative({"news/"}, "--en") == "news--en/item/"
    assert path.relative({"news/item/"}, "--en") == "news/item--en/"


def test_a_home_page_is_its_own_fallback():
    assert FallbackPath("", []).relative(set(), "--en") == ""
