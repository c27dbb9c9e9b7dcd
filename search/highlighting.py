"""Highlights: pieces of a work's text with the matched words marked, the same for every engine.

Words are compared by their terms, so accents and endings do not matter; the text itself is escaped, and only the
`<mark>` of a whole word is added.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import accumulate

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from search.analysis import LANGUAGES, Token, Tokens, query_terms, terms
from search.engines.base import Alternative, TextQuery
from search.remembered_terms import tokens_among

LENGTH = 220
LONGEST_READ = 6_000
# A file without pages is one passage, which may hold millions of characters.
STRETCH, MOST_STRETCHES = 20_000, 50


@dataclass(frozen=True)
class Highlight:
    """A piece of a work's text with the matched words marked: safe HTML, and the language it is in. Dots stand where
    the text goes on."""

    html: SafeString
    lang: str

    def in_language(self, surrounding: str) -> SafeString:
        """The piece for a place whose language is `surrounding`, marked with its own where that differs."""
        return self.html if self.lang == surrounding else format_html('<span lang="{}">{}</span>', self.lang, self.html)


@dataclass(frozen=True)
class Piece:
    """A piece cut from a text, plain, and as safe HTML with the matched words marked."""

    text: str
    html: SafeString


class Highlighter:
    """Marks what a query looked for, in texts of either language."""

    def __init__(self, text: TextQuery | None):
        self.text = text

    @cached_property
    def _alternatives(self) -> list[Alternative]:
        return [alternative for part in self.text.parts for alternative in part.alternatives] if self.text else []

    @cached_property
    def _terms(self) -> dict[str, Set[str]]:
        """Terms that count wherever they stand, in texts of a language."""
        single = [each for each in self._alternatives if not _stands_together(each)]
        words = {
            language: {word for each in single if each.is_phrase or language in each.languages for word in each.words}
            for language in LANGUAGES
        }
        return {
            language: {term for word in found for term in query_terms(word, language)}
            for language, found in words.items()
        }

    @cached_property
    def _phrases(self) -> dict[str, dict[str, list[tuple[str, ...]]]]:
        """language → first term → terms that count only side by side."""
        found: dict[str, dict[str, list[tuple[str, ...]]]] = {language: defaultdict(list) for language in LANGUAGES}
        for each in filter(_stands_together, self._alternatives):
            for language in LANGUAGES:
                if phrase := tuple(terms(" ".join(each.words), language)):
                    found[language][phrase[0]].append(phrase)
        return found

    def of_numbers(self) -> "Highlighter | None":
        """Marks only the numbers, as of bills, that the query looked for; None where it looked for none."""
        numbers = tuple(part for part in self.text.parts if part.identifiers) if self.text else ()
        return Highlighter(TextQuery(numbers)) if numbers else None

    def finds(self, text: str, language: str) -> bool:
        """Whether a text holds anything that was looked for."""
        return bool(self._matches(text, language))

    def mark(self, text: str, language: str) -> SafeString:
        """The whole text, escaped, with matched words marked."""
        return _marked(text, self._matches(text, language), 0, len(text))

    def snippet(self, text: str, language: str) -> Highlight | None:
        """The piece of the text that holds most of the query; None where nothing matches."""
        matches = self._matches(text[:LONGEST_READ], language)
        if not matches:
            return None
        return Highlight(_piece(text, matches, *_best_window(text, matches)).html, language)

    def passage(self, text: str, language: str) -> Piece:
        """The piece of a passage that holds most of the query; its beginning where no word matches."""
        matches = self._first_matches(text, language)
        window = _best_window(text, matches) if matches else (0, _cut(text, LENGTH))
        return _piece(text, matches, *window)

    def _first_matches(self, text: str, language: str) -> list[Token]:
        """The matches of a text; of one as long as a book, those of its first stretch that has any."""
        start = 0
        for _stretch in range(MOST_STRETCHES):
            space = text.find(" ", start + STRETCH)
            end = len(text) if space < 0 else space
            if found := self._matches(text[start:end], language):
                return [Token(token.term, start + token.start, start + token.end) for token in found]
            if end == len(text):
                break
            start = end
        return []

    def terms_in_each(self, texts: Sequence[str], language: str) -> list[frozenset[str]]:
        """The terms looked for that each of several texts holds, read as one: a phrase may run over into the next."""
        ends = list(accumulate(len(text) + 1 for text in texts))
        found: list[set[str]] = [set() for _text in texts]
        for token in self._matches(" ".join(texts), language):
            found[bisect_right(ends, token.start)].add(token.term)
        return [frozenset(terms) for terms in found]

    def _matches(self, text: str, language: str) -> list[Token]:
        wanted, phrases = self._terms.get(language, set()), self._phrases.get(language, {})
        if not wanted and not phrases:
            return []
        matches = tokens_among(text, language, wanted | phrases.keys())
        if any(token.term in phrases for token in matches):
            return _with_phrases(text, language, wanted, phrases)
        return matches


def _with_phrases(
    text: str, language: str, wanted: Set[str], phrases: Mapping[str, list[tuple[str, ...]]]
) -> list[Token]:
    found = Tokens(text, language)
    terms = found.terms
    matched = {at for at, term in enumerate(terms) if term in wanted}
    for at, term in enumerate(terms):
        for phrase in phrases.get(term, ()):
            if tuple(terms[at : at + len(phrase)]) == phrase:
                matched.update(range(at, at + len(phrase)))
    return [found.token(at) for at in sorted(matched)]


def _stands_together(alternative: Alternative) -> bool:
    return alternative.is_phrase and len(alternative.words) > 1


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


def _cut(text: str, length: int) -> int:
    """Where to end a text of at most so many characters: between words."""
    if len(text) <= length:
        return len(text)
    return max(text.rfind(" ", 0, length), 0) or length


def _piece(text: str, matches: list[Token], start: int, end: int) -> Piece:
    inside = [token for token in matches if start <= token.start and token.end <= end]
    # No line begins or ends with the dots alone.
    before, after = "…\u00a0" if start else "", "\u00a0…" if text[end:].strip() else ""
    return Piece(text[start:end], mark_safe(f"{before}{_marked(text, inside, start, end)}{after}"))  # noqa: S308


def _marked(text: str, matches: list[Token], start: int, end: int) -> SafeString:
    pieces, at = [], start
    for token in matches:
        pieces += [escape(text[at : token.start]), "<mark>", escape(text[token.start : token.end]), "</mark>"]
        at = token.end
    pieces.append(escape(text[at:end]))
    return mark_safe("".join(pieces))  # noqa: S308 (every piece of text is escaped above)
