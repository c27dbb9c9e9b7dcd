"""What the library page shows: the query, its results, filters that can be removed, pages and ways forward."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from resources import languages
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
        "noindex": bool(query.pairs()),
    }


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
