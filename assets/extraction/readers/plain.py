"""Plain text and CSV, in whichever encoding they were saved."""

import codecs
from typing import BinaryIO

from assets.extraction.limits import Limits
from assets.extraction.readers import Reading

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BYTES_A_CHARACTER = 4


def read(file: BinaryIO, limits: Limits) -> Reading:
    return Reading("", None, [decoded(beginning(file, limits))])


def beginning(file: BinaryIO, limits: Limits) -> bytes:
    """As many bytes as could hold more characters than are kept."""
    return file.read((limits.characters + 1) * _BYTES_A_CHARACTER)


def decoded(data: bytes, declared: str | None = None) -> str:
    """The text by its mark, its declared encoding, UTF-8, or else what Windows programs save."""
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    for encoding in filter(None, (marked, declared, "utf-8")):
        try:
            return codecs.getincrementaldecoder(encoding)().decode(data)
        except (UnicodeError, LookupError):
            continue
    return data.decode("cp1252", errors="replace")
