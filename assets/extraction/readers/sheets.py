"""Excel (.xlsx) by sheet: its name and the values that its cells show. Hidden sheets are not for the public."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import BinaryIO

from openpyxl import load_workbook

from assets.extraction.limits import Limits
from assets.extraction.readers import Reading
from assets.extraction.readers.archives import open_archive


def read(file: BinaryIO, limits: Limits) -> Reading:
    open_archive(file, limits)
    workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    sheets = workbook.worksheets
    return Reading("sheet", len(sheets), (_text(sheet, limits) for sheet in sheets))


def _text(sheet, limits: Limits) -> str:
    return "\n".join(_rows(sheet, limits)) if sheet.sheet_state == "visible" else ""


def _rows(sheet, limits: Limits) -> Iterator[str]:
    yield sheet.title
    sheet.reset_dimensions()  # what the file says of its own size may be wrong
    left = limits.characters + 1
    for row in sheet.iter_rows(values_only=True):
        line = "\t".join(_shown(value) for value in row if value is not None)
        if line:
            yield line[:left]
            left -= len(line) + 1
            if left <= 0:
                return


def _shown(value) -> str:
    if isinstance(value, float):
        return format(value, ".12g")
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    return str(value)
