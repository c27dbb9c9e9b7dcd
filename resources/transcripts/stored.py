"""The cues of captions that the library keeps: read once for each content."""

import logging

from django.core.cache import cache

from resources.transcripts.cues import MAXIMUM_BYTES, Cue, TranscriptError
from resources.transcripts.webvtt import parse_webvtt

logger = logging.getLogger(__name__)
KEPT_SECONDS = 24 * 60 * 60


def cues_of_document(document) -> list[Cue]:
    """The cues of an uploaded captions file, kept in the cache by checksum; none where the file cannot be read."""
    cache_key = f"cues-{document.checksum or document.file_hash or document.pk}"
    cues = cache.get(cache_key)
    if cues is None:
        try:
            with document.open_file() as file:
                cues = parse_webvtt(file.read(MAXIMUM_BYTES + 1))
        except OSError as error:  # storage may answer again in a moment
            logger.warning("The captions of document %s cannot be opened: %s", document.pk, error)
            return []
        except TranscriptError as error:
            logger.warning("The captions of document %s cannot be read: %s", document.pk, error)
            cues = []
        cache.set(cache_key, cues, KEPT_SECONDS)
    return cues
