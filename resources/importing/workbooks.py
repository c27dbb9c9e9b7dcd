"""Rows of Excel workbooks (.xlsx). Formulas are never evaluated; the size is known before anything is unpacked."""

import datetime
import functools
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from assets.documents import ARCHIVE_FAULTS
from resources.importing.problems import ImportRefused, Problem, refuse
from resources.importing.tables import RawRow

MOST_UNPACKED_BYTES = 400 * 1024 * 1024
MOST_MEMBERS = 2_000
# Spreadsheets compress well, some twenty times; a bomb is packed a thousand times.
HIGHEST_RATIO = 200
MOST_COLUMNS = 500
# No spreadsheet has more; openpyxl makes every empty row before the number that a row says it has.
MOST_ROWS = 1_048_576
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
# Of a number format: texts in quotes, escaped and filling characters, colours, languages, halves of the day.
_NOT_SHOWN = re.compile(r'"[^"]*"?|[\\_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]|am/pm|a/p', re.IGNORECASE | re.DOTALL)
# Years are also written e and b, in the calendars of East Asia.
_FORMAT_TOKEN = re.compile(r"y+|m+|d+|h+|s+|e+|b+")
# openpyxl takes what the parts say as given, and trips over it in many ways where it cannot be.
_FAULTS = (*ARCHIVE_FAULTS, InvalidFileException, SyntaxError, TypeError, AttributeError, ArithmeticError)


def read_rows(path: Path) -> Iterator[RawRow]:
    """The rows of the first sheet. Raises ImportRefused, also where the file is damaged."""
    try:
        _check_package(path)
        workbook = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
        try:
            sheet = workbook.worksheets[0]
            _check_merged_cells(path, sheet)
            yield from _rows(sheet)
        finally:
            workbook.close()
    except _FAULTS:
        raise _damaged() from None


def _damaged() -> ImportRefused:
    return refuse(
        _("The file is damaged or is not an Excel workbook."), _("Open it in your spreadsheet and save it as .xlsx.")
    )


def _check_package(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        _check_size(path, package.infolist())
        # A part that is lost is not missed by openpyxl: without their styles, dates would be numbers.
        if package.testzip() is not None:
            raise _damaged()


def _check_size(path: Path, members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = max(1, path.stat().st_size)
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED_BYTES:
        raise refuse(
            _("The workbook unpacks to %(megabytes)d MB, which is too much.") % {"megabytes": unpacked // 1024**2},
            _("Copy the rows into a new workbook, or save them as CSV UTF-8."),
        )
    if unpacked > 10 * 1024**2 and unpacked / packed > HIGHEST_RATIO:
        raise refuse(
            _("The workbook is packed far more tightly than spreadsheets are."),
            _("Copy the rows into a new workbook, or save them as CSV UTF-8."),
        )


def _check_merged_cells(path: Path, sheet) -> None:
    """Merged cells say nothing about the rows they cover but the first."""
    problems: list[Problem] = []
    with zipfile.ZipFile(path) as package, package.open(sheet._worksheet_path) as stream:
        rest = b""
        while chunk := stream.read(1024 * 1024):
            data = rest + chunk
            cut = data.rfind(b"<")
            text, rest = (data[:cut], data[cut:]) if cut > 0 else (data, b"")
            problems += [_merged(match) for match in _MERGED.finditer(text)]
        problems += [_merged(match) for match in _MERGED.finditer(rest)]
    if problems:
        raise ImportRefused(problems)


def _merged(match: re.Match) -> Problem:
    first_column, first_row, last_column, last_row = (part.decode() for part in match.groups())
    return Problem(
        int(first_row),
        "",
        _("The cells %(range)s are merged.") % {"range": f"{first_column}{first_row}:{last_column}{last_row}"},
        _("Undo the merging and write the value in every row it belongs to."),
    )


def _rows(sheet) -> Iterator[RawRow]:
    problems: list[Problem] = []
    header: list[str] = []
    # Some programs write a wrong size, and rows beyond it would be left out.
    sheet.reset_dimensions()
    empty = None
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        if number > MOST_ROWS:
            raise _damaged()
        # All rows that openpyxl makes up are one and the same; there may be a million.
        if cells is empty:
            continue
        filled = max((i for i, cell in enumerate(cells, start=1) if cell.value not in (None, "")), default=0)
        if not filled:
            empty = cells
            continue
        row = []
        for position, cell in enumerate(cells[:filled]):
            if cell.data_type in ("f", "e"):
                column = header[position] if position < len(header) else ""
                problems.append(_not_a_value(number, column, cell))
            row.append(_text(cell))
        header = header or row
        if not problems:
            yield number, row
    if problems:
        raise ImportRefused(problems)


def _not_a_value(number: int, column: str, cell) -> Problem:
    if cell.data_type == "e":
        return Problem(
            number, column, _("The cell holds an error (%(value)s).") % {"value": cell.value}, _("Correct it.")
        )
    return Problem(
        number,
        column,
        _("The cell holds a formula, and formulas are not evaluated."),
        _("Copy it and paste only its value; a text that begins with = needs an apostrophe before it."),
    )


def _text(cell) -> str:
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime.date():
            return value.isoformat()[: _shown_length(cell.number_format)]
        case float() if value.is_integer():
            return str(int(value))
    return str(value)


@functools.lru_cache(maxsize=256)
def _shown_length(number_format: str) -> int:
    """How much of an ISO date the cell shows. Excel makes a whole date of 2024-06, and shows its month alone."""
    tokens = _FORMAT_TOKEN.findall(_NOT_SHOWN.sub("", number_format).lower().partition(";")[0])
    shown = set()
    for before, token, after in zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False):
        is_minutes = token in ("m", "mm") and (before.startswith("h") or after.startswith("s"))
        shown.add("minutes" if is_minutes else token[0])
    if "d" in shown or not shown & {"y", "e", "b", "m"}:
        return len("2024-06-12")
    return len("2024-06") if "m" in shown else len("2024")
