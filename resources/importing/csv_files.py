"""Rows of CSV files: UTF-8 with or without BOM, UTF-16 with BOM; commas, semicolons or tabulators."""

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from resources.importing.problems import refuse
from resources.importing.tables import MOST_CHARACTERS, RawRow

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_rows(path: Path) -> Iterator[RawRow]:
    text = _decoded(path.read_bytes())
    csv.field_size_limit(2 * MOST_CHARACTERS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise refuse(
                _("The quotes of this row do not close, or one cell of it is far too long."),
                _("Each cell that opens with a double quote ends with one; a quote inside a cell is written twice."),
                row=number,
            ) from None
        yield number, cells


def _decoded(data: bytes) -> str:
    if data.startswith(b"PK\x03\x04"):
        raise refuse(_("This is an Excel workbook named .csv."), _("Name it .xlsx, or save it as CSV UTF-8."))
    encoding = "utf-16" if data.startswith(_UTF16_MARKS) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise refuse(
            _("The text is not UTF-8 (the first such letter is in line %(line)d of the file).") % {"line": line},
            _("In Excel: Save as, “CSV UTF-8”. Elsewhere: choose UTF-8 when exporting."),
            row=line,
        ) from None


def _delimiter(text: str) -> str:
    """The sign between the column names, which hold none of these signs themselves."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=header.count)
