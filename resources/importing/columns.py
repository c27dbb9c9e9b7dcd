"""The columns of a table of works: what a cell may say, and the same said of a work in the library.

A cell is parsed into a value; the value of a work in the library has the same form. Where the two are equal, nothing
has changed; where they differ, the value is written; an export writes the values of works back into cells.
"""

import datetime
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from resources.dates import parse_partial_date
from resources.importing import rich_text
from resources.importing.attached_files import UnusableFile
from resources.importing.problems import BadCell, shortened
from resources.importing.tables import plain
from resources.importing.vocabularies import UnknownName
from resources.importing.works import MODELS, Work
from resources.models.catalog import LANGUAGE_TAG

if TYPE_CHECKING:
    from resources.importing.library import Library

Value = Any
EARLIEST_YEAR, LATEST_YEAR = 1800, 2100
# What an export writes for a body with blocks that a cell cannot hold; importing it leaves the body as it is.
KEPT = "[kept]"


@dataclass(frozen=True)
class Column(ABC):
    """One column. `types` are the types of works it speaks of; `language` is the edition's, where it has one."""

    name: str
    types: frozenset[str]
    language: str = ""

    @property
    def needs_edition(self) -> bool:
        """Whether it is of the edition in its language; files in a language are of the work as a whole."""
        return bool(self.language) and not self.name.startswith(("file_", "link_", "captions_"))

    @abstractmethod
    def parse(self, cell: str, type_name: str, library: "Library") -> Value:
        """The value of a cell. Raises BadCell."""

    @abstractmethod
    def value_of(self, work: Work, library: "Library") -> Value:
        """The value of the work as it is now."""

    def cell_of(self, value: Value, library: "Library") -> str:
        return value or ""

    @abstractmethod
    def write(self, work: Work, value: Value, library: "Library") -> None:
        """Gives the work the value."""


def checked(model: type[Model], field_name: str, text: str) -> str:
    """The text, if the model field accepts it. Raises BadCell."""
    if text:
        try:
            model._meta.get_field(field_name).run_validators(text)
        except ValidationError as error:
            raise BadCell(" ".join(error.messages), _("Correct the cell.")) from None
    return text


def listed(cell: str) -> list[str]:
    """The items of a cell, each once."""
    return list(dict.fromkeys(item for part in cell.split(";") if (item := part.strip())))


@dataclass(frozen=True)
class TextColumn(Column):
    """A text of the source edition, or of the edition in `language`."""

    field: str = ""

    def parse(self, cell, type_name, library):
        return checked(MODELS[type_name], self.field, cell)

    def value_of(self, work, library):
        edition = work.editions.get(self.language) if self.language else work.source
        return plain(getattr(edition, self.field)) if edition else ""

    def write(self, work, value, library):
        setattr(work.editions[self.language] if self.language else work.source, self.field, value)


@dataclass(frozen=True)
class SlugColumn(TextColumn):
    """The last part of the address."""

    def parse(self, cell, type_name, library):
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", cell):
            raise BadCell(
                _("“%(text)s” is not a part of an address.") % {"text": shortened(cell)},
                _("Use lower-case letters without accents, digits and hyphens."),
            )
        return checked(MODELS[type_name], self.field, cell)


@dataclass(frozen=True)
class BodyColumn(Column):
    """The body of an edition, as plain text or HTML."""

    def parse(self, cell, type_name, library):
        return KEPT if cell == KEPT else rich_text.clean(cell)

    def value_of(self, work, library):
        edition = work.editions.get(self.language)
        if edition is None:
            return ""
        body = rich_text.of_stream(edition.body.raw_data, library.key_of)
        return KEPT if body is None else body

    def write(self, work, value, library):
        if value != KEPT:
            work.bodies[self.language] = value


@dataclass(frozen=True)
class DateColumn(Column):
    """A date of which the day or month may be unknown. `fields`: type → date field and its precision."""

    fields: dict[str, tuple[str, str]] = field(default_factory=dict, hash=False)

    def parse(self, cell, type_name, library):
        return _date_text(*_parse_date(cell)) if cell else ""

    def value_of(self, work, library):
        name, precision = self.fields[work.work_type]
        return _date_text(getattr(work.source, name), getattr(work.source, precision))

    def write(self, work, value, library):
        name, precision = self.fields[work.work_type]
        date, known = parse_partial_date(value) if value else (None, "day")
        setattr(work.source, name, date)
        setattr(work.source, precision, known)


@dataclass(frozen=True)
class WholeDateColumn(Column):
    """A date with its day."""

    field: str = ""

    def parse(self, cell, type_name, library):
        if not cell:
            return ""
        date, precision = _parse_date(cell)
        if precision != "day":
            raise BadCell(_("The day is missing."), _("Write a whole date such as 2024-06-12."))
        return date.isoformat()

    def value_of(self, work, library):
        date = getattr(work.source, self.field)
        return date.isoformat() if date else ""

    def write(self, work, value, library):
        setattr(work.source, self.field, datetime.date.fromisoformat(value) if value else None)


def _parse_date(cell: str) -> tuple[datetime.date, str]:
    try:
        date, precision = parse_partial_date(cell)
    except ValueError:
        date, precision = None, ""
    if date is None or not EARLIEST_YEAR <= date.year <= LATEST_YEAR:
        raise BadCell(
            _("“%(text)s” is not a date.") % {"text": shortened(cell)},
            _("Write 2024-06-12, 2024-06 or 2024: year, month, day."),
        )
    return date, precision


def _date_text(date: datetime.date | None, precision: str) -> str:
    return date.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)] if date else ""


@dataclass(frozen=True)
class NamesColumn(Column):
    """Names of rows or works: a many-to-many field, or child rows that point to them in order (`through`)."""

    target: type[Model] | None = None
    relation: str = ""
    through: Callable[[type], tuple[type[Model], str]] | None = None

    def parse(self, cell, type_name, library):
        vocabulary, found, unknown = library.vocabularies.of(self.target), [], []
        for name in listed(cell):
            try:
                found.append(vocabulary.find(name).pk)
            except UnknownName as error:
                unknown.append(error)
            except ValidationError as error:
                raise BadCell(f"“{shortened(name)}”: {' '.join(error.messages)}", _("Correct the name.")) from None
        if unknown:
            raise BadCell(
                " ".join(error.message for error in unknown), " ".join(dict.fromkeys(e.remedy for e in unknown))
            )
        return self.ordered(found)

    def ordered(self, ids: Iterable[int]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(ids)) if self.through else tuple(sorted(set(ids)))

    def value_of(self, work, library):
        if self.through:
            _model, name = self.through(work.model)
            return self.ordered(getattr(row, f"{name}_id") for row in work.rows(self.relation))
        return self.ordered(row.pk for row in work.related(self.relation))

    def cell_of(self, value, library):
        vocabulary = library.vocabularies.of(self.target)
        return "; ".join(vocabulary.label(vocabulary.rows[pk]) for pk in value)

    def write(self, work, value, library):
        rows = [library.vocabularies.of(self.target).rows[pk] for pk in value]
        if self.through:
            model, name = self.through(work.model)
            work.children[self.relation] = [model(**{name: row}) for row in rows]
        else:
            work.relations[self.relation] = rows


@dataclass(frozen=True)
class ChoiceOfOneColumn(Column):
    """The name of one row, kept in a foreign key."""

    target: type[Model] | None = None
    field: str = ""

    def parse(self, cell, type_name, library):
        if not cell:
            return None
        try:
            return library.vocabularies.of(self.target).find(cell).pk
        except UnknownName as error:
            raise BadCell(error.message, error.remedy) from None

    def value_of(self, work, library):
        return getattr(work.source, f"{self.field}_id")

    def cell_of(self, value, library):
        vocabulary = library.vocabularies.of(self.target)
        return vocabulary.label(vocabulary.rows[value]) if value else ""

    def write(self, work, value, library):
        setattr(work.source, self.field, library.vocabularies.of(self.target).rows[value])


def listed_addresses(cell: str) -> list[str]:
    """The addresses of a cell; a semicolon inside an address does not divide it."""
    return list(dict.fromkeys(item for part in re.split(r";(?=\s|https?://|$)", cell) if (item := part.strip())))


def is_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))


def language_of_column(name: str) -> str | None:
    """The language tag at the end of `file_…`, `link_…` or `captions_…`, where it is one."""
    prefix, separator, tag = name.partition("_")
    if separator and prefix in ("file", "link", "captions") and re.fullmatch(LANGUAGE_TAG.regex.pattern, tag):
        return tag
    return None


def unusable(error: UnusableFile | UnknownName) -> BadCell:
    return BadCell(error.message, error.remedy)
