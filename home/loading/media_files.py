"""Files that lie beside the content: documents, captions and videos, checked before anything is written."""

from django.core.exceptions import ValidationError
from django.core.files import File

from assets.documents import validate_document
from home.loading.references import ContentFile
from resources.models import CaptionTrack
from resources.transcripts import MAXIMUM_BYTES, TranscriptError, parse_webvtt


def files(reader, name: str, model) -> list[dict]:
    """The rows of a list of files: each a document beside the content, a link, or neither (not available online)."""
    rows = []
    for entry in reader.entries(name, model):
        language = entry.text("language", required=True)
        titles = reader.names(entry, "title")
        row = {
            "language": language,
            "format": entry.choice("format", model.Format.values, required=True),
            "url": entry.text("url"),
            "bytes": entry.number("bytes"),
            "pages": entry.number("pages"),
            "minutes": entry.number("minutes"),
            **titles,
        }
        document = entry.text("document", field="")
        if document and row["url"]:
            entry.problem(entry.at("url"), "A file has a document or a link, not both.", "Remove one of the two.")
        elif document:
            title = titles.get(f"title_{language}") or _title(reader, language)
            row["document"] = _document(reader, document, title, language, entry.at("document"))
        rows.append(row)
    return rows


def captions(reader) -> list[dict]:
    """Captions in each language; a file that is not WebVTT is named with its line."""
    rows = []
    for entry in reader.entries("captions", CaptionTrack):
        language, name = entry.text("language", True), entry.text("file", True, field="")
        document = _document(reader, name, f"{_title(reader, language)} ({language})", language, entry.at("file"))
        if document:
            try:
                with document.path.open("rb") as stream:
                    parse_webvtt(stream.read(MAXIMUM_BYTES + 1))
            except TranscriptError as error:
                entry.problem(entry.at("file"), f"{name}: {error}", "Correct the captions file.")
        rows.append({"language": language, "document": document})
    return rows


def read_video(reader) -> None:
    """The video with its poster and duration, as one media item."""
    name, poster = reader.text("video", field=""), reader.text("poster", field="")
    duration = reader.decimal("duration_seconds")
    video = reader.file_beside(name, reader.at("video")) if name else None
    if video and duration is None:
        reader.problem(reader.at("video"), "The duration is missing.", "Write `duration_seconds: …`.")
    thumbnail = reader.file_beside(poster, reader.at("poster")) if poster else None
    if video:
        title = _title(reader, reader.languages[0])
        reader.values(video=ContentFile(video, title, thumbnail=thumbnail, duration=duration or 0))
    reader.values(duration_seconds=round(duration) if duration else None)


def _title(reader, language: str) -> str:
    texts = reader.work.texts
    return texts.get(language, texts[reader.languages[0]])["title"]


def _document(reader, name: str, title: str, language: str, place) -> ContentFile | None:
    path = reader.file_beside(name, place)
    if path is None:
        return None
    try:
        with path.open("rb") as stream:
            validate_document(File(stream, name=path.name))
    except ValidationError as error:
        reader.problem(place, " ".join(error.messages), "Replace the file.")
        return None
    return ContentFile(path, title, language)
