"""Rows of a table read into values: which work each is about, and what its cells say."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from resources.importing.columns import BadCell, Column
from resources.importing.file_columns import CONVENING_LINK
from resources.importing.library import Library
from resources.importing.pairing import untitled
from resources.importing.problems import ProblemList, did_you_mean, folded, quoted, shortened
from resources.importing.schema import IDENTITY, column_named, known_columns
from resources.importing.tables import Row, Table
from resources.importing.vocabularies import UnknownName
from resources.importing.works import LANGUAGES, MODELS
from resources.models import ResourceType


@dataclass
class ParsedRow:
    """What one row says: values by column, and the languages it has a title in."""

    number: int
    key: str
    type: str
    languages: tuple[str, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)


def columns_of(table: Table, problems: ProblemList) -> dict[str, Column]:
    """The columns of the table by name. A table whose columns are not clear is not read any further."""
    found: dict[str, Column] = {}
    for position, name in enumerate(table.columns):
        column = column_named(name)
        if name in table.columns[:position]:
            problems.add(1, name, _("The column is there twice."), _("Keep one of the two."))
        elif column:
            found[name] = column
        elif name not in IDENTITY:
            known = [*IDENTITY, *known_columns()]
            remedy = did_you_mean(name, known) if name else _("Name the column, or empty it.")
            problems.add(1, name or "?", _("The column “%(name)s” is not known.") % {"name": shortened(name)}, remedy)
    if "key" not in table.columns:
        problems.add(1, "key", _("The column “key” is missing."), _("Give each work a key that stays the same."))
    problems.stop_if_any()
    return found


def check_dates(row: ParsedRow, start: str, end: str, problems: ProblemList) -> None:
    """The last day is not before the first, as far as the first is known."""
    if start and end and end[: len(start)] < start:
        column = "date_end" if "date_end" in row.values else "date"
        problems.add(row.number, column, _("The last day is before the first."), _("Correct one of the two dates."))


class RowReader:
    """Reads all rows of a table; notes every problem."""

    def __init__(self, table: Table, library: Library, problems: ProblemList):
        self.table, self.library, self.problems = table, library, problems
        self.columns = columns_of(table, problems)
        # A column's cells often say the same: each is parsed once for a type.
        self.parsed: dict[tuple[str, str, str], Any] = {}
        self.first_rows: dict[str, int] = {}

    def read(self) -> list[ParsedRow]:
        rows = [parsed for row in self.table.rows if (parsed := self.identify(row))]
        self.library.row_types = {row.key: row.type for row in rows}
        by_number = {row.number: row for row in self.table.rows}
        for row in rows:
            self.read_cells(row, by_number[row.number].cells)
        return rows

    # Which work, of which type

    def identify(self, row: Row) -> ParsedRow | None:
        key = row.cells.get("key", "")
        if not key or key != slugify(key) or len(key) > 100:
            self.problems.add(row.number, "key", *self.bad_key(row, key))
            return None
        first = self.first_rows.setdefault(key, row.number)
        if first != row.number:
            self.problems.add(
                row.number,
                "key",
                _("The key “%(key)s” is already in row %(row)d.") % {"key": key, "row": first},
                _("Give one of the two another key, or delete one row."),
            )
            return None
        type_name = self.type_of(row, key)
        return ParsedRow(row.number, key, type_name) if type_name else None

    def bad_key(self, row: Row, key: str) -> tuple[str, str]:
        title = next((text for language in LANGUAGES if (text := row.cells.get(f"title_{language}"))), "")
        proposal = slugify(key or title)[:100] or "guide-to-reclassification"
        message = _("The key is missing.") if not key else _("“%(key)s” is not a key.") % {"key": shortened(key)}
        return message, _("Write lower-case letters, digits and hyphens, for example %(key)s.") % {"key": proposal}

    def type_of(self, row: Row, key: str) -> str | None:
        """resource, recording or convening. A resource type means a resource of it."""
        cell, existing = row.cells.get("type", ""), self.library.existing.get(key)
        held = next((name for name, model in MODELS.items() if model._meta.model_name == existing), None)
        if existing and not held:
            message = _("The key “%(key)s” is that of a page that cannot be imported.") % {"key": key}
            self.problems.add(row.number, "key", message, _("Choose another key; such pages are edited in the admin."))
            return None
        name = folded(cell)
        if name in MODELS:
            type_name = name
        elif name:
            try:
                resource_type = self.library.vocabularies.of(ResourceType).find(cell)
            except UnknownName:
                self.problems.add(row.number, "type", *self.unknown_type(cell))
                return None
            type_name = "resource"
            row.cells.setdefault("resource_type", "")
            if row.cells["resource_type"] and folded(row.cells["resource_type"]) not in self.names_of(resource_type):
                message = _("The columns type and resource_type say two things.")
                self.problems.add(row.number, "resource_type", message, _("Keep one of them."))
            row.cells["resource_type"] = resource_type.slug
        else:
            type_name = held or ("resource" if row.cells.get("resource_type") else "")
        if not type_name:
            remedy = _("Write one of %(names)s.") % {"names": quoted(MODELS)}
            self.problems.add(row.number, "type", _("The type is missing."), remedy)
        elif held and type_name != held:
            message = _("The work “%(key)s” is of the type “%(type)s”.") % {"key": key, "type": held}
            self.problems.add(row.number, "type", message, _("Keep its type, or choose another key."))
            return None
        return type_name

    def unknown_type(self, cell: str) -> tuple[str, str]:
        known = [*MODELS, *(row.slug for row in ResourceType.objects.all())]
        return _("The type “%(type)s” is not known.") % {"type": shortened(cell)}, did_you_mean(cell, known)

    def names_of(self, term) -> set[str]:
        return {folded(name) for name in (term.slug, term.name_en, term.name_es)}

    # What the cells say

    def read_cells(self, row: ParsedRow, cells: dict[str, str]) -> None:
        is_new = row.key not in self.library.existing
        row.languages = tuple(language for language in LANGUAGES if cells.get(f"title_{language}"))
        if is_new and not row.languages:
            remedy = _("Fill one of %(names)s.") % {"names": ", ".join(f"title_{language}" for language in LANGUAGES)}
            self.problems.add(row.number, "", _("The title is missing."), remedy)
        columns = dict(self.columns)
        if "resource_type" in cells:
            columns.setdefault("resource_type", known_columns()["resource_type"])
        for name, column in columns.items():
            cell = cells.get(name, "")
            if self.applies(row, column, cell, cells):
                self.read_cell(row, column, cell)
        if is_new and row.type == "resource" and not row.values.get("resource_type"):
            self.require_resource_type(row)
        if row.type == "convening":
            self.join_links(row)
        check_dates(row, row.values.get("date", ""), row.values.get("date_end", ""), self.problems)

    def require_resource_type(self, row: ParsedRow) -> None:
        if (row.number, "resource_type") in self.problems.places:
            return
        known = ", ".join(term.slug for term in self.library.vocabularies.of(ResourceType).rows.values())
        self.problems.add(
            row.number,
            "resource_type",
            _("The kind of resource is missing."),
            _("Write one of %(names)s.") % {"names": known},
        )

    def applies(self, row: ParsedRow, column: Column, cell: str, cells: dict[str, str]) -> bool:
        """Whether the cell says something. An empty cell empties a field, save titles, addresses and places."""
        if row.type not in column.types:
            if cell:
                names = ", ".join(sorted(column.types))
                message = _("This column does not belong to works of the type “%(type)s”.") % {"type": row.type}
                remedy = _("Empty the cell; the column is for: %(names)s.") % {"names": names}
                self.problems.add(row.number, column.name, message, remedy)
            return False
        # Without a column of titles, a work of the library may have the edition all the same: the planner knows.
        is_decided = f"title_{column.language}" in self.columns or row.key not in self.library.existing
        if column.needs_edition and column.language not in row.languages and is_decided:
            if cell:
                self.problems.add(row.number, column.name, *untitled(column.language))
            return False
        never_emptied = column.name.startswith(("title_", "slug_")) or column.name in ("resource_type", "convening")
        return bool(cell) or not never_emptied

    def read_cell(self, row: ParsedRow, column: Column, cell: str) -> None:
        place = (row.type, column.name, cell)
        if place not in self.parsed:
            try:
                self.parsed[place] = column.parse(cell, row.type, self.library)
            except BadCell as error:
                self.parsed[place] = error
        value = self.parsed[place]
        if isinstance(value, BadCell):
            self.problems.add(row.number, column.name, value.message, value.remedy)
        else:
            row.values[column.name] = value

    def join_links(self, row: ParsedRow) -> None:
        """A convening has one address, in whichever column it stands."""
        names = [f"link_{language}" for language in LANGUAGES if f"link_{language}" in row.values]
        if names:
            address = next((row.values[name] for name in names if row.values[name]), ())
            for name in names:
                del row.values[name]
            row.values[f"link_{CONVENING_LINK}"] = address
