"""What the library page shows: the query, its results, filters that can be removed, pages and ways forward."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from resources import languages
from search.glossary import current_glossary
from search.models import LibraryPage
from search.parsing import parse
from search.query import SORTS, LibraryQuery
from search.results import LibraryResults
from search.service import search

SORT_LABELS = {
    "relevance": _("Most relevant"),
    "newest": _("Newest"),
    "oldest": _("Oldest"),
    "title": _("Title"),
}
PAGES_EITHER_SIDE = 2
MOST_RELATED = 5


@dataclass(frozen=True)
class Chip:
    """A chosen filter with the address that removes it."""

    label: str
    url: str


@dataclass(frozen=True)
class PageLink:
    """A page of results; no number stands for a gap."""

    number: int | None
    url: str = ""
    is_current: bool = False


def library_context(page, request) -> dict:
    """The context of the library page for one request: parse, ask the service, lay out."""
    query = LibraryQuery.parse(request.GET, language=languages.current_language())
    results = search(query)
    if query.page > results.pages:
        query = replace(query, page=results.pages)
        results = search(query)
    found = results.total or results.best_bets
    loosened = loosen(query) if not found and not query.is_browsing else None
    return {
        "query": query,
        "results": results,
        "chips": chips(results),
        "sorts": [
            {"label": SORT_LABELS[name], "url": replace(query, sort=name, page=1).url, "selected": name == query.order}
            for name in SORTS
            if name != "relevance" or query.text
        ],
        "page_links": page_links(results),
        "previous_url": replace(query, page=query.page - 1).url if query.page > 1 else "",
        "next_url": replace(query, page=query.page + 1).url if query.page < results.pages else "",
        "unfiltered_url": query.without_filters().url,
        "suggestion_url": query.with_text(results.suggestion).url,
        "as_typed_url": replace(query, repair=False, page=1).url,
        "own_words_url": replace(query, expand=False, page=1).url,
        "related_terms": [
            {"text": text, "url": query.without_filters().with_text(text).url}
            for text in _related_terms(query, results)
        ],
        "loosened": loosened,
        "noindex": bool(query.pairs()),
    }


def loosen(query: LibraryQuery) -> LibraryResults | None:
    """What comes near a query that finds nothing: without its filters, or without its quotes and minus words."""
    plain = " ".join(word for piece in parse(query.text) if not piece.is_excluded for word in piece.words)
    for looser in (query.without_filters(), query.without_filters().with_text(plain)):
        if looser.pairs() != query.pairs() and not looser.is_browsing:
            results = search(looser)
            if results.total:
                return results
    return None


def _related_terms(query: LibraryQuery, results: LibraryResults) -> list[str]:
    """Terms to try: those that the words only suggest and, where nothing was found, their neighbors."""
    terms = list(results.related_terms)
    if not results.total and query.text:
        typed = [word for piece in parse(query.text) for word in piece.words]
        terms += current_glossary().near(typed, query.language)
    return list(dict.fromkeys(terms))[:MOST_RELATED]


def library_url(language: str) -> str:
    """The address of the library for readers of a language; empty while there is none."""
    library = LibraryPage.objects.filter(live=True).order_by("pk").values_list("translation_key", flat=True).first()
    editions = languages.localized([library], language=language) if library else {}
    return next((edition.url for edition in editions.values()), "")


def chips(results: LibraryResults) -> list[Chip]:
    """One chip for each chosen value."""
    return [
        Chip(value.label, results.query.without(facet.name, value.value).url)
        for facet in results.facets
        for value in facet.values
        if value.selected
    ]


def page_links(results: LibraryResults) -> list[PageLink]:
    """Links to the first, the last and the neighbouring pages, with gaps between them."""
    current, last = results.query.page, results.pages
    if last == 1:
        return []
    near = range(max(1, current - PAGES_EITHER_SIDE), min(last, current + PAGES_EITHER_SIDE) + 1)
    links, previous = [], 0
    for number in sorted({1, last, *near}):
        if number > previous + 1:
            links.append(PageLink(None))
        links.append(PageLink(number, replace(results.query, page=number).url, number == current))
        previous = number
    return links
