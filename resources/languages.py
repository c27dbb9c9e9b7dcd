"""One module decides edition or fallback and gives every URL."""

from django.conf import settings
from django.utils.translation import get_language
from wagtail.models import Page


def current_language() -> str:
    """The reader's language: `en` or `es`."""
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def other_language(language: str) -> str:
    return "en" if language == "es" else "es"


def language_of(page: Page) -> str:
    """The language an edition is written in."""
    return page.locale.language_code


def view_restrictions(page: Page):
    return Page.get_view_restrictions(page)


def route(home: Page, request, path_components: list[str], own_route):
    return own_route(request, path_components)
