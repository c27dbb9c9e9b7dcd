"""Reading the site on a small phone, with the keyboard, without scripts, and on a small data plan."""

import gzip

import pytest

from tests.browsing import LANGUAGES, page_of_each_type, page_without_edition_in

# Images and recordings apart; what every page needs before it can be read.
MOST_BYTES = 60_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_scrolls_sideways_on_a_narrow_phone(live_site, open_page, language):
    """320 CSS pixels are also what is left of 1280 at a zoom of 400 % (WCAG 1.4.10)."""
    page = open_page(viewport={"width": 320, "height": 640})
    wide = {}
    for name, address in page_of_each_type(language).items():
        page.goto(live_site + address)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide[name] = width
    assert not wide


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_light(live_site, open_page, language):
    """HTML as served here; style and scripts compressed, as the site sends them once its static files are collected."""
    page = open_page()
    parts: dict[str, int] = {}
    heavy = {}
    for name, address in page_of_each_type(language).items():
        document = page.goto(live_site + address).body()
        linked = page.eval_on_selector_all(
            "link[rel=stylesheet], script[src]", "elements => elements.map(element => element.href || element.src)"
        )
        assert linked, f"{name}: the page has no style"
        for part in linked:
            parts.setdefault(part, len(gzip.compress(page.request.get(part).body())))
        weight = len(document) + sum(parts[part] for part in linked)
        if weight > MOST_BYTES:
            heavy[name] = weight
    assert not heavy


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_policy_of_the_site_blocks_nothing_of_its_own(live_site, open_page, language):
    page = open_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    addresses = page_of_each_type(language)
    del addresses["not found"]  # its own status is an error in the console
    for address in addresses.values():
        page.goto(live_site + address)
    assert complaints == []


def test_the_keyboard_reaches_the_content_and_the_other_language(live_site, open_page):
    page = open_page()
    page.goto(f"{live_site}/en/for-families/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.lang") == "es"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"
    page.keyboard.press("Enter")
    page.wait_for_url("**/es/para-familias/")
    assert page.locator("html").get_attribute("lang") == "es"


def test_a_reader_without_scripts_walks_from_home_to_a_file(live_site, open_page):
    page = open_page(java_script_enabled=False)
    page.goto(f"{live_site}/es/")
    page.get_by_role("searchbox").fill("reclasificación")
    page.get_by_role("button", name="Buscar").click()
    page.locator(".results .work-card__title a").first.click()
    assert page.locator("h1").count() == 1
    assert page.locator(".file__open").first.get_attribute("href")


def test_the_filters_open_without_scripts(live_site, open_page):
    page = open_page(java_script_enabled=False)
    page.goto(f"{live_site}/en/library/")
    page.locator("details.filters > summary").click()
    page.locator(".facet input[type=checkbox]").first.check()
    page.locator(".filters button[type=submit]").click()
    assert page.locator(".chips").is_visible()


@pytest.mark.parametrize(
    ("path", "opener", "closer", "shower"),
    [
        ("/en/library/", "Filters", "Close", "Show the results"),
        ("/es/biblioteca/", "Filtros", "Cerrar", "Ver los resultados"),
    ],
)
def test_on_a_phone_the_filters_open_as_a_sheet(live_site, open_page, path, opener, closer, shower):
    page = open_page(viewport={"width": 360, "height": 740})
    page.goto(live_site + path)
    sheet = page.get_by_role("dialog", name=opener)
    assert sheet.count() == 0
    for close in (lambda: page.keyboard.press("Escape"), sheet.get_by_role("button", name=closer).click):
        page.get_by_role("button", name=opener).click()
        assert sheet.is_visible()
        assert page.evaluate("document.activeElement.closest('dialog') !== null")
        close()
        assert sheet.count() == 0
        assert page.evaluate("document.activeElement.textContent") == opener
    page.get_by_role("button", name=opener).click()
    sheet.get_by_role("checkbox").first.check()
    sheet.get_by_role("button", name=shower).click()
    page.locator(".chips").wait_for()
    page.go_back()
    assert sheet.count() == 0


def test_filters_follow_a_phone_that_is_turned(live_site, open_page):
    page = open_page(viewport={"width": 360, "height": 740})
    page.goto(f"{live_site}/en/library/")
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("checkbox").first.check()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.locator("details.filters[open]").wait_for()
    assert page.locator("dialog").count() == 0
    assert page.locator("details.filters").get_by_role("checkbox").first.is_checked()


@pytest.mark.parametrize(("language", "other"), [("es", "en"), ("en", "es")])
def test_a_page_in_the_other_language_says_so_and_marks_its_text(live_site, open_page, language, other):
    page = open_page()
    page.goto(live_site + page_without_edition_in(language))
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("main").get_attribute("lang") == other
    notice = page.locator(".notices .notice").first
    assert notice.is_visible()
    assert page.locator(".notices").get_attribute("lang") == language
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"


def test_a_printed_page_leaves_out_the_menus(live_site, open_page):
    page = open_page()
    page.goto(f"{live_site}/en/about/")
    page.emulate_media(media="print")
    assert not page.locator(".main-menu").is_visible()
    assert page.locator("h1").is_visible()
