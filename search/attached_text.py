"""Text of a work that is not a field of its page: the captions of recordings, by language."""

from collections import defaultdict

from resources.models import ConveningRecordingPage
from resources.transcripts import cues_of_document
from search.analysis import LANGUAGES, clean


def attached_texts(source) -> dict[str, tuple[str, ...]]:
    """language → texts. Files of private collections are left out."""
    texts: dict[str, list[str]] = defaultdict(list)
    if isinstance(source, ConveningRecordingPage):
        for track in source.captions.all():
            language = track.language.split("-")[0]
            if language in LANGUAGES and not track.document.collection.get_view_restrictions().exists():
                texts[language] += [clean(cue.text) for cue in cues_of_document(track.document)]
    return {language: (" ".join(found),) for language, found in texts.items()}
