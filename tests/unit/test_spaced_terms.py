"""Texts as terms between spaces: the same terms at the same distances as the analyzers give."""

import pytest

from search import remembered_terms
from search.analysis import analyzer
from search.engines.spaced_terms import spaced
from search.remembered_terms import GAP

TEXTS = [
    "Families and their schools: K–12, the learner's AB-2268 (3.5 %).",
    "Información para las familias; niños, ¿qué? año/años",
    "de la\u00a0y\u2003el snake_case a\u200bb Œuvre ß ﬁn 你好世界 हिन्दी Ⓐ ½ İstanbul",
    "".join(map(chr, range(1, 128))) + " Plain_ASCII text; A-Z, don't (3.5%)!",
    *(f"before {'x' * length} after" for length in (58, 59, 60, 61, 80)),
    "",
    "  — … -  ",
]


@pytest.mark.parametrize("name", ["en", "es", "verbatim", "exact"])
@pytest.mark.parametrize("text", TEXTS)
def test_the_terms_stand_where_the_analyzer_puts_them(name, text):
    found = {at: term for at, term in enumerate(spaced(text, name).split()) if term != GAP}
    assert found == {token.position: token.text for token in analyzer(name).pre_tokenize(text).tokens}


def test_what_is_remembered_is_bounded(monkeypatch):
    monkeypatch.setattr(remembered_terms, "MOST_REMEMBERED", 3)
    words = [f"word{number}" for number in range(10)]
    assert spaced(" ".join(words), "en").split() == words
    assert len(remembered_terms.pieces("en")) <= 3
