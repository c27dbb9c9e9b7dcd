"""What a page says of its languages: the links of the switcher, hreflang, canonical address, notice and robots."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import translate_url
from wagtail.models import Page

from resources.languages.addresses import LocalizedEdition, addresses
from resources.languages.forest import forest_of
from resources.languages.sites import address, current_language, language_of

# Each language in its own words, so that its readers recognize it.
NAMES = {"en": "English", "es": "Español"}


@dataclass(frozen=True)
class Alternate:
    """A public edition for search engines (hreflang)."""

    language: str
    url: str


@dataclass(frozen=True)
class LanguageLink:
    """A choice of the switcher: this page in a language."""

    language: str
    name: str
    url: str
    is_current: bool


def alternates(page: Page) -> list[Alternate]:
    """The public editions of the page's work, and the one for readers of every other language (x-default)."""
    editions = [edition for edition in _editions(page).values() if not (edition.is_fallback or edition.is_private)]
    links = [Alternate(edition.language, edition.url) for edition in editions]
    return [*links, Alternate("x-default", links[0].url)] if links else []


def switcher(request, page: Page | None) -> list[LanguageLink]:
    """This page in every language; without a page, the same address in every language."""
    current = current_language()
    editions = _editions(page) if page is not None else {}
    question = f"?{query}" if (query := request.META.get("QUERY_STRING")) else ""
    links = []
    for language, _name in settings.LANGUAGES:
        if language in editions:
            url = editions[language].url + question
        elif page is not None:
            url = address(language, "")
        else:
            url = translate_url(request.get_full_path(), language)
        links.append(LanguageLink(language, NAMES[language], url, language == current))
    return links


def page_head(page: Page, request) -> dict:
    """Context of every page: the language of its text, and how it presents itself to search engines."""
    language = language_of(page)
    is_preview = getattr(request, "is_preview", False)
    is_fallback = language != current_language() and not is_preview
    own = _editions(page).get(language)
    canonical = own.url if own and own.page_id == page.pk else page.get_url(request) or ""
    return {
        "content_language": language,
        "is_fallback": is_fallback,
        "canonical_url": f"{settings.SITE_URL}{canonical}",
        "robots_noindex": is_fallback or is_preview or page.work.is_sample,
        "alternates": alternates(page),
    }


def _editions(page: Page) -> dict[str, LocalizedEdition]:
    """Language → the edition its readers get; asked once for each page object, English first."""
    if "_localized_editions" not in page.__dict__:
        codes = [code for code, _name in settings.LANGUAGES]
        found = addresses([page.translation_key], codes, forest_of(page))
        page._localized_editions = {
            code: found[page.translation_key, code] for code in codes if (page.translation_key, code) in found
        }
    return page._localized_editions
