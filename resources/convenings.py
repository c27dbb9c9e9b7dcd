"""What convening and recording pages show besides their own text."""

from resources import languages
from resources.cards import children_keys, shelf_of
from resources.dates import partial_date_label
from resources.language_names import language_name, language_within_sentence
from resources.models import ConveningPage, ConveningRecordingPage
from resources.publications import file_entries
from resources.subjects import linked_keys, subject_terms
from resources.transcripts import cues_of_document, timestamp, transcripts_of
from resources.visibility import in_closed_collection


def convening_context(page: ConveningPage, request) -> dict:
    """When and by whom, the recordings, and what it was about."""
    convening, shelf = page.work, shelf_of(request)
    subjects = shelf.want(linked_keys(convening)[0])
    recordings = shelf.want(children_keys(page))
    return {
        **subject_terms(convening),
        "date_label": partial_date_label(convening.starts_on, convening.date_precision),
        "end_date_label": partial_date_label(convening.ends_on, convening.date_precision),
        "organizations": [
            row.organization for row in convening.organizations.select_related("organization").order_by("sort_order")
        ],
        "recording_cards": shelf.cards(recordings),
        "subject_cards": shelf.cards(subjects),
    }


def recording_context(page: ConveningRecordingPage, request) -> dict:
    """The player's tracks, chapters, speakers, and the transcript in each language with its cues."""
    recording, shelf = page.work, shelf_of(request)
    subjects = shelf.want(linked_keys(recording)[0])
    convening = shelf.want(languages.keys_above(page)[-1:])
    captions = recording.captions.filter(~in_closed_collection("document__collection__path"))
    tracks = list(captions.select_related("document").order_by("sort_order"))
    terms = subject_terms(recording)
    transcripts = transcripts_of(
        [
            (track.language, language_within_sentence(track.language), cues_of_document(track.document))
            for track in tracks
        ],
        terms["chapters"],
        wanted=(request.GET.get("transcript", ""), languages.current_language()),
    )
    return {
        **terms,
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
        "transcripts": transcripts,
        "searchable_languages": [transcript.language.split("-")[0] for transcript in transcripts],
        "chapters": [
            {"seconds": seconds, "label": timestamp(seconds), "title": title} for seconds, title in terms["chapters"]
        ],
        "slides": file_entries(recording.slides.select_related("document").order_by("sort_order")),
        "date_label": partial_date_label(recording.recorded_on, recording.date_precision),
        "convening_card": next(iter(shelf.cards(convening)), None),
        "subject_cards": shelf.cards(subjects),
    }
