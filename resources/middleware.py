"""The language of a request (of its address, else the reader's choice, else the browser's), and former addresses."""

from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from wagtail.contrib.redirects.middleware import RedirectMiddleware as WagtailRedirectMiddleware
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

# Addresses that have no language: what is missing there is missing, and not looked for among the pages.
WITHOUT_LANGUAGE = ("/admin/", "/api/", "/documents/", "/health/", "/media/", "/static/")


class LanguageMiddleware(LocaleMiddleware):
    """Django's, which also remembers a reader's choice: a page read in another language than the front door would give.

    Readers who stay in their browser's language get no cookie. In the admin the language of the user's account
    counts; the choice made on the site does not reach it.
    """

    def process_request(self, request):
        if request.path_info.startswith("/admin/"):
            translation.activate(_browser_language(request))
            request.LANGUAGE_CODE = translation.get_language()
        else:
            super().process_request(request)

    def process_response(self, request, response):
        path = request.path_info
        if path.startswith("/api/"):
            return response
        if response.status_code == 404 and path.startswith(WITHOUT_LANGUAGE):
            # Of all alike, so that a file that somebody may not have looks like none.
            patch_vary_headers(response, ["Accept-Language", "Cookie"])
            return response
        response = super().process_response(request, response)
        in_address = translation.get_language_from_path(request.path_info)
        if in_address is None:
            if response.status_code == 302 and request.path_info == "/":
                patch_vary_headers(response, ["Accept-Language", "Cookie"])
                add_never_cache_headers(response)
        elif response.status_code == 200 and request.method == "GET" and in_address != _front_door_language(request):
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                in_address,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                samesite=settings.LANGUAGE_COOKIE_SAMESITE,
                secure=request.is_secure(),
                httponly=True,
            )
        return response


class RedirectMiddleware(WagtailRedirectMiddleware):
    """Wagtail's, without redirects to pages that are not live: two of them can lead to each other for ever."""

    def process_response(self, request, response):
        redirected = super().process_response(request, response)
        if redirected is response:
            return response
        path = Redirect.normalise_path(request.path, decode_unicode=False)
        followed = get_redirect(request, path)
        leads_nowhere = followed and followed.redirect_page and not followed.redirect_page.live
        return response if leads_nowhere else redirected


def _front_door_language(request) -> str:
    """What `/` would lead to: the remembered choice, else the browser's language."""
    return translation.get_language_from_request(request)


def _browser_language(request) -> str:
    without_choice = {name: value for name, value in request.COOKIES.items() if name != settings.LANGUAGE_COOKIE_NAME}
    chosen, request.COOKIES = request.COOKIES, without_choice
    try:
        return translation.get_language_from_request(request)
    finally:
        request.COOKIES = chosen
