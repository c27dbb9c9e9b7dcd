"""Tags of the page around the content: breadcrumbs, the way to the other language, full addresses."""

from django import template
from django.conf import settings

from home import navigation
from resources import languages

register = template.Library()


@register.simple_tag(takes_context=True)
def breadcrumbs(context, page):
    """The way from home to a page's parent."""
    return navigation.breadcrumbs(page, context.get("request"))


@register.simple_tag(takes_context=True)
def other_languages(context):
    """Links to this page in the other languages; to their home pages where the address says no language."""
    request, page = context["request"], context.get("page")
    links = languages.switcher(request, page if hasattr(page, "translation_key") else None)
    return [
        {
            "language": link.language,
            "name": link.name,
            "url": link.url if link.url != request.get_full_path() else languages.address(link.language, ""),
        }
        for link in links
        if not link.is_current
    ]


@register.filter
def absolute(url: str) -> str:
    """An address of this site with its host; others as they are."""
    return f"{settings.SITE_URL}{url}" if url.startswith("/") else url


@register.filter
def is_within(path: str, url: str) -> bool:
    """Whether an address is the given page or below it."""
    return path.startswith(url)
