"""Addresses of works in the reader's language, for templates."""

from django import template

from resources import languages

register = template.Library()


@register.simple_tag(takes_context=True)
def localurl(context, page) -> str:
    """The address of a page's work in the reader's language; empty where readers may not see it.

    For many links at once, fetch `languages.localized` in the page's context instead.
    """
    if page is None:
        return ""
    edition = languages.localized([page], request=context.get("request")).get(page.translation_key)
    return edition.url if edition else ""
