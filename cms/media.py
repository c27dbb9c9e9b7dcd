"""Images and recordings from MEDIA_ROOT, with byte ranges so that a video can be sought.

Uploaded documents are never served from here: Wagtail's document view checks who may read them.
"""

import mimetypes
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpResponse
from django.utils._os import safe_join
from django.views.decorators.http import require_safe
from whitenoise.middleware import WhiteNoiseFileResponse
from whitenoise.responders import StaticFile

from resources.document_access import may_play

IMAGE_FOLDERS = ("images",)
RECORDING_FOLDERS = ("media", "media_thumbnails")


@require_safe
def serve_media(request, path: str):
    """The file at `path` below MEDIA_ROOT; 404 outside the folders above and for recordings nobody may see yet."""
    folder = path.split("/", 1)[0]
    cache_control = "public, max-age=3600"
    if folder in RECORDING_FOLDERS:
        allowed, is_public = may_play(path, request)
        if not allowed:
            raise Http404
        if not is_public:
            cache_control = "private, no-store"
    elif folder not in IMAGE_FOLDERS:
        raise Http404
    return _file_response(request, _full_path(path), cache_control)


def _full_path(path: str) -> Path:
    try:
        full_path = Path(safe_join(settings.MEDIA_ROOT, path))
        if full_path.is_file():
            return full_path
    except (SuspiciousFileOperation, OSError, ValueError):
        raise Http404 from None
    raise Http404


def _file_response(request, full_path: Path, cache_control: str):
    content_type = mimetypes.guess_type(full_path.name)[0] or "application/octet-stream"
    headers = [("Content-Type", content_type), ("Cache-Control", cache_control)]
    answer = StaticFile(str(full_path), headers).get_response(request.method, request.META)
    if answer.file is None:
        response = HttpResponse(status=answer.status)
        del response["Content-Type"]
    else:
        response = WhiteNoiseFileResponse(answer.file, status=answer.status)
    for name, value in answer.headers:
        response[name] = value
    return response
