"""The JSON API: the same service as the library page, with thin views."""

from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from search.analysis import LANGUAGES
from search.completion import complete
from search.pages import library_url
from search.query import LibraryQuery, Problem
from search.results import LibraryResult, LibraryResults
from search.service import find_works, search


@require_safe
def search_view(request: HttpRequest) -> JsonResponse:
    """GET /api/v1/search"""
    query = LibraryQuery.parse(request.GET)
    with override(query.language):
        if query.problems:
            return _bad_request(query.problems)
        return _answer(_search_results(search(query), request))


@require_safe
def work_view(request: HttpRequest, key: str) -> JsonResponse:
    """GET /api/v1/works/{key}"""
    language = request.GET.get("lang") or LANGUAGES[0]
    if language not in LANGUAGES:
        return _bad_request((Problem("lang", _("Choose en or es.")),))
    with override(language):
        found = find_works([key], language)
        if not found:
            return _error(404, "not_found", _("No public work has this key."))
        return _answer(_work(found[0], request))


@require_safe
def complete_view(request: HttpRequest) -> JsonResponse:
    """GET /api/v1/complete"""
    query = LibraryQuery.parse(request.GET)
    with override(query.language):
        if query.problems:
            return _bad_request(query.problems)
        suggestions = complete(query.text, query.language, library_url(query.language))
        return _answer(
            {"query": query.text, "lang": query.language, "completions": [asdict(line) for line in suggestions]}
        )


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
        "expanded": list(results.expanded),
        "best_bets": list(results.best_bets),
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
        "summary": card.summary,
        "date": card.sort_date or None,
        "organizations": list(card.organizations),
        "is_sample": card.is_sample,
        "highlights": [asdict(highlight) for highlight in result.highlights],
        "moments": list(result.moments),
    }


def _answer(content: dict, status: int = 200) -> JsonResponse:
    response = JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _bad_request(problems: tuple[Problem, ...]) -> JsonResponse:
    message = _("Some parameters cannot be used.")
    return _error(400, "bad_request", message, [asdict(problem) for problem in problems])


def _error(status: int, code: str, message: str, problems: list | None = None) -> JsonResponse:
    return _answer({"error": {"code": code, "message": message, "problems": problems or []}}, status)
