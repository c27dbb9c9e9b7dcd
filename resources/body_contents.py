"""What a body holds that costs queries, fetched together: the works it names, and the links in its texts."""

import re
from collections.abc import Iterable, Iterator

from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.models import Page
from wagtail.rich_text import RichText, expand_db_html

from resources import languages
from resources.cards import Shelf, WorkCard, shelf_of
from resources.rich_text import known_editions

# Stands between texts while their links are looked up together; no text holds it.
SEPARATOR = "\x1e"
PAGE_LINK = re.compile(r'<a\b(?=[^>]*\blinktype="page")[^>]*\bid="(\d+)"')


class BodyContents:
    """The works and texts of a body. What it names is wanted from the shelf at once, and taken when first shown."""

    def __init__(self, stream: StreamValue | None, shelf: Shelf):
        leaves = list(_leaves(stream)) if stream is not None else []
        self._shelf = shelf
        self._sources = list(dict.fromkeys(leaf.source for leaf in leaves if isinstance(leaf, RichText)))
        self._links = _keys_of_links(self._sources)
        shelf.promise(leaf for leaf in leaves if isinstance(leaf, Page))
        shelf.want(self._links.values())

    @cached_property
    def texts(self) -> dict[str, SafeString]:
        """Source of a rich text → its HTML, with links for this reader."""
        editions = self._shelf.editions(self._links.values())
        with known_editions({pk: editions.get(key) for pk, key in self._links.items()}):
            return expand_together(self._sources)

    def cards_of(self, pages: Iterable) -> list[WorkCard]:
        """The cards of the public ones among `pages`, in their order."""
        return self._shelf.cards([page for page in pages if page])


def page_contents(page: Page, request=None) -> BodyContents:
    """The contents of a page's body; the pages above it are wanted from the shelf, too, for the way home."""
    shelf = shelf_of(request)
    if page.pk:
        shelf.want(languages.keys_above(page))
    return BodyContents(getattr(page, page.body_field) if page.body_field else None, shelf)


def expand_together(sources: Iterable[str]) -> dict[str, SafeString]:
    """The HTML of rich texts, by their sources; the links of all are looked up at once."""
    distinct = list(dict.fromkeys(sources))
    html = expand_db_html(SEPARATOR.join(distinct)).split(SEPARATOR) if distinct else []
    return {source: mark_safe(text) for source, text in zip(distinct, html, strict=True)}  # noqa: S308 (editors' rich text)


def _keys_of_links(sources: Iterable[str]) -> dict:
    """pk → translation key of the pages that rich texts link to."""
    ids = {int(pk) for source in sources for pk in PAGE_LINK.findall(source)}
    return dict(Page.objects.filter(pk__in=ids).values_list("pk", "translation_key")) if ids else {}


def _leaves(value) -> Iterator:
    """The single values inside a body, however its blocks are nested."""
    if isinstance(value, StreamValue):
        for child in value:
            yield from _leaves(child.value)
    elif isinstance(value, StructValue):
        for child in value.values():
            yield from _leaves(child)
    elif isinstance(value, ListValue):
        for child in value:
            yield from _leaves(child)
    else:
        yield value
