"""Who may see an uploaded recording: everybody, once a public page shows it."""

from django.db.models import Q

from assets.models import CustomMedia
from resources import languages
from resources.models import ConveningRecordingPage


def media_at(path: str):
    """The recordings whose file or thumbnail is at `path` below MEDIA_ROOT, those of private collections apart."""
    return CustomMedia.objects.filter(Q(file=path) | Q(thumbnail=path), collection__view_restrictions__isnull=True)


def media_is_public(path: str) -> bool:
    """True where the file (video, sound or its thumbnail) belongs to a recording with a public edition."""
    keys = ConveningRecordingPage.objects.filter(video__in=media_at(path)).values("translation_key")
    return languages.public_editions().filter(translation_key__in=keys).exists()
