"""A limit to how often one address may ask the API: so many requests a minute, counted in the cache."""

import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

WINDOW_SECONDS = 60
# Many families may share one address, that of their school.
REQUESTS_A_MINUTE = 600


def client_address(request: HttpRequest) -> str:
    """Who asks. Behind a proxy (`HTTPS`) the last address of X-Forwarded-For, which the proxy itself wrote."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if forwarded and getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        return forwarded.rpartition(",")[2].strip()
    return request.META.get("REMOTE_ADDR", "")


def seconds_to_wait(request: HttpRequest, limit: int) -> int:
    """0 while the limit is kept, else how long until the next minute begins. Counts this request."""
    window, passed = divmod(int(time.time()), WINDOW_SECONDS)
    key = f"api-requests-{client_address(request)[:64]}-{window}"
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        count = cache.incr(key)
    except ValueError:
        # The cache dropped the counter in between: nobody is refused for that.
        return 0
    return WINDOW_SECONDS - passed if count > limit else 0
