"""Pages for what went wrong, in the reader's language; the one for our own faults touches no database."""

from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from resources import languages
from search.json_answers import Refusal, language_asked, refused


def bad_request(request, exception=None):
    """400: the request holds something that no page can answer."""
    if _is_api(request):
        message = _("The address holds something that we do not understand.")
        return _refused(request, 400, "bad_request", message)
    return render(request, "errors/400.html", status=400)


def forbidden(request, exception=None):
    """403: the reader may not see this."""
    return render(request, "errors/403.html", status=403)


def csrf_failure(request, reason=""):
    """403: a form that was open for too long. 405 for what no page takes."""
    if request.method != "POST":
        return render(request, "errors/400.html", status=405)
    return render(request, "errors/403_csrf.html", status=403)


def not_found(request, exception=None):
    """404, with a search box and the ways home."""
    return render(request, "errors/404.html", status=404)


def server_error(request):
    """500: one static sentence in the language of the address; no context processors, no database."""
    if _is_api(request):
        return _refused(request, 500, "server_error", _("Something failed. Try again soon"))
    language = "es" if request.path.startswith("/es") else languages.current_language()
    with translation.override(language):
        return HttpResponseServerError(render_to_string("errors/500.html", {"LANGUAGE_CODE": language}))


def _is_api(request) -> bool:
    return request.path.startswith("/api/")


def _refused(request, status: int, code: str, message):
    """What programs that read the API are told."""
    with translation.override(language_asked(request)):
        return refused(Refusal(status, code, str(message)))
