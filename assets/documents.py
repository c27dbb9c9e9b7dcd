"""What an uploaded document must be, checked where it comes in."""

import hashlib
import lzma
import struct
import zipfile
import zlib

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MAXIMUM_BYTES = 100 * 1024 * 1024
SIGNATURES = {"pdf": b"%PDF-", "docx": b"PK\x03\x04", "pptx": b"PK\x03\x04", "xlsx": b"PK\x03\x04"}
# The list of an archive's parts is read whole; of an Office file it is some kilobytes.
MOST_LISTED_BYTES = 2 * 1024 * 1024
# The last record of an archive with the longest comment, and the records before it.
_LAST_BYTES = 66 * 1024
# What `zipfile` raises over archives that are damaged, locked or packed in ways it does not know.
ARCHIVE_FAULTS = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(LookupError, ValueError, OverflowError, OSError, EOFError, RuntimeError),
)
OFFICE_PARTS = {"docx": "word/", "pptx": "ppt/", "xlsx": "xl/"}


def extension_of(name: str) -> str:
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def checksum_of(file) -> str:
    """SHA-256 of a file in hexadecimal; the file is left at its beginning."""
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in iter(lambda: file.read(1024 * 1024), b""):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def refuse_other_kinds(**fields) -> None:
    """Refuses new files whose names do not end as they may: field → (file, extensions). Raises ValidationError.

    A field without a file is none of this: the form has refused the file already, and said why.
    """
    problems = {}
    for field, (file, extensions) in fields.items():
        if file and not file._committed and extension_of(file.name) not in extensions:
            problems[field] = ValidationError(
                _("“%(name)s” is not a kind of file that fits here. Choose one of these kinds: %(extensions)s."),
                params={"name": file.name, "extensions": ", ".join(extensions)},
            )
    if problems:
        raise ValidationError(problems)


def validate_document(file) -> None:
    """Refuses files that are too large or are not what their name says. Raises ValidationError with the remedy."""
    if file.size > MAXIMUM_BYTES:
        raise ValidationError(
            _("The file is larger than %(megabytes)d MB. Upload a smaller one, or give a link to it instead."),
            params={"megabytes": MAXIMUM_BYTES // 1024**2},
        )
    extension = extension_of(file.name)
    signature = SIGNATURES.get(extension)
    file.seek(0)
    beginning = file.read(1024)
    file.seek(0)
    if not beginning:
        raise ValidationError(_("The file is empty. Choose the file again, or save it anew."))
    if signature and signature not in (beginning if extension == "pdf" else beginning[:4]):
        raise ValidationError(
            _("The file is named .%(extension)s but is not one. Save it as %(extension)s and upload it again."),
            params={"extension": extension},
        )
    if extension in OFFICE_PARTS:
        _validate_office(file, extension)


def _validate_office(file, extension: str) -> None:
    try:
        right = _listed_bytes(file) <= MOST_LISTED_BYTES
        if right:
            with zipfile.ZipFile(file) as archive:
                right = any(name.startswith(OFFICE_PARTS[extension]) for name in archive.namelist())
    except ARCHIVE_FAULTS:
        right = False
    file.seek(0)
    if not right:
        raise ValidationError(
            _("The file is damaged or is not a .%(extension)s file. Open it, save it as %(extension)s, try again."),
            params={"extension": extension},
        )


def _listed_bytes(file) -> int:
    """How long the list of an archive's parts is by its last record, found where `zipfile` finds it; 0 without one."""
    file.seek(max(0, file.size - _LAST_BYTES))
    last = file.read(_LAST_BYTES)
    at = len(last) - 22
    if at < 0 or last[at : at + 4] != b"PK\5\6" or last[-2:] != b"\0\0":
        at = last.rfind(b"PK\5\6")
    if at < 0 or len(last) < at + 22:
        return 0
    # Archives of more than 65,535 parts have a longer record before it.
    if at >= 76 and last[at - 20 : at - 16] == b"PK\6\7" and last[at - 76 : at - 72] == b"PK\6\6":
        return struct.unpack_from("<Q", last, at - 36)[0]
    return struct.unpack_from("<L", last, at + 12)[0]
