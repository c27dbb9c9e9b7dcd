"""Pages for what went wrong, in the reader's language; the one for our own faults touches no database."""

from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from resources import languages


def bad_request(request, exception=None):
    """400: the request holds something that no page can answer."""
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
    language = "es" if request.path.startswith("/es") else languages.current_language()
    with translation.override(language):
        return HttpResponseServerError(render_to_string("errors/500.html", {"LANGUAGE_CODE": language}))
