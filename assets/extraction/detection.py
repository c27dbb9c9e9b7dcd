"""What kind of file it really is, by its content; its name only tells text from HTML."""

import codecs
import zipfile
from typing import BinaryIO

from assets.extraction.problems import Problem, Unreadable
from assets.extraction.readers.plain import unmarked_utf16

READER_OF_EXTENSION = {
    "pdf": "pdf",
    "docx": "word",
    "pptx": "slides",
    "xlsx": "sheets",
    "html": "web",
    "htm": "web",
    "txt": "plain",
    "csv": "plain",
}
_READER_OF_PART = {"word/document.xml": "word", "ppt/presentation.xml": "slides", "xl/workbook.xml": "sheets"}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_BEGINNING = 4096


def reader_of(file: BinaryIO, extension: str) -> str:
    """The module of `readers` for the file. Raises Unreadable where there is none or name and content differ."""
    if extension not in READER_OF_EXTENSION:
        raise Unreadable(Problem.UNSUPPORTED)
    named = READER_OF_EXTENSION[extension]
    if named != _reader_of_content(file, named):
        raise Unreadable(Problem.MISLABELLED)
    file.seek(0)
    return named


def _reader_of_content(file: BinaryIO, named: str) -> str | None:
    beginning = file.read(_BEGINNING)
    if not beginning:
        raise Unreadable(Problem.NOTHING)
    # A PDF may begin a little later; text may speak of one.
    if beginning.startswith(b"%PDF-") or (named == "pdf" and b"%PDF-" in beginning[:1024]):
        return "pdf"
    if beginning.startswith(b"PK\x03\x04"):
        return _reader_of_archive(file)
    if beginning.startswith(_OLD_OFFICE):
        raise Unreadable(_problem_of_old_office(file))
    if named in ("plain", "web") and (
        b"\x00" not in beginning
        or beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        or unmarked_utf16(beginning)
    ):
        return named
    return None


def _reader_of_archive(file: BinaryIO) -> str | None:
    try:
        names = set(zipfile.ZipFile(file).namelist())
    except zipfile.BadZipFile as error:
        raise Unreadable(Problem.DAMAGED) from error
    return next((reader for part, reader in _READER_OF_PART.items() if part in names), None)


def _problem_of_old_office(file: BinaryIO) -> Problem:
    """A password turns a modern Office file into an old container with one encrypted part."""
    overlap = len(_ENCRYPTED_OFFICE)
    file.seek(0)
    tail = b""
    for chunk in iter(lambda: file.read(1024 * 1024), b""):
        if _ENCRYPTED_OFFICE in tail + chunk:
            return Problem.ENCRYPTED
        tail = chunk[-overlap:]
    return Problem.OLD_FORMAT
