"""Texts as their terms with spaces between them, for engines that only part them there.

The same words come again and again: what stands between two spaces is analysed once and remembered, which is ten times
as fast as analysing every text whole, and gives the same terms, since no analyzer reads across a space.
"""

import hashlib
import json
import re
from functools import cache, lru_cache

import tantivy

from search.analysis import LONGEST_WORD, SNOWBALL, analyzer
from search.stop_words import STOP_WORDS

# Stands where a word was left out, so that phrases keep their distances. No term looks like it.
GAP = "-"
MOST_REMEMBERED = 100_000
MOST_TEXTS = 500
# Whole words of plain English letters need no analyzer: lower case, and spaces for whatever is no letter or digit.
_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
_LONG = re.compile(f"[^ ]{{{LONGEST_WORD}}}")


def fingerprint(*fields: object) -> str:
    """Names a form of an index, given its fields as JSON would have them, and of the terms in it."""
    stop_words = {language: sorted(words) for language, words in STOP_WORDS.items()}
    terms = [tantivy.__version__, SNOWBALL, LONGEST_WORD, stop_words]
    return hashlib.sha256(json.dumps([*fields, terms], sort_keys=True).encode()).hexdigest()[:8]


@lru_cache(MOST_TEXTS)
def spaced(text: str, analyzer_name: str) -> str:
    """The terms of a text with spaces between them, and `GAP` where words were left out.

    Remembered for a while: a page stands in the index as a passage and again as text of its work.
    """
    if text.isascii() and analyzer_name not in SNOWBALL:
        whole = text.translate(_ASCII)
        if not _LONG.search(whole):
            return whole
    return " ".join(map(_pieces(analyzer_name).__getitem__, text.split()))


class _Pieces(dict[str, str]):
    """Piece of a text without spaces → its terms; forgets all when it holds too many."""

    def __init__(self, analyzer_name: str):
        super().__init__()
        self._name = analyzer_name

    def __missing__(self, piece: str) -> str:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        found = [GAP] * len(_every_word().analyze(piece))
        for token in analyzer(self._name).pre_tokenize(piece).tokens:
            found[token.position] = token.text
        self[piece] = terms = " ".join(found)
        return terms


@cache
def _pieces(analyzer_name: str) -> _Pieces:
    return _Pieces(analyzer_name)


@cache
def _every_word() -> tantivy.TextAnalyzer:
    """Cuts as all analyzers do and leaves nothing out."""
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).build()
