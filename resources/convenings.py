"""What convening and recording pages show besides their own text."""

from resources.cards import cards_of_pages, children_cards
from resources.dates import partial_date_label
from resources.language_names import language_name
from resources.models import ConveningPage, ConveningRecordingPage
from resources.publications import file_entries, subject_context
from resources.transcripts import cues_of_document, timestamp


def convening_context(page: ConveningPage, request) -> dict:
    """When and by whom, the recordings, and the works shared."""
    convening = page.work
    return {
        "date_label": partial_date_label(convening.starts_on, convening.date_precision),
        "end_date_label": partial_date_label(convening.ends_on, convening.date_precision),
        "organizations": [
            row.organization for row in convening.organizations.select_related("organization").order_by("sort_order")
        ],
        "recording_cards": children_cards(page, request),
        **subject_context(convening, request),
    }


def recording_context(page: ConveningRecordingPage, request) -> dict:
    """The player's tracks, chapters, speakers, and the transcript in each language with its cues."""
    recording = page.work
    tracks = list(recording.captions.select_related("document").order_by("sort_order"))
    convening = page.get_parent()
    return {
        "video": recording.video,
        "tracks": [
            {
                "language": track.language,
                "language_name": str(language_name(track.language)),
                "src": track.document.url,
                "is_default": track.language == page.language,
            }
            for track in tracks
        ],
        "transcripts": [
            {
                "language": track.language,
                "language_name": str(language_name(track.language)),
                "cues": cues_of_document(track.document),
            }
            for track in tracks
        ],
        "chapters": [
            {"seconds": row.start_seconds, "label": timestamp(row.start_seconds), "title": row.title}
            for row in recording.chapters.order_by("start_seconds")
        ],
        "speakers": list(recording.speakers.order_by("sort_order")),
        "slides": file_entries(recording.slides.select_related("document").order_by("sort_order")),
        "date_label": partial_date_label(recording.recorded_on, recording.date_precision),
        "convening_card": next(iter(cards_of_pages([convening], request)), None),
        **subject_context(recording, request),
    }
