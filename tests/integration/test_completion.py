"""Completion: how the typed text may go on, each line once, and never with what the reader does not want."""

import pytest

from search.completion import complete
from tests.search_site import kept_for_a_module

pytestmark = pytest.mark.django_db

LIBRARY = {"en": "/en/library/", "es": "/es/library/"}


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker) as site:
        site.resource("elpac", title_en="ELPAC", title_es="Elpac (ES)", topics=["elpac"])
        site.resource("elpac-guide", title_en="A guide to the ELPAC", title_es="Guía del ELPAC")
        for year in (2023, 2024):
            site.resource(f"figures-{year}", title_en="Yearly figures", title_es="Cifras del año")
        site.index()
        yield site


def lines(text: str, language: str) -> list[tuple[str, str]]:
    return [(line.text, line.url) for line in complete(text, language, LIBRARY[language])]


@pytest.mark.parametrize(("language", "name", "title"), [("en", "Elpac", "guide"), ("es", "Elpac (es)", "Guía")])
def test_a_work_of_the_same_name_is_found_by_the_search_for_it(library, language, name, title):
    found = lines("elpac", language)
    assert [(text, "?q=Elpac" in url) for text, url in found if text.lower() == name.lower()] == [(name, True)]
    assert any(title in text and "?q=" not in url for text, url in found)


@pytest.mark.parametrize(
    ("language", "typed", "title"), [("en", "year", "Yearly figures"), ("es", "cif", "Cifras del año")]
)
def test_a_title_that_two_works_have_is_one_line_that_searches(library, language, typed, title):
    [(text, url)] = lines(typed, language)
    assert text == title
    assert url.startswith(LIBRARY[language] + "?q=")


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("text", ["-elpac", "-elp", "gu -elpac", "-elpac gu", '-"elpac', '-"elpac gu', "-“elpac”"])
def test_an_excluded_word_is_not_completed(library, language, text):
    assert lines("elpac", language)
    assert lines(text, language) == []


@pytest.mark.parametrize(("language", "text"), [("en", "guide-elp"), ("en", "guide - elp"), ("es", '"guía del elp')])
def test_a_hyphen_or_an_open_quote_excludes_nothing(library, language, text):
    assert lines(text, language)
