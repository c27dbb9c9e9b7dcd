"""Understanding: what was typed, as parts to find, without knowing any engine.

Quotes keep words together, a minus excludes, hyphens and dots join, and the numbers of bills, DOIs and ISBNs are
recognised however they are written.
"""

import re

from search.analysis import LANGUAGES, fold, is_stop_word, words
from search.engines.base import Alternative, Part, TextQuery

_QUOTES = str.maketrans("“”„«»＂", '""""""')
_PIECE = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<piece>[^\s"]+))')
_BILL = re.compile(
    r"(?<![^\W_])(?P<house>AB|SB|ACR|SCR|ACA|SCA|AJR|SJR)[\s.\-–]*0*(?P<number>\d{1,4})(?![^\W_])", re.IGNORECASE
)
JOINED = 0.8


def understand(text: str, reader: str) -> TextQuery:
    """The typed text as parts. `reader` is the reader's language, whose words weigh more."""
    text = text.translate(_QUOTES)
    language = likely_language(text, reader)
    order = (language, *(other for other in LANGUAGES if other != language))
    parts, excluded, spans = [], [], []
    for match in _BILL.finditer(text):
        spans.append(match.span())
        parts.append(_bill(match))
    rest = "".join(" " if any(a <= at < b for a, b in spans) else character for at, character in enumerate(text))
    dropped = []
    for match in _PIECE.finditer(rest):
        found = words(match["phrase"] if match["piece"] is None else match["piece"])
        if not found:
            continue
        if match["piece"] is None:
            part = Part((_verbatim(found),), is_required=not match["minus"])
        elif len(found) > 1:
            part = _joined(found, order)
        elif is_stop_word(found[0], language) and not match["minus"]:
            dropped.append(found[0])
            continue
        else:
            part = _word(found[0], order)
        (excluded if match["minus"] else parts).append(part)
    if not parts and dropped:
        parts.append(Part((_verbatim(dropped),)))
    return TextQuery(tuple(parts), tuple(excluded), fold(text))


def likely_language(text: str, reader: str) -> str:
    """The language that the words seem to be in: the reader's, unless more of them are another language's own."""
    found = words(text)
    counts = {language: sum(is_stop_word(word, language) for word in found) for language in LANGUAGES}
    best = max(counts, key=counts.get)
    return best if counts[best] > counts[reader] else reader


def _word(word: str, order: tuple[str, ...]) -> Part:
    has_digit = any(character.isdigit() for character in word)
    return Part((Alternative((word,), order),), identifiers=(fold(word),) if has_digit else ())


def _verbatim(found: list[str]) -> Alternative:
    return Alternative(tuple(found), (), is_phrase=True, is_verbatim=True)


def _joined(found: list[str], order: tuple[str, ...]) -> Part:
    """Words joined by a hyphen, a dot or an @: together as written, as one word, or else each of them."""
    whole = fold("".join(found))
    alternatives = (
        _verbatim(found),
        Alternative((whole,), (), is_phrase=True, is_verbatim=True),
        Alternative(tuple(found), order, weight=JOINED),
    )
    has_digit = any(character.isdigit() for character in whole)
    return Part(alternatives, identifiers=(whole,) if has_digit else ())


def _bill(match: re.Match) -> Part:
    house, number = match["house"].lower(), match["number"]
    together = Alternative((house + number,), (), is_phrase=True, is_verbatim=True)
    return Part((_verbatim([house, number]), together), identifiers=(house + number,))
