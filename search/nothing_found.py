"""What helps where nothing was found: what comes near, terms to try, and advice that is true for the query."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from search.analysis import fold
from search.glossary import current_glossary
from search.parsing import Kind, Piece, parse
from search.query import LibraryQuery
from search.results import LibraryResults
from search.service import search
from search.understanding import are_too_common


@dataclass(frozen=True)
class Loosened:
    """Results that come near, and what of the query they are without: “filters and quotation marks”."""

    results: LibraryResults
    without: str
    has_same_text: bool


def loosen(query: LibraryQuery) -> Loosened | None:
    """What a query that finds nothing would find without its filters, or else without its quotes and excluded words."""
    pieces = parse(query.text)
    plain = " ".join(word for piece in pieces if not piece.is_excluded for word in piece.words)
    filters, marks = [_("filters")] if query.filters else [], list(_marks(pieces))
    unfiltered = query.without_filters()
    ways = [(unfiltered, filters)] if filters else []
    ways += [(unfiltered.with_text(plain), filters + marks)] if marks else []
    for looser, without in ways:
        results = search(looser) if not looser.is_browsing else None
        if results and results.total:
            named = get_text_list(without, pgettext("between two things that are left out", "and"))
            return Loosened(results, named, looser.text == query.text)
    return None


def _marks(pieces: list[Piece]) -> Iterator[str]:
    """What a text holds that makes it find less."""
    if any(piece.kind is Kind.PHRASE and not piece.is_excluded for piece in pieces):
        yield _("quotation marks")
    if any(piece.is_excluded for piece in pieces):
        yield _("excluded words")


def near_terms(query: LibraryQuery, results: LibraryResults, loosened: Loosened | None) -> list[str]:
    """Terms of the glossary that share a word with what was typed, and none with what was excluded. None where the
    filters alone are in the way."""
    if loosened and loosened.has_same_text:
        return []
    glossary = current_glossary()
    typed = [word for piece in _wanted(query) for word in piece.words]
    excluded = [word for piece in parse(query.text) if piece.is_excluded for word in piece.words]
    unwanted = glossary.near(excluded, query.language)
    known = {fold(text) for text in (query.text, " ".join(typed), *results.expanded, *unwanted)}
    return [term for term in glossary.near(typed, query.language) if fold(term) not in known]


def advice(query: LibraryQuery, loosened: Loosened | None) -> list[str]:
    """What readers can do about the query. Words that are found without its quotes need no other spelling."""
    if loosened:
        return [_("Try with fewer filters")] if loosened.has_same_text else []
    advices = []
    if wanted := _wanted(query):
        if all(piece.kind is Kind.BILL for piece in wanted):
            advices.append(_("Check the number of the bill"))
        elif are_too_common(wanted):
            advices.append(
                ngettext(
                    "This word is too common to search for by itself: add one that says what you need",
                    "These words are too common to search for by themselves: add one that says what you need",
                    sum(len(piece.words) for piece in wanted),
                )
            )
        else:
            advices.append(_("Check the spelling, or try other words that mean the same"))
    elif query.text and not parse(query.text):
        advices.append(_("Write at least one word or number"))
    if query.filters and not query.text:
        advices.append(_("Try with fewer filters"))
    return advices


def helped_url(query: LibraryQuery) -> str:
    """The address of the same query with the help that the reader switched off; empty where all of it is on."""
    return "" if query.expand and query.repair else replace(query, expand=True, repair=True, page=1).url


def _wanted(query: LibraryQuery) -> list[Piece]:
    return [piece for piece in parse(query.text) if not piece.is_excluded]
