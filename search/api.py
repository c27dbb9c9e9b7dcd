"""The JSON API: the same service as the library page, with thin views."""

import hashlib
import json
from dataclasses import asdict
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from search import openapi
from search.analysis import LANGUAGES
from search.completion import complete
from search.pages import library_url
from search.query import LibraryQuery, Problem
from search.rate_limit import limited
from search.results import LibraryResult, LibraryResults
from search.service import find_works, search


def _too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    response = _error(request, 429, "too_many_requests", _("Please wait a moment and ask again."))
    response["Retry-After"] = str(seconds)
    return response


@require_safe
@limited(_too_many)
def search_view(request: HttpRequest) -> HttpResponse:
    """GET /api/v1/search"""
    query = LibraryQuery.parse(request.GET)
    with override(query.language):
        if query.problems:
            return _bad_request(request, query.problems)
        return _answer(request, _search_results(search(query), request))


@require_safe
@limited(_too_many)
def work_view(request: HttpRequest, key: str) -> HttpResponse:
    """GET /api/v1/works/{key}"""
    language = request.GET.get("lang") or LANGUAGES[0]
    if language not in LANGUAGES:
        return _bad_request(request, (Problem("lang", _("Choose en or es.")),))
    with override(language):
        found = find_works([key], language)
        if not found:
            return _error(request, 404, "not_found", _("No public work has this key."))
        return _answer(request, _work(found[0], request))


@require_safe
@limited(_too_many)
def complete_view(request: HttpRequest) -> HttpResponse:
    """GET /api/v1/complete"""
    query = LibraryQuery.parse(request.GET)
    with override(query.language):
        if query.problems:
            return _bad_request(request, query.problems)
        suggestions = complete(query.text, query.language, library_url(query.language))
        lines = [asdict(line) for line in suggestions]
        return _answer(request, {"query": query.text, "lang": query.language, "completions": lines})


@require_safe
def openapi_view(request: HttpRequest) -> HttpResponse:
    """GET /api/v1/openapi.json"""
    return _answer(request, openapi.document())


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
        "moments": [moment.as_data for moment in result.moments],
    }


def _answer(request: HttpRequest, content: dict, status: int = 200) -> HttpResponse:
    """JSON that any site may read; 304 where the reader has it already. The time it took is no change."""
    response = JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
    if status == HTTPStatus.OK:
        lasting = {name: value for name, value in content.items() if name != "took_ms"}
        digest = hashlib.sha256(json.dumps(lasting, sort_keys=True, default=str).encode()).hexdigest()
        response["ETag"] = quote_etag(digest[:32])
        response["Cache-Control"] = "public, max-age=0, must-revalidate"
        response = get_conditional_response(request, etag=response["ETag"], response=response)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _bad_request(request: HttpRequest, problems: tuple[Problem, ...]) -> HttpResponse:
    message = _("Some parameters cannot be used.")
    return _error(request, 400, "bad_request", message, [asdict(problem) for problem in problems])


def _error(request: HttpRequest, status: int, code: str, message: str, problems: list | None = None) -> HttpResponse:
    content = {"error": {"code": code, "message": str(message), "problems": problems or []}}
    return _answer(request, content, status)
