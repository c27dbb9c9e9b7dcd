"""The upload form of documents: captions are read strictly, everything else must be what its name says."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
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
            self._keep_captions(file)
            if extension_of(file.name) == "vtt":
                validate_captions(file.read())
                file.seek(0)
        return file

    def _keep_captions(self, file) -> None:
        """Captions that recordings use are replaced by captions only."""
        in_use = self.instance.pk and self.instance.caption_tracks.exists()
        if in_use and extension_of(file.name) != "vtt":
            raise ValidationError(_("Recordings use this file as their captions. Choose a WebVTT file (.vtt)."))
