"""Files that an imported table names: found inside its own folder, checked, stored once for each content."""

import errno
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

from assets.documents import checksum_of, extension_of, validate_document
from assets.models import CAPTION_EXTENSIONS, CustomDocument, CustomMedia
from resources.documents import opened_as_kept
from resources.importing.problems import shortened

# A file that the library already has, named by where it is stored: what an export writes.
STORED = "library:"
_CONTENT = "sha256:"


class UnusableFile(Exception):
    """A file that cannot be taken in, with the remedy."""

    def __init__(self, message: str, remedy: str):
        self.message, self.remedy = message, remedy
        super().__init__(message)


class AttachedFiles:
    """Documents and videos by token: what a file holds (`sha256:…`) or, where that is unknown, where it is stored.

    `folder` is the folder of the table; None where there is none (an upload in the browser).
    """

    def __init__(self, folder: Path | None):
        self.folder = folder.resolve() if folder else None
        self.paths: dict[str, Path] = {}
        self.names: dict[str, str] = {}
        self.documents: dict[str, CustomDocument] = {}
        self.read: dict[tuple[str, bool], str] = {}
        # Names in storage of what was taken in.
        self.stored: list[str] = []

    # Tokens

    def token_of(self, document: CustomDocument) -> str:
        token = f"{_CONTENT}{document.checksum}" if document.checksum else f"{STORED}{document.file.name}"
        self.documents.setdefault(token, document)
        self.names.setdefault(token, document.file.name)
        return token

    def name_of(self, token: str) -> str:
        """What an export writes for a document."""
        return f"{STORED}{self.names[token]}"

    def document_token(self, cell: str, captions: bool = False) -> str:
        """The token of a document named in a cell: `library:…` or a path. Raises UnusableFile."""
        if (cell, captions) not in self.read:
            self.read[cell, captions] = self._document_token(cell, captions)
        return self.read[cell, captions]

    def _document_token(self, cell: str, captions: bool) -> str:
        if cell.startswith(STORED):
            document = CustomDocument.objects.filter(file=cell.removeprefix(STORED)).order_by("pk").first()
            if document is None:
                raise _not_in_library(cell)
            if captions and not document.is_captions:
                raise _does_not_fit(cell, CAPTION_EXTENSIONS)
            return self.token_of(document)
        others = [name for name in settings.WAGTAILDOCS_EXTENSIONS if name not in CAPTION_EXTENSIONS]
        path = self.path(cell, sorted(CAPTION_EXTENSIONS) if captions else others)
        try:
            with _trouble_told(cell), opened_as_kept(path) as file:
                validate_document(file)
                token = f"{_CONTENT}{checksum_of(file)}"
        except ValidationError as error:
            raise UnusableFile(f"“{shortened(cell)}”: {' '.join(error.messages)}", _("Replace the file.")) from None
        self.paths.setdefault(token, path)
        return token

    def video_token(self, cell: str) -> str:
        """The token of a video: `library:…`, or its path where it is not in the library yet. Raises UnusableFile."""
        if cell.startswith(STORED):
            if not CustomMedia.objects.filter(file=cell.removeprefix(STORED)).exists():
                raise _not_in_library(cell)
            return cell
        path = self.path(cell, settings.WAGTAILMEDIA["VIDEO_EXTENSIONS"])
        with _trouble_told(cell), path.open("rb") as stream:
            checksum = checksum_of(stream)
        known = CustomMedia.objects.filter(file__contains=f"-{checksum[:12]}.").order_by("pk").first()
        if known:
            return f"{STORED}{known.file.name}"
        token = f"{_CONTENT}{checksum}"
        self.paths.setdefault(token, path)
        return token

    def path(self, cell: str, extensions: list[str]) -> Path:
        """The file of a relative path, inside the folder of the table and not reached through links."""
        if self.folder is None:
            raise UnusableFile(
                _("“%(name)s” is a file beside the table, and only the table was uploaded.")
                % {"name": shortened(cell)},
                _("Upload the file under Documents and give its address, or run import_library on the server."),
            )
        relative = PurePosixPath(cell)
        outside = UnusableFile(
            _("“%(name)s” is not inside the folder of the table.") % {"name": shortened(cell)},
            _("Copy the file there and write its path from that folder, such as files/guide.pdf."),
        )
        if relative.is_absolute() or ".." in relative.parts or "\\" in cell or "\x00" in cell:
            raise outside
        path = self.folder
        with _trouble_told(cell):
            for part in relative.parts:
                path /= part
                if path.is_symlink():
                    raise outside
            if not path.is_file():
                raise _not_there(cell)
        if extension_of(path.name) not in extensions:
            raise _does_not_fit(cell, extensions)
        return path

    # Storing

    def document(self, token: str, title: str, language: str) -> CustomDocument:
        """The document of a token, taken into the library where it is new."""
        if token not in self.documents:
            known = CustomDocument.objects.filter(checksum=token.removeprefix(_CONTENT)).order_by("pk").first()
            self.documents[token] = known or self._store_document(token, title, language)
            self.names[token] = self.documents[token].file.name
        return self.documents[token]

    def _store_document(self, token: str, title: str, language: str) -> CustomDocument:
        with opened_as_kept(self.paths[token]) as file:
            document = CustomDocument(
                title=title[:255],
                language=language,
                checksum=token.removeprefix(_CONTENT),
                file_size=file.size,
            )
            document.file.save(file.name, file, save=False)
            self.stored.append(document.file.name)
            document.save()
        return document

    def video(self, token: str, title: str) -> CustomMedia:
        """The video of a token; a new one is stored with its checksum in the name, by which it is found again."""
        if token.startswith(STORED):
            return CustomMedia.objects.get(file=token.removeprefix(STORED))
        path, checksum = self.paths[token], token.removeprefix(_CONTENT)
        name = f"{path.stem}-{checksum[:12]}{path.suffix}"
        known = CustomMedia.objects.filter(file__contains=f"-{checksum[:12]}.").order_by("pk").first()
        if known:
            return known
        with path.open("rb") as stream:
            video = CustomMedia(title=title[:255], type="video")
            video.file.save(name, File(stream), save=False)
            self.stored.append(video.file.name)
            video.save()
        return video


@contextmanager
def _trouble_told(cell: str) -> Iterator[None]:
    """Makes an UnusableFile of what the system says of a file that a cell names."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENAMETOOLONG, errno.ENOENT):
            raise _not_there(cell) from None
        raise UnusableFile(
            _("The file “%(name)s” cannot be opened.") % {"name": shortened(cell)},
            _("Allow the account that runs import_library to read it."),
        ) from None


def _not_there(cell: str) -> UnusableFile:
    return UnusableFile(
        _("There is no file “%(name)s”.") % {"name": shortened(cell)},
        _("Write its path from the folder of the table; capitals count."),
    )


def _does_not_fit(cell: str, extensions: Iterable[str]) -> UnusableFile:
    return UnusableFile(
        _("“%(name)s” is not a kind of file that fits here.") % {"name": shortened(cell)},
        _("Kinds: %(extensions)s.") % {"extensions": ", ".join(sorted(extensions))},
    )


def _not_in_library(cell: str) -> UnusableFile:
    return UnusableFile(
        _("The library has no file “%(name)s”.") % {"name": shortened(cell.removeprefix(STORED))},
        _("Name a file beside the table instead, or leave the cell as it was exported."),
    )
