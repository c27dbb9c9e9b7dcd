"""Writes works as a table that can be imported again and then changes nothing."""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from resources.importing.columns import KEPT, Column
from resources.importing.library import CHUNK, Library
from resources.importing.loading import load_works
from resources.importing.problems import refuse
from resources.importing.schema import IDENTITY, file_columns, known_columns
from resources.importing.tables import FORMATS, escaped
from resources.importing.works import LANGUAGES, MODELS
from resources.models import CaptionTrack, RecordingFile, ResourceFile

# What a cell of a workbook can hold.
LONGEST_EXCEL_CELL = 32_000
ORDER = ("convening", "recording", "resource")


def export_library(path: Path, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Writes all works of importable types, drafts too, to a .csv, .xlsx or .jsonl file; returns how many.

    Raises ImportRefused where the name of the file says no format.
    """
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise refuse(
            _("Files named “%(suffix)s” cannot be written.") % {"suffix": suffix or path.name},
            _("Name the file .csv, .xlsx or .jsonl."),
        )
    columns = [*known_columns().values(), *file_columns(_further_languages())]
    library = Library()
    keys = _keys(library)
    writers = {".csv": _write_csv, ".xlsx": _write_workbook, ".jsonl": _write_json_lines}
    header = [*IDENTITY, *(column.name for column in columns)]
    writers[suffix](path, header, _rows(keys, columns, library, progress))
    return len(keys)


def _further_languages() -> list[str]:
    """Languages of files besides those of the site."""
    languages: set[str] = set()
    for model in (ResourceFile, RecordingFile, CaptionTrack):
        languages |= set(model.objects.order_by().values_list("language", flat=True).distinct())
    return sorted(languages - set(LANGUAGES))


def _keys(library: Library) -> list[str]:
    """Works in the order in which they refer to one another, each type by key."""
    models = {MODELS[name]._meta.model_name: ORDER.index(name) for name in ORDER}
    places = {key: models[model] for key, model in library.existing.items() if model in models}
    return sorted(places, key=lambda key: (places[key], key))


def _rows(
    keys: list[str], columns: list[Column], library: Library, progress: Callable[[int, int], None]
) -> Iterator[list[str]]:
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        works = load_works(chunk)
        for key in chunk:
            work = works[key]
            yield [key, work.work_type, *(_cell(column, work, library) for column in columns)]
        progress(start + len(chunk), len(keys))


def _cell(column: Column, work, library: Library) -> str:
    if work.work_type not in column.types:
        return ""
    return column.cell_of(column.value_of(work, library), library)


def _write_csv(path: Path, header: list[str], rows: Iterator[list[str]]) -> None:
    # The mark at the beginning tells Excel that the letters are UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for row in rows:
            writer.writerow([escaped(cell) for cell in row])


def _write_workbook(path: Path, header: list[str], rows: Iterator[list[str]]) -> None:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("library")
    sheet.freeze_panes = "B2"
    sheet.append(header)
    for row in rows:
        cells = [
            KEPT if name.startswith("body_") and len(cell) > LONGEST_EXCEL_CELL else cell
            for name, cell in zip(header, row, strict=True)
        ]
        sheet.append([escaped(ILLEGAL_CHARACTERS_RE.sub("", cell)) for cell in cells])
    workbook.save(path)


def _write_json_lines(path: Path, header: list[str], rows: Iterator[list[str]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            filled = {name: cell for name, cell in zip(header, row, strict=True) if cell}
            file.write(json.dumps(filled, ensure_ascii=False) + "\n")
