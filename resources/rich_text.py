"""Links to works in rich text: they follow the reader's language."""

import contextlib
from contextvars import ContextVar

from django.utils.html import escape
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler as WagtailPageLinkHandler

from resources import languages

# pk → edition for the reader, while the texts of one page are expanded; Wagtail hands a link handler only attributes.
_known: ContextVar[dict | None] = ContextVar("known_editions", default=None)


@contextlib.contextmanager
def known_editions(editions: dict):
    """Within, links to these pages (pk → edition, None where readers may not see it) cost no queries."""
    token = _known.set(editions)
    try:
        yield
    finally:
        _known.reset(token)


class PageLinkHandler(WagtailPageLinkHandler):
    """Leads to the edition or fallback of the reader's language; all links of a text are looked up together.

    A link to a work that readers may not see keeps its words and loses its address.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        ids = [int(pk) if str(pk := attrs.get("id", "")).isdecimal() else None for attrs in attrs_list]
        editions = _known.get()
        if editions is None:
            editions = _editions_of({pk for pk in ids if pk})
        return [_opening_tag(editions.get(pk)) for pk in ids]


def _editions_of(ids: set[int]) -> dict:
    keys = dict(Page.objects.filter(pk__in=ids).values_list("pk", "translation_key"))
    editions = languages.localized(keys.values())
    return {pk: editions.get(key) for pk, key in keys.items()}


def _opening_tag(edition: languages.LocalizedEdition | None) -> str:
    return f'<a href="{escape(edition.url)}">' if edition else "<a>"
