"""axe finds nothing on any page type, in either language, light and dark, wide and narrow."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from resources.models import ResourcePage
from search.models import BestBet, BestBetWording, BestBetWork
from tests.browsing import LANGUAGES, page_of_each_type, page_without_edition_in

VIEWS = {
    "wide": {"viewport": {"width": 1280, "height": 900}},
    "narrow-dark": {"viewport": {"width": 360, "height": 780}, "color_scheme": "dark"},
}


def violations(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_any_page_type(live_site, open_page, language, view):
    # axe is put into the page as a script, which the site's own policy would refuse.
    page = open_page(**VIEWS[view], bypass_csp=True)
    problems = {}
    addresses = {**page_of_each_type(language), "fallback": page_without_edition_in(language)}
    for name, address in addresses.items():
        page.goto(live_site + address)
        if found := violations(page):
            problems[name] = found
    assert not problems


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_among_recommended_works(live_site, open_page, language, view):
    bet = BestBet.objects.create()
    BestBetWording.objects.create(bet=bet, text="AB 2268")
    for key in ("reclassification", "sample-family-handout"):
        work = ResourcePage.objects.filter(key=key).first()
        BestBetWork.objects.create(bet=bet, work=work, note_es="Empiece por aquí.")
    page = open_page(**VIEWS[view], bypass_csp=True)
    page.goto(live_site + page_of_each_type(language)["search"])
    assert page.locator(".best-bets .work-card").count() == 2
    assert not violations(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_the_sheet_of_filters(live_site, open_page, language):
    page = open_page(**VIEWS["narrow-dark"], bypass_csp=True)
    page.goto(live_site + page_of_each_type(language)["search"])
    page.locator("button[aria-haspopup=dialog]").click()
    assert page.locator("dialog[open] input[type=checkbox]").count()
    assert not violations(page)


def test_axe_sees_a_fault_where_there_is_one(live_site, open_page):
    page = open_page(bypass_csp=True)
    page.goto(f"{live_site}/en/")
    page.evaluate("document.querySelector('main').innerHTML = '<img src=\"/nothing.png\">'")
    assert any(problem.startswith("image-alt") for problem in violations(page))
