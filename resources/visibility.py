"""Who may see an uploaded recording: everybody, once a public page shows it."""

from django.db.models import Q

from assets.models import CustomMedia
from resources import languages
from resources.models import ConveningRecordingPage


def media_is_public(path: str) -> bool:
    """True where the file (video, sound or its thumbnail) belongs to a recording with a public edition. `path` is
    relative to MEDIA_ROOT."""
    media = CustomMedia.objects.filter(Q(file=path) | Q(thumbnail=path), collection__view_restrictions__isnull=True)
    keys = ConveningRecordingPage.objects.filter(video__in=media).values("translation_key")
    return languages.public_editions().filter(translation_key__in=keys).exists()
