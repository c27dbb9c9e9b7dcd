"""The JSON API: the same service as the library page, with thin views. How they answer: `json_answers`."""

from collections.abc import Iterable
from dataclasses import asdict

from django.http import HttpRequest
from django.utils.translation import gettext as _

from search import openapi
from search.analysis import LANGUAGES
from search.completion import complete
from search.json_answers import Refusal, endpoint
from search.moments import Moment
from search.pages import library_url
from search.query import LibraryQuery, Problem
from search.results import LibraryResult, LibraryResults
from search.service import find_works, search

# The parameters of completion; others are passed over.
COMPLETED = ("q", "lang")


@endpoint
def search_view(request: HttpRequest) -> dict:
    """GET /api/v1/search"""
    query = LibraryQuery.parse(request.GET)
    _refuse(query.problems)
    return _search_results(search(query), request)


@endpoint
def work_view(request: HttpRequest, key: str) -> dict:
    """GET /api/v1/works/{key}"""
    language = request.GET.get("lang") or LANGUAGES[0]
    if language not in LANGUAGES:
        _refuse((Problem("lang", _("Choose en or es.")),))
    found = find_works([key], language)
    if not found:
        raise Refusal(404, "not_found", _("No public work has this key."))
    return _work(found[0], request)


@endpoint
def complete_view(request: HttpRequest) -> dict:
    """GET /api/v1/complete"""
    query = LibraryQuery.parse(request.GET)
    _refuse(tuple(problem for problem in query.problems if problem.parameter in COMPLETED))
    suggestions = complete(query.text, query.language, library_url(query.language))
    lines = [asdict(line) | {"url": line.url and request.build_absolute_uri(line.url)} for line in suggestions]
    return {"query": query.text, "lang": query.language, "completions": lines}


@endpoint
def openapi_view(request: HttpRequest) -> dict:
    """GET /api/v1/openapi.json"""
    return openapi.document()


@endpoint
def unknown_view(request: HttpRequest, **_kwargs) -> dict:
    """Every other address below /api/."""
    raise Refusal(404, "not_found", _("There is nothing at this address."))


def _search_results(results: LibraryResults, request: HttpRequest) -> dict:
    query = results.query
    return {
        "query": query.text,
        "lang": query.language,
        "engine": results.engine,
        "degraded": results.degraded,
        "took_ms": results.took_ms,
        "total": results.total,
        "page": query.page,
        "size": query.size,
        "results": [_work(result, request) for result in results.results],
        "facets": {facet.name: [asdict(value) for value in facet.values] for facet in results.facets},
        "suggestion": results.suggestion or None,
        "unknown_words": list(results.unknown_words),
        "expanded": list(results.expanded),
        "best_bets": [
            {**_work(bet.result, request), "note": bet.note or None, "note_lang": bet.note_lang or None}
            for bet in results.best_bets
        ],
    }


def _work(result: LibraryResult, request: HttpRequest) -> dict:
    card = result.card
    return {
        "key": result.key,
        "type": result.work_type,
        "resource_type": result.resource_type or None,
        "url": request.build_absolute_uri(card.url),
        "title": card.title,
        "lang": card.lang,
        "languages": list(result.languages),
        "editions": list(result.editions),
        "summary": result.summary,
        "date": card.sort_date or None,
        "organizations": list(card.organizations),
        "is_sample": card.is_sample,
        "highlights": [asdict(highlight) for highlight in result.highlights],
        "moments": moments_told(result.moments, request),
    }


def moments_told(moments: Iterable[Moment], request: HttpRequest) -> list[dict]:
    """Moments as the API tells them, with addresses that lead here from any site."""
    return [moment.as_data | {"url": request.build_absolute_uri(moment.url)} for moment in moments]


def _refuse(problems: tuple[Problem, ...]) -> None:
    """400, with the parameters that cannot be used."""
    if problems:
        message = _("Some parameters cannot be used.")
        raise Refusal(400, "bad_request", message, tuple(asdict(problem) for problem in problems))
