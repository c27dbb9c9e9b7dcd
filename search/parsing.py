"""Parsing: what was typed, cut into pieces. Never fails; what is no word is left out.

Quotes keep words together, a minus before a piece excludes it, hyphens, dots and @ join words, and the numbers of bills
are recognised however they are written (`AB2268`, `ab 2268`, `AB-2268`).
"""

import re
from dataclasses import dataclass, replace
from enum import Enum

from search.analysis import LANGUAGES, is_stop_word, words

_QUOTES = str.maketrans("“”„«»＂", '""""""')
_BILL = r"(?<![^\W_])(?P<house>AB|SB|ACR|SCR|ACA|SCA|AJR|SJR)[\s.\-–]*0*(?P<number>\d{1,4})(?![^\W_])"
_PIECE = re.compile(
    rf'(?P<minus>(?<!\S)-(?=[\w"]))?(?:"(?P<phrase>[^"]*)"|(?P<bill>{_BILL})|(?P<plain>[^\s"]+))', re.IGNORECASE
)


class Kind(Enum):
    """What a piece of typed text is."""

    WORD = "word"
    JOINED = "joined"
    PHRASE = "phrase"
    BILL = "bill"


@dataclass(frozen=True)
class Piece:
    """Words that belong together, as typed, and whether they must not be there."""

    words: tuple[str, ...]
    kind: Kind
    is_excluded: bool = False

    @property
    def text(self) -> str:
        text = "-".join(self.words) if self.kind is Kind.JOINED else " ".join(self.words)
        text = f'"{text}"' if self.kind is Kind.PHRASE else text
        return f"-{text}" if self.is_excluded else text

    def with_words(self, new: tuple[str, ...]) -> "Piece":
        return replace(self, words=new)


def parse(text: str) -> list[Piece]:
    """The pieces of a text in their order."""
    pieces = []
    for match in _PIECE.finditer(text.translate(_QUOTES)):
        is_excluded = bool(match["minus"])
        if match["bill"]:
            pieces.append(Piece((match["house"], match["number"]), Kind.BILL, is_excluded))
            continue
        found = tuple(words(match["phrase"] if match["phrase"] is not None else match["plain"]))
        if found:
            kind = Kind.PHRASE if match["phrase"] is not None else Kind.WORD if len(found) == 1 else Kind.JOINED
            pieces.append(Piece(found, kind, is_excluded))
    return pieces


def likely_language(pieces: list[Piece], reader: str) -> str:
    """The language that the words seem to be in: the reader's, unless more of them are another language's own."""
    found = [word for piece in pieces for word in piece.words]
    counts = {language: sum(is_stop_word(word, language) for word in found) for language in LANGUAGES}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] > counts[reader] else reader
