"""Files that lie beside the content: documents, captions and videos, checked before anything is written."""

from django.core.exceptions import ValidationError

from assets.documents import extension_of, validate_document
from assets.models import CAPTION_EXTENSIONS
from home.loading.references import ContentFile
from resources.documents import opened_as_kept
from resources.models import CaptionTrack


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
    """Captions in each language, WebVTT or SRT; a faulty file is named with its line."""
    rows = []
    for entry in reader.entries("captions", CaptionTrack):
        language, name = entry.text("language", True), entry.text("file", True, field="")
        document = _document(reader, name, f"{_title(reader, language)} ({language})", language, entry.at("file"))
        if document and extension_of(name) not in CAPTION_EXTENSIONS:
            kinds = " or ".join(f".{extension}" for extension in sorted(CAPTION_EXTENSIONS))
            entry.problem(
                entry.at("file"), f"The file `{name}` is no captions file.", f"Name a file that ends in {kinds}."
            )
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
        with opened_as_kept(path) as file:
            validate_document(file)
    except ValidationError as error:
        reader.problem(place, f"{name}: {' '.join(error.messages)}", "Correct the file, or name another one.")
        return None
    return ContentFile(path, title, language)
