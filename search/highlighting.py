"""Highlights: pieces of a work's text with the matched words marked, the same for every engine.

Words are compared by their terms, so accents and endings do not matter; the text itself is escaped, and only the
`<mark>` of a whole word is added.
"""

from collections.abc import Set
from functools import cached_property

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.analysis import LANGUAGES, Token, query_terms, tokens
from search.engines.base import TextQuery
from search.results import Highlight

LENGTH = 220
LONGEST_READ = 6_000


class Highlighter:
    """Marks what a query looked for, in texts of either language."""

    def __init__(self, text: TextQuery | None):
        self._text = text

    @cached_property
    def _words(self) -> tuple[str, ...]:
        if self._text is None:
            return ()
        alternatives = [alternative for part in self._text.parts for alternative in part.alternatives]
        return tuple(dict.fromkeys(word for alternative in alternatives for word in alternative.words))

    @cached_property
    def _terms(self) -> dict[str, Set[str]]:
        return {
            language: {term for word in self._words for term in query_terms(word, language)} for language in LANGUAGES
        }

    def mark(self, text: str, language: str) -> SafeString:
        """The whole text, escaped, with matched words marked."""
        return _marked(text, self._matches(text, language), 0, len(text))

    def snippet(self, text: str, language: str) -> Highlight | None:
        """The piece of the text that holds most of the query; None where nothing matches."""
        text = text[:LONGEST_READ]
        matches = self._matches(text, language)
        if not matches:
            return None
        start, end = _best_window(text, matches)
        inside = [token for token in matches if start <= token.start and token.end <= end]
        return Highlight(_marked(text, inside, start, end), language)

    def _matches(self, text: str, language: str) -> list[Token]:
        wanted = self._terms.get(language, set())
        return [token for token in tokens(text, language) if token.term in wanted] if wanted else []


def _best_window(text: str, matches: list[Token]) -> tuple[int, int]:
    """The span of about LENGTH characters with the most different terms, cut between words."""
    best, best_score = matches[0], (0, 0)
    for at, first in enumerate(matches):
        inside = [token for token in matches[at : at + 30] if token.end - first.start <= LENGTH]
        score = (len({token.term for token in inside}), len(inside))
        if score > best_score:
            best, best_score = first, score
    start = max(0, best.start - LENGTH // 4)
    if start:
        start = text.find(" ", start, best.start) + 1 or best.start
    end = min(len(text), start + LENGTH)
    if end < len(text):
        end = max(text.rfind(" ", start, end), best.end)
    return start, end


def _marked(text: str, matches: list[Token], start: int, end: int) -> SafeString:
    pieces, at = [], start
    for token in matches:
        pieces += [escape(text[at : token.start]), "<mark>", escape(text[token.start : token.end]), "</mark>"]
        at = token.end
    pieces.append(escape(text[at:end]))
    return mark_safe("".join(pieces))  # noqa: S308 (every piece of text is escaped above)
