"""Reads a table from a file, whatever its format, within limits that are checked before anything is parsed."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from resources.importing.problems import ImportRefused, Problem, refuse, shortened

MOST_BYTES = 100 * 1024 * 1024
MOST_ROWS = 50_000
MOST_CHARACTERS = 200_000
FORMATS = (".csv", ".xlsx", ".jsonl")
# Invisible characters that no text needs, except tabulators and line ends; and halves of characters, which JSON can
# write (“\ud83d”) and nothing can store.
NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# UTF-8 that was read in another encoding: “Ã±” for “ñ”, “â€œ” for “"”.
_MISREAD = re.compile("Ã[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ]|â€[œ\x9d™˜“”\x80-\x9f]|\ufffd")
# What a spreadsheet would take for a formula: see `escaped`.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Row:
    """The cells of one row by column name; `number` is the row's number in a spreadsheet."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """The columns of a file and its rows that are not empty."""

    columns: tuple[str, ...]
    rows: list[Row]


# A row as a format reads it: its number and its cells in the order of the columns.
RawRow = tuple[int, list[str]]


def read_table(path: Path) -> Table:
    """Reads CSV, Excel (.xlsx) or JSON lines. Raises ImportRefused with every problem found."""
    from resources.importing import csv_files, json_lines, workbooks

    readers: dict[str, Callable[[Path], Iterator[RawRow]]] = {
        ".csv": csv_files.read_rows,
        ".xlsx": workbooks.read_rows,
        ".jsonl": json_lines.read_rows,
    }
    if not path.is_file():
        raise refuse(_("There is no file “%(name)s”.") % {"name": path.name}, _("Check the path."))
    suffix = path.suffix.lower()
    if suffix not in readers:
        raise refuse(
            _("Files named “%(suffix)s” cannot be imported.") % {"suffix": suffix or path.name},
            _("Save the table as .csv, .xlsx or .jsonl."),
        )
    size = path.stat().st_size
    if size == 0:
        raise refuse(_("The file is empty."), _("Save it anew with a row of column names and a row for each work."))
    if size > MOST_BYTES:
        raise refuse(
            _("The file is larger than %(megabytes)d MB.") % {"megabytes": MOST_BYTES // 1024**2},
            _("Split it into several files."),
        )
    return _table(readers[suffix](path))


def _table(rows: Iterator[RawRow]) -> Table:
    rows = ((number, cells) for number, cells in rows if any(cell.strip() for cell in cells))
    number, header = next(rows, (1, []))
    columns = tuple(
        name.strip().lower() if name.lower().startswith(("key", "type")) else name.strip() for name in header
    )
    while columns and not columns[-1]:
        columns = columns[:-1]
    if not columns:
        raise refuse(_("The file has no rows."), _("The first row names the columns, for example key,type,title_en."))
    problems: list[Problem] = []
    kept: list[Row] = []
    for number, cells in rows:
        if len(kept) >= MOST_ROWS:
            raise refuse(
                _("The file has more than %(count)d rows.") % {"count": MOST_ROWS}, _("Split it into several files.")
            )
        surplus = [cell for cell in cells[len(columns) :] if cell.strip()]
        if surplus:
            problems.append(_too_many_cells(number, surplus[0]))
        row = Row(number, {name: tidy(cell) for name, cell in zip(columns, cells, strict=False)})
        problems += _unreadable_cells(row)
        kept.append(row)
    if problems:
        raise ImportRefused(problems)
    if not kept:
        raise refuse(_("The file has column names and no rows."), _("Write a row for each work."))
    return Table(columns, kept)


def _too_many_cells(number: int, surplus: str) -> Problem:
    return Problem(
        number,
        "",
        _("The row has more cells than there are columns, from “%(text)s” on.") % {"text": shortened(surplus)},
        _("Put cells that hold commas or line ends in double quotes, or name the column."),
    )


def _unreadable_cells(row: Row) -> Iterator[Problem]:
    for column, cell in row.cells.items():
        if len(cell) > MOST_CHARACTERS:
            message = _("The cell has more than %(count)d characters.") % {"count": MOST_CHARACTERS}
            yield Problem(row.number, column, message, _("Attach long texts as a file, in a file_ column."))
        elif NO_TEXT.search(cell):
            message = _("The cell holds characters that are not text.")
            yield Problem(row.number, column, message, _("Delete the cell and type it anew."))
        elif misread := _MISREAD.search(cell):
            context = cell[max(0, misread.start() - 15) : misread.end() + 15]
            message = _("Letters are broken: “%(text)s”.") % {"text": context}
            yield Problem(row.number, column, message, _("Export the table anew as UTF-8 and correct the cell."))


def tidy(cell: str) -> str:
    """The text of a cell, without the apostrophe of `escaped`."""
    text = plain(cell)
    if text.startswith("'") and text[1:].lstrip("'").startswith(FORMULA_STARTS):
        return text[1:]
    return text


def plain(text: str) -> str:
    """The text with one kind of line end and nothing around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def escaped(text: str) -> str:
    """The text as a spreadsheet may open it: an apostrophe keeps what looks like a formula from being one."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_STARTS) else text
