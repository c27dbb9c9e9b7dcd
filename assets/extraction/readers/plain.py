"""Plain text and CSV, in whichever encoding they were saved."""

import codecs
from typing import BinaryIO

from assets.extraction.limits import Limits
from assets.extraction.readers import Reading

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BYTES_A_CHARACTER = 4
_LOOKED_AT = 4096
# Python's own encodings of names and of its programs.
_NEVER_DECLARED = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape"})


def read(file: BinaryIO, limits: Limits) -> Reading:
    return Reading("", None, [decoded(beginning(file, limits))])


def beginning(file: BinaryIO, limits: Limits) -> bytes:
    """As many bytes as could hold more characters than are kept."""
    return file.read((limits.characters + 1) * _BYTES_A_CHARACTER)


def decoded(data: bytes, declared: str | None = None) -> str:
    """The text by its mark, the zeros of UTF-16, its declared encoding, UTF-8, or else what Windows programs save."""
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None) or unmarked_utf16(data)
    for encoding in filter(None, (marked, declared, "utf-8")):
        try:
            codec = codecs.lookup(encoding)
            if getattr(codec, "_is_text_encoding", True) and codec.name not in _NEVER_DECLARED:
                return codecs.getincrementaldecoder(encoding)().decode(data)
        except (UnicodeError, LookupError):
            continue
    return data.decode("cp1252", errors="replace")


def unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark, by the zero in its first letter; None for what is no text in it."""
    if len(data) < 2 or (data[0] == 0) == (data[1] == 0):
        return None
    encoding = "utf-16-be" if data[0] == 0 else "utf-16-le"
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(data[:_LOOKED_AT])
    except UnicodeError:
        return None
    return None if "\x00" in text else encoding
