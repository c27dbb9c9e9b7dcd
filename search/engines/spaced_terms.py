"""Texts as their terms with spaces between them, for engines that only part them there.

The same words come again and again: what stands between two spaces is analysed once and remembered, which is ten times
as fast as analysing every text whole, and gives the same terms, since no analyzer reads across a space.
"""

from functools import cache

import tantivy

from search.analysis import analyzer

# Stands where a word was left out, so that phrases keep their distances. No term looks like it.
GAP = "-"
MOST_REMEMBERED = 100_000


def spaced(text: str, analyzer_name: str) -> str:
    """The terms of a text with spaces between them, and `GAP` where words were left out."""
    remembered = _pieces(analyzer_name)
    return " ".join([remembered[piece] for piece in text.split()])


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
