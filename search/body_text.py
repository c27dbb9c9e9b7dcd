"""The text of bodies and rich texts for excerpts: what stands apart on a page stands apart in its text."""

import re
from collections.abc import Iterable, Iterator
from html import unescape

from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField

# Paragraphs, headings, list items, lines; and links side by side, which Wagtail's own text would run together.
_APART = re.compile(r"</?(?:p|h\d|ul|ol|li|blockquote|br|hr)\b[^>]*>|(?<=</a>)\s*(?=<a\b)", re.IGNORECASE)
_ENDS_A_SENTENCE = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
_NESTED = (blocks.StreamBlock, blocks.StructBlock, blocks.ListBlock)


def joined(texts: Iterable[str]) -> str:
    """Texts one after the other, with a dot between two where the first does not end a sentence."""
    parts: list[str] = []
    for text in filter(None, texts):
        if parts:
            parts.append(" " if _ENDS_A_SENTENCE.search(parts[-1]) else " · ")
        parts.append(text)
    return "".join(parts)


def rich_text(html: str) -> str:
    """The words of a rich text."""
    return joined(" ".join(unescape(strip_tags(piece)).split()) for piece in _APART.split(html))


def searchable_content(field, value) -> list[str] | None:
    """What Wagtail gives to search of a body or rich text, with its pieces apart; None for other fields."""
    if isinstance(field, StreamField):
        return list(_texts(field.stream_block, value))
    return [rich_text(value)] if isinstance(field, RichTextField) else None


def _texts(block: blocks.Block, value) -> Iterator[str]:
    if isinstance(block, blocks.RichTextBlock) and block.search_index:
        yield rich_text(value.source)
    elif isinstance(block, _NESTED) and _is_plain(block) and block.search_index:
        for child, inner in _children(block, value):
            yield from _texts(child, inner)
    else:
        yield from block.get_searchable_content(value)


def _is_plain(block: blocks.Block) -> bool:
    """False for a block that says itself what of it is searched, such as a picture with its description."""
    return any(type(block).get_searchable_content is kind.get_searchable_content for kind in _NESTED)


def _children(block: blocks.Block, value) -> Iterator[tuple]:
    if isinstance(block, blocks.StreamBlock):
        yield from ((child.block, child.value) for child in value)
    elif isinstance(block, blocks.ListBlock):
        yield from ((block.child_block, item) for item in value)
    else:
        yield from ((child, value.get(name, child.get_default())) for name, child in block.child_blocks.items())
