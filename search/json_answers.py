"""How every address of the API answers: in the language asked, to any site, JSON for errors too, and 304 for what the
reader has already. A view returns the content of its answer or raises `Refusal`.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from search.analysis import LANGUAGES
from search.rate_limit import REQUESTS_A_MINUTE, seconds_to_wait

METHODS = ("GET", "HEAD", "OPTIONS")
PREFLIGHT_SECONDS = 24 * 60 * 60
# The time an answer took is no change of it.
PASSING = ("took_ms",)


class Refusal(Exception):
    """An answer that says why there is none, in the shape of the schema `Error`."""

    def __init__(
        self, status: int, code: str, message: str, problems: tuple = (), headers: Mapping[str, str] | None = None
    ):
        super().__init__(message)
        self.status, self.headers = status, headers or {}
        self.content = {"error": {"code": code, "message": message, "problems": list(problems)}}


def endpoint(view: Callable[..., dict]) -> Callable[..., HttpResponse]:
    """Decorates a view: reading alone, so often a minute, in the language of `lang` whatever a cookie says."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        with override(language_asked(request)):
            if request.method == "OPTIONS":
                return _for_any_site(_preflight())
            try:
                _refuse_writing(request)
                _refuse_haste(request)
                return _for_any_site(_found(request, view(request, *args, **kwargs)))
            except Refusal as refusal:
                return refused(refusal)

    return answer


def language_asked(request: HttpRequest) -> str:
    """The language of an answer: that of `lang`, else the first one."""
    language = request.GET.get("lang")
    return language if language in LANGUAGES else LANGUAGES[0]


def refused(refusal: Refusal) -> HttpResponse:
    """A refusal as an answer, in the language that is active."""
    response = _json(refusal.content, refusal.status)
    for name, value in refusal.headers.items():
        response[name] = value
    return _for_any_site(response)


def _refuse_writing(request: HttpRequest) -> None:
    if request.method not in METHODS:
        message = _("This address can only be read.")
        raise Refusal(405, "method_not_allowed", message, headers={"Allow": ", ".join(METHODS)})


def _refuse_haste(request: HttpRequest) -> None:
    wait = seconds_to_wait(request, getattr(settings, "API_REQUESTS_A_MINUTE", REQUESTS_A_MINUTE))
    if wait:
        message = _("Please wait a moment and ask again.")
        raise Refusal(429, "too_many_requests", message, headers={"Retry-After": str(wait)})


def _found(request: HttpRequest, content: dict) -> HttpResponse:
    response = _json(content, HTTPStatus.OK)
    lasting = {name: value for name, value in content.items() if name not in PASSING}
    digest = hashlib.sha256(json.dumps(lasting, sort_keys=True, default=str).encode()).hexdigest()
    response["ETag"] = quote_etag(digest[:32])
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return get_conditional_response(request, etag=response["ETag"], response=response)


def _json(content: dict, status: int) -> HttpResponse:
    # Compression adds this to long answers alone; a 304 must say it as its 200 does.
    headers = {"Vary": "Accept-Encoding", "Content-Language": get_language() or LANGUAGES[0]}
    return JsonResponse(content, status=status, headers=headers, json_dumps_params={"ensure_ascii": False})


def _preflight() -> HttpResponse:
    response = HttpResponse(status=HTTPStatus.NO_CONTENT)
    response["Allow"] = response["Access-Control-Allow-Methods"] = ", ".join(METHODS)
    response["Access-Control-Allow-Headers"] = "*"
    response["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
    return response


def _for_any_site(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
    return response
