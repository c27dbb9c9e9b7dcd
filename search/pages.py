"""What the library page shows: the query, its results, filters that can be removed, pages and ways forward."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from resources import languages
from search.models import LibraryPage
from search.nothing_found import advice, helped_url, loosen, near_terms
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
    is_found = bool(results.total or results.best_bets)
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
        "related_terms": _links(query, results.related_terms),
        "noindex": bool(query.pairs()),
        **({} if is_found or query.is_browsing else _ways_on(query, results)),
    }


def _ways_on(query: LibraryQuery, results: LibraryResults) -> dict:
    """What the page says where nothing was found."""
    loosened = loosen(query)
    terms = dict.fromkeys([*results.related_terms, *near_terms(query, results, loosened)])
    return {
        "loosened": loosened,
        "related_terms": _links(query, list(terms)[:MOST_RELATED]),
        "advice": advice(query, loosened),
        "helped_url": helped_url(query),
    }


def _links(query: LibraryQuery, terms: Iterable[str]) -> list[dict]:
    return [{"text": text, "url": query.without_filters().with_text(text).url} for text in terms]


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
