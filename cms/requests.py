"""Requests that no page could answer well: refused early with a plain 400 page."""

from django.core.exceptions import BadRequest


class WellFormedRequestMiddleware:
    """Refuses NUL characters, which databases cannot store, and absurdly long addresses."""

    longest_path = 2_000

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if "\x00" in request.path or len(request.path) > self.longest_path:
            raise BadRequest("The address holds characters that no page has.")
