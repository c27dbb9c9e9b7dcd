"""A real browser for tests, and the pages of the site to look at with it."""

import os

import pytest
from playwright.sync_api import sync_playwright

from home.models import ContentPage
from resources import languages
from resources.checks import page_types
from tests.services import require

LANGUAGES = ["en", "es"]


@pytest.fixture(scope="session")
def browser():
    executable = require("chromium")
    # Playwright keeps an event loop in this thread, where Django would refuse its ordinary queries.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(browser):
    """Opens a tab; keywords are those of Playwright's new_context. Everything is closed after the test."""
    contexts = []

    def open_tab(**options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        return context.new_page()

    yield open_tab
    for context in contexts:
        context.close()


def page_of_each_type(language: str) -> dict[str, str]:
    """Name of the page type → address of the public page of it with the most pages below it; and two errors."""
    addresses = {}
    for model in page_types():
        pages = languages.public_editions().filter(locale__language_code=language).type(model)
        addresses[model.__name__] = pages.order_by("-numchild", "pk").first().get_url()
    return {
        **addresses,
        "search": f"{addresses['LibraryPage']}?q=AB+2268",
        "nothing found": f"{addresses['LibraryPage']}?q=zxzxzx",
        "found inside": f"{addresses['ConveningRecordingPage']}?q=AB+2268",
        "nothing found inside": f"{addresses['ConveningRecordingPage']}?q=zxzxzx",
        "not found": f"/{language}/no-such-page/",
    }


def page_without_edition_in(language: str) -> str:
    """Takes one page of a language off the site; gives the address where its readers then find the other edition."""
    page = ContentPage.objects.filter(locale__language_code=language, live=True).order_by("pk").first()
    page.unpublish()
    return languages.localized([page.translation_key], language)[page.translation_key].url
