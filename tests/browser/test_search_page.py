"""Results keep within the width of any screen, whatever was chosen or typed, and stand in order."""

import pytest

from tests.browsing import LANGUAGES, page_of_each_type

LONG = "abcdefghij" * 5
# The last one is a window of 1280 × 1024 at 400 %.
NARROW = [{"width": 360, "height": 780}, {"width": 320, "height": 700}, {"width": 320, "height": 256}]
STICKING_OUT = """() => [...document.querySelectorAll("main *")]
    .filter((each) => each.checkVisibility() && each.getBoundingClientRect().right > innerWidth + 1)
    .filter((each) => !each.closest(".visually-hidden"))
    .map((each) => each.outerHTML.slice(0, 200))"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_word_does_not_make_the_page_wider(live_site, open_page, language):
    library = live_site + page_of_each_type(language)["LibraryPage"]
    for viewport in NARROW:
        tab = open_page(viewport=viewport)
        for address in (f"?q={LONG}{LONG}&topic={LONG}&year={LONG}", f"?topic={LONG}&topic=elpac&type={LONG}"):
            tab.goto(library + address)
            tab.locator("button[aria-haspopup=dialog]").click()
            tab.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
            assert tab.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
            assert tab.evaluate(STICKING_OUT) == []
            assert tab.locator(".facet .count").first.is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_stands_in_one_column(live_site, open_page, language):
    tab = open_page(viewport=NARROW[0])
    tab.goto(live_site + page_of_each_type(language)["found inside"].replace("AB+2268", "ley+plan"))
    texts = tab.locator("#inside .moment > span")
    assert texts.count() > 1
    tab.locator("#inside .moment .timestamp").first.evaluate("(each) => { each.textContent = '10:05:33'; }")
    assert len({text.bounding_box()["x"] for text in texts.all()}) == 1
