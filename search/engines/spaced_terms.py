"""Texts as their terms with spaces between them, for engines that only part them there."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

import tantivy

from search.analysis import LONGEST_WORD, SNOWBALL
from search.remembered_terms import pieces
from search.stop_words import STOP_WORDS

MOST_TEXTS = 500
Spaced = Callable[[str, str], str]
# Whole words of plain English letters need no analyzer: lower case, and spaces for whatever is no letter or digit.
_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
_LONG = re.compile(f"[^ ]{{{LONGEST_WORD}}}")


def fingerprint(*fields: object) -> str:
    """Names a form of an index, given its fields as JSON would have them, and of the terms in it."""
    stop_words = {language: sorted(words) for language, words in STOP_WORDS.items()}
    terms = [tantivy.__version__, SNOWBALL, LONGEST_WORD, stop_words]
    return hashlib.sha256(json.dumps([*fields, terms], sort_keys=True).encode()).hexdigest()[:8]


def spaced_by(pieces: Callable[[str], Mapping[str, str]]) -> Spaced:
    """What gives the terms of a text with spaces between them, and `GAP` where words were left out.

    `pieces`: name of an analyzer → its terms of pieces (see `remembered_terms`). Texts are remembered for a while:
    a page stands in the index as a passage and again as text of its work.
    """

    @lru_cache(MOST_TEXTS)
    def spaced(text: str, analyzer_name: str) -> str:
        if text.isascii() and analyzer_name not in SNOWBALL:
            whole = text.translate(_ASCII)
            if not _LONG.search(whole):
                return whole
        return " ".join(map(pieces(analyzer_name).__getitem__, text.split()))

    return spaced


spaced = spaced_by(pieces)
