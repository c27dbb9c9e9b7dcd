"""Compresses text for families on small data plans; recordings and documents go out as they are, in ranges."""

from django.middleware.gzip import GZipMiddleware

TEXT = ("text/html", "text/vtt", "text/plain", "application/json", "application/xml", "text/xml")


class CompressTextMiddleware(GZipMiddleware):
    """Django's compression (which pads answers against BREACH) for whole texts only."""

    def process_response(self, request, response):
        is_text = response.get("Content-Type", "").split(";")[0] in TEXT
        if response.streaming or response.status_code == 206 or not is_text:
            return response
        return super().process_response(request, response)
