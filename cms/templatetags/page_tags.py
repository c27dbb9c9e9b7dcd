"""Tags of the page around the content: breadcrumbs, languages and addresses."""

from django import template
from django.conf import settings

from home import navigation
from resources import languages

register = template.Library()


@register.simple_tag
def breadcrumbs(page):
    """The way from home to a page's parent."""
    return navigation.breadcrumbs(page)


@register.simple_tag(takes_context=True)
def other_languages(context):
    """Links to this page in the other languages; to their home pages where there is no page, as on errors."""
    request, page = context.get("request"), context.get("page")
    if request is not None and hasattr(page, "translation_key"):
        return [link for link in languages.switcher(request, page) if not link.is_current]
    current = context.get("LANGUAGE_CODE") or languages.current_language()
    return [
        {"language": code, "name": {"en": "English", "es": "Español"}[code], "url": f"/{code}/"}
        for code, _name in settings.LANGUAGES
        if code != current
    ]


@register.simple_tag
def alternates(page):
    """The public editions of a page's work, and x-default, with full addresses."""
    return [
        {"language": alternate.language, "url": absolute(alternate.url)} for alternate in languages.alternates(page)
    ]


@register.simple_tag
def canonical(page, alternate_links):
    """The full address of the real edition that this page shows."""
    own = next((link["url"] for link in alternate_links if link["language"] == page.language), None)
    return own or absolute(page.get_url() or "")


@register.filter
def absolute(url: str) -> str:
    """An address of this site with its host; others as they are."""
    return f"{settings.SITE_URL}{url}" if url.startswith("/") else url


@register.filter
def is_within(path: str, url: str) -> bool:
    """Whether an address is the given page or below it."""
    return path == url or path.startswith(url)
