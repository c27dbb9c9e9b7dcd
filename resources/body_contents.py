"""What a body holds that costs queries, fetched together: the works it names, and the links in its texts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.models import Page
from wagtail.rich_text import RichText, expand_db_html

from resources.cards import WorkCard, cards_of_pages

# Stands between texts while their links are looked up together; no text holds it.
SEPARATOR = "\x1e"


@dataclass(frozen=True)
class BodyContents:
    """translation_key → card of each public work that is named; source of a rich text → its HTML."""

    cards: dict = field(default_factory=dict)
    texts: dict[str, SafeString] = field(default_factory=dict)

    def cards_of(self, pages: Iterable) -> list[WorkCard]:
        """The cards of the public ones among `pages`, in their order."""
        return [self.cards[page.translation_key] for page in pages if page and page.translation_key in self.cards]


def body_contents(stream: StreamValue, request=None, other_works: Iterable[Page] = ()) -> BodyContents:
    """The contents of a body, and the cards of `other_works`, which the page shows elsewhere."""
    leaves = list(_leaves(stream))
    works = [*other_works, *(leaf for leaf in leaves if isinstance(leaf, Page))]
    cards = {card.translation_key: card for card in cards_of_pages(works, request)}
    return BodyContents(cards, expand_together(leaf.source for leaf in leaves if isinstance(leaf, RichText)))


def expand_together(sources: Iterable[str]) -> dict[str, SafeString]:
    """The HTML of rich texts, by their sources; the links of all are looked up at once."""
    distinct = list(dict.fromkeys(sources))
    html = expand_db_html(SEPARATOR.join(distinct)).split(SEPARATOR) if distinct else []
    return {source: mark_safe(text) for source, text in zip(distinct, html, strict=True)}  # noqa: S308 (editors' rich text)


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
