"""HTML: what a browser would show, without scripts and styles."""

import re
from html.parser import HTMLParser
from typing import BinaryIO

from assets.extraction.limits import Limits
from assets.extraction.readers import Reading
from assets.extraction.readers.plain import beginning, decoded

_INLINE = frozenset({"a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "i", "kbd", "mark", "q", "s"})
_INLINE |= {"samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
_UNSEEN = frozenset({"script", "style", "template"})
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?([\w-]{1,40})", re.IGNORECASE)


def read(file: BinaryIO, limits: Limits) -> Reading:
    data = beginning(file, limits)
    charset = _CHARSET.search(data[:4096])
    seen = SeenText()
    seen.feed(decoded(data, charset.group(1).decode("ascii") if charset else None))
    seen.close()
    return Reading("", None, ["".join(seen.parts)])


class SeenText(HTMLParser):
    """Collects text; whatever is not a word of its line begins a new one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag not in _INLINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN and self._unseen:
            self._unseen -= 1
        if tag not in _INLINE:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(" ".join(data.split("\n")))
