"""Completion with the keyboard and the pointer, and a field that is only a field without scripts."""

import pytest

from tests.browsing import LANGUAGES, page_of_each_type

TYPED = {"en": "recl", "es": "recla"}


@pytest.fixture
def library(live_site, open_page):
    """Opens the library in a language and gives the tab."""

    def open_library(language: str, **options):
        tab = open_page(**options)
        tab.goto(live_site + page_of_each_type(language)["LibraryPage"])
        return tab

    return open_library


@pytest.mark.parametrize("language", LANGUAGES)
def test_completions_are_chosen_with_the_keyboard(library, language):
    tab = library(language)
    field = tab.get_by_role("combobox")
    field.type(TYPED[language])
    options = tab.get_by_role("option")
    options.first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    field.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    assert tab.locator(f"#{active}").get_attribute("aria-selected") == "true"
    with tab.expect_navigation():
        field.press("Enter")


def test_escape_closes_the_list_and_keeps_what_was_typed(library):
    tab = library("en")
    field = tab.get_by_role("combobox")
    field.type("recl")
    tab.get_by_role("option").first.wait_for()
    field.press("Escape")
    assert tab.get_by_role("option").count() == 0
    assert field.input_value() == "recl"


def test_enter_without_a_choice_searches_what_was_typed(library):
    tab = library("en")
    field = tab.get_by_role("combobox")
    field.type("recl")
    tab.get_by_role("option").first.wait_for()
    with tab.expect_navigation():
        field.press("Enter")
    assert "q=recl" in tab.url


def test_without_scripts_the_field_searches(library):
    tab = library("es", java_script_enabled=False)
    tab.locator("#library-search").fill("reclasificación")
    with tab.expect_navigation():
        tab.locator("#library-search").press("Enter")
    assert tab.locator("article.work-card").count() > 0
