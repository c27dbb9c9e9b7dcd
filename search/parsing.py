"""Parsing: what was typed, cut into pieces. Never fails; what is no word is left out.

Quotes keep words together, a minus before a piece excludes it, and hyphens, dots and @ join words; other signs, as in
`and/or`, part them, unless there are digits among them. The numbers of bills are recognised however they are written:
`AB2268`, `ab 2268`, `A.B. 2268`, `Assembly Bill No. 2268`, `proyecto de ley AB 2268`, and, whatever their house,
`bill 2268` and `ley 2268`.
"""

import re
from dataclasses import dataclass, replace
from enum import Enum

from search.analysis import LANGUAGES, is_stop_word, words
from search.query_language import query_language

# Quotation marks of all kinds, and the wide letters, digits and signs of Asian keyboards.
_PLAIN = str.maketrans("“”„«»", '"""""') | {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
# The kinds of bills and resolutions, and how the kinds of bills are said in either language.
HOUSES = ("ab", "sb", "acr", "scr", "aca", "sca", "ajr", "sjr")
SAID = {
    "ab": ("assembly bill", "proyecto de ley de la asamblea"),
    "sb": ("senate bill", "proyecto de ley del senado"),
}
# A bill of either house; a year after it is no number of a bill.
SAID_OF_ANY = ("proyecto de ley", "ley", "bill")
_ABBREVIATED = "|".join(r"\.?".join(house) for house in HOUSES)
_WORDS = {house: "|".join(said.replace(" ", r"\s+") for said in wordings) for house, wordings in SAID.items()}
_WORDS_OF_ANY = "|".join(said.replace(" ", r"\s+") for said in SAID_OF_ANY)
_BILL = rf"""
    (?<![^\W_])
    (?:
        (?:(?:{"|".join((*_WORDS.values(), _WORDS_OF_ANY))})\s+\(?)?(?P<house>{_ABBREVIATED})[\s.\-–)]*
        |(?:{"|".join(f"(?P<{house}>{wordings})" for house, wordings in _WORDS.items())})\s+
        |(?P<any>{_WORDS_OF_ANY})\s+(?!(?:19|20)\d\d(?!\d))
    )
    (?:(?:n\.?[oº°]\.?|n[uú]m(?:ero|\.)?|number|\#)\s*)?
    0*(?P<number>\d{{1,5}})
    (?![^\W_])
"""
# `children's` is `children`.
_POSSESSIVE = re.compile(r"(?<=[^\W\d_])['’‘´`]s(?![^\W_])", re.IGNORECASE)
# Signs before a bill that would hide it: `(AB 2268)`, `AB 2268/SB 1174`.
_BEFORE_A_BILL = re.compile(rf"(?:(?<!\S)[(\[¿¡]+|[/,;–—(\[]+)(?=(?:{_ABBREVIATED})[\s.\-–]*\d)", re.IGNORECASE)
_PARTING = re.compile(r"[/,;()\[\]|]+")
_EXCLUDED_AND_OPEN = re.compile(r'(?<!\S)-"[^"]*$')
_PIECE = re.compile(
    rf'(?P<minus>(?<!\S)-(?=[\w"]))?(?:"(?P<phrase>[^"]*)"|(?P<bill>{_BILL})|(?P<plain>[^\s"]+))',
    re.IGNORECASE | re.VERBOSE,
)


class Kind(Enum):
    """What a piece of typed text is."""

    WORD = "word"
    JOINED = "joined"
    PHRASE = "phrase"
    BILL = "bill"


@dataclass(frozen=True)
class Piece:
    """Words that belong together, and whether they must not be there.

    The last word of a bill is its number; `houses` are those it may be of.
    """

    words: tuple[str, ...]
    kind: Kind
    is_excluded: bool = False
    houses: tuple[str, ...] = ()

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
    for match in _PIECE.finditer(_prepared(text)):
        is_excluded = bool(match["minus"])
        if match["bill"]:
            pieces.append(_bill(match, is_excluded))
            continue
        if match["phrase"] is not None:
            pieces += [Piece(found, Kind.PHRASE, is_excluded)] if (found := tuple(words(match["phrase"]))) else []
            continue
        plain = match["plain"]
        for part in [plain] if any(map(str.isdigit, plain)) else _PARTING.split(plain):
            if found := tuple(words(part)):
                pieces.append(Piece(found, Kind.WORD if len(found) == 1 else Kind.JOINED, is_excluded))
    return pieces


def _prepared(text: str) -> str:
    """Quotes of one kind, each of them closed where it excludes, and nothing in the way of words and bills."""
    text = text.translate(_PLAIN)
    if text.count('"') % 2 and _EXCLUDED_AND_OPEN.search(text):
        text += '"'
    return _BEFORE_A_BILL.sub(" ", _POSSESSIVE.sub("", text))


def _bill(match: re.Match, is_excluded: bool) -> Piece:
    if match["house"]:
        house = match["house"].replace(".", "")
        return Piece((house, match["number"]), Kind.BILL, is_excluded, (house.lower(),))
    said = next(name for name in (*SAID, "any") if match[name])
    typed = (*words(match[said]), match["number"])
    return Piece(typed, Kind.BILL, is_excluded, tuple(SAID) if said == "any" else (said,))


def likely_language(pieces: list[Piece], reader: str) -> str:
    """The language that the words seem to be in: the reader's, unless more of them are another language's own.

    Names (`Los Angeles`) and acronyms (`EL students`) say nothing, and a single word only what all letters say, too.
    """
    found = [word for piece in pieces for word in piece.words]
    said = [word for at, word in enumerate(found) if not _is_of_a_name(found, at)]
    counts = {language: sum(is_stop_word(word, language) for word in said) for language in LANGUAGES}
    best = max(counts, key=lambda language: counts[language])
    lead = counts[best] - counts[reader]
    return best if lead > 1 or (lead and query_language(" ".join(found), reader) == best) else reader


def _is_of_a_name(found: list[str], at: int) -> bool:
    """Whether a word is in capitals among others, or begins with one as the next does."""
    word, following = found[at], found[at + 1 : at + 2]
    if word.isupper() and len(word) > 1:
        return not all(map(str.isupper, found))
    return word.istitle() and any(map(str.istitle, following))
