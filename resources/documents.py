"""The upload form of documents: captions are read strictly, everything else must be what its name says."""

from django.core.exceptions import ValidationError
from wagtail.documents.forms import BaseDocumentForm

from assets.documents import extension_of, validate_document
from resources.transcripts import TranscriptError, parse_webvtt


def validate_captions(data: bytes) -> None:
    """Raises ValidationError with line number and remedy where the captions cannot be used."""
    try:
        parse_webvtt(data)
    except TranscriptError as error:
        raise ValidationError(str(error)) from None


class DocumentForm(BaseDocumentForm):
    """Refuses what cannot be shown or read."""

    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" in self.changed_data and file:
            validate_document(file)
            if extension_of(file.name) == "vtt":
                validate_captions(file.read())
                file.seek(0)
        return file
