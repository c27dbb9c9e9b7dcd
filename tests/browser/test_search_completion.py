"""Completion with the keyboard and the pointer on every page, and a field that is only a field without scripts."""

import pytest

from resources.models import ResourcePage
from tests.accessibility.test_axe import violations
from tests.browsing import LANGUAGES, page_of_each_type

TYPED = {"en": "recl", "es": "recla"}
LIBRARY, HOME, ORDINARY = "LibraryPage", "HomePage", "ResourcePage"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 780}


@pytest.fixture
def page_with_field(live_site, open_page):
    """Opens a page of a type in a language and gives the tab."""

    def open_it(language: str, name: str = LIBRARY, **options):
        tab = open_page(**options)
        tab.goto(live_site + page_of_each_type(language)[name])
        return tab

    return open_it


@pytest.mark.parametrize("name", [LIBRARY, HOME, ORDINARY])
@pytest.mark.parametrize("language", LANGUAGES)
def test_completions_are_chosen_with_the_keyboard(page_with_field, language, name):
    tab = page_with_field(language, name)
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
    assert f"/{language}/" in tab.url


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_open_list_in_the_header_is_whole_and_has_no_faults(page_with_field, language, viewport):
    tab = page_with_field(language, ORDINARY, viewport=viewport, bypass_csp=True)
    tab.get_by_role("combobox").type(TYPED[language])
    tab.get_by_role("option").first.wait_for()
    assert not violations(tab)
    box = tab.get_by_role("listbox").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= viewport["width"]
    assert tab.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_nothing_is_asked_before_somebody_types(page_with_field):
    tab = page_with_field("en", ORDINARY)
    asked = []
    # The browser itself may still fetch the icon, at a moment of its choosing.
    tab.on("request", lambda r: asked.append(r.url) if r.resource_type == "fetch" else None)
    tab.get_by_role("combobox").focus()
    tab.wait_for_timeout(400)
    assert asked == []
    tab.get_by_role("combobox").type("recl")
    tab.get_by_role("option").first.wait_for()
    assert asked
    assert all("/api/v1/complete?lang=en" in url for url in asked)


def test_escape_closes_the_list_and_keeps_what_was_typed(page_with_field):
    tab = page_with_field("en")
    field = tab.get_by_role("combobox")
    field.type("recl")
    tab.get_by_role("option").first.wait_for()
    field.press("Escape")
    assert tab.get_by_role("option").count() == 0
    assert field.input_value() == "recl"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_down_arrow_opens_the_closed_list_again(page_with_field, language):
    tab = page_with_field(language)
    field, options = tab.get_by_role("combobox"), tab.get_by_role("option")
    field.type(TYPED[language])
    options.first.wait_for()
    lines = options.all_inner_texts()
    field.press("ArrowDown")
    field.press("Escape")
    assert options.count() == 0
    assert field.get_attribute("aria-activedescendant") is None
    field.press("ArrowDown")
    assert options.all_inner_texts() == lines
    assert field.get_attribute("aria-expanded") == "true"
    assert options.first.get_attribute("aria-selected") == "true"
    field.press("Escape")
    field.type("zxzx")
    field.press("ArrowDown")
    tab.wait_for_timeout(400)
    assert options.count() == 0


def test_an_answer_that_comes_after_escape_opens_nothing(page_with_field):
    tab = page_with_field("en")
    field = tab.get_by_role("combobox")
    field.type("recl")
    tab.get_by_role("option").first.wait_for()
    field.type("a")
    field.press("Escape")
    tab.wait_for_timeout(500)
    assert tab.get_by_role("option").count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_down_arrow_asks_for_words_that_stand_in_the_field_already(page_with_field, language):
    tab = page_with_field(language)
    tab.goto(f"{tab.url}?q={TYPED[language]}")
    tab.get_by_role("combobox").press("ArrowDown")
    tab.get_by_role("option").first.wait_for()
    assert tab.get_by_role("option").first.get_attribute("aria-selected") == "true"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_line_stands_once(page_with_field, language):
    tab = page_with_field(language)
    tab.get_by_role("combobox").type(TYPED[language])
    tab.get_by_role("option").first.wait_for()
    texts = [text.lower() for text in tab.locator("[role=option] > span:first-child").all_inner_texts()]
    assert len(texts) == len(set(texts))
    tab.get_by_role("combobox").fill(f"-{TYPED[language]}")
    tab.get_by_role("option").first.wait_for(state="hidden")


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_looked_for_inside_a_recording_are_not_in_the_librarys_field(page_with_field, language):
    tab = page_with_field(language, "found inside")
    assert tab.locator("#inside-text").input_value() == "AB 2268"
    assert tab.get_by_role("combobox").input_value() == ""


def test_enter_without_a_choice_searches_what_was_typed(page_with_field):
    tab = page_with_field("en")
    field = tab.get_by_role("combobox")
    field.type("recl")
    tab.get_by_role("option").first.wait_for()
    with tab.expect_navigation():
        field.press("Enter")
    assert "q=recl" in tab.url


@pytest.mark.parametrize("name", [LIBRARY, ORDINARY])
def test_without_scripts_the_field_searches(page_with_field, name):
    tab = page_with_field("es", name, java_script_enabled=False)
    field = tab.get_by_role("searchbox")
    field.fill("reclasificación")
    with tab.expect_navigation():
        field.press("Enter")
    assert tab.locator("article.work-card").count() > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_stays_light(site_content, client, language):
    """What a phone loads of an ordinary page, compressed, without pictures."""
    page = ResourcePage.objects.filter(locale__language_code=language, live=True).order_by("pk").first()
    html = client.get(page.get_url(), headers={"Accept-Encoding": "gzip"})
    assert html["Content-Encoding"] == "gzip"
    assert len(html.content) < 12_000
