"""Documents as they come in: captions are read strictly, everything else must be what its name says."""

import contextlib
from collections.abc import Iterator
from pathlib import Path, PurePath

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

from assets.documents import extension_of, validate_document
from assets.models import CAPTION_EXTENSIONS
from resources.transcripts import TranscriptError, check_size, parse_webvtt, webvtt_of_srt


def captions_in_webvtt(file: File) -> File:
    """Captions as the library keeps them: the file itself if it is WebVTT, else a WebVTT file made of it.

    Raises ValidationError with line number and remedy where they cannot be used. What is too large is not read.
    """
    try:
        check_size(file.size)
        validate_document(file)
        data = file.read()
        file.seek(0)
        if extension_of(file.name) != "srt":
            parse_webvtt(data)
            return file
        name = PurePath(file.name).with_suffix(".vtt").name
        return SimpleUploadedFile(name, webvtt_of_srt(data), content_type="text/vtt")
    except TranscriptError as error:
        raise ValidationError(str(error)) from None


@contextlib.contextmanager
def opened_as_kept(path: Path) -> Iterator[File]:
    """A file on disk as the library keeps it: captions as WebVTT. Raises ValidationError for faulty captions."""
    with path.open("rb") as stream:
        file = File(stream, name=path.name)
        yield captions_in_webvtt(file) if extension_of(path.name) in CAPTION_EXTENSIONS else file


class DocumentForm(BaseDocumentForm):
    """The upload form: refuses what cannot be shown or read."""

    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data or not file:
            return file
        self._keep_captions(file)
        if extension_of(file.name) in CAPTION_EXTENSIONS:
            return captions_in_webvtt(file)
        validate_document(file)
        return file

    def _keep_captions(self, file) -> None:
        """Captions that recordings use are replaced by captions only."""
        in_use = self.instance.pk and self.instance.caption_tracks.exists()
        if in_use and extension_of(file.name) not in CAPTION_EXTENSIONS:
            raise ValidationError(_("Recordings use this file as their captions. Choose captions (.vtt or .srt)."))
