"""Rows of JSON lines: one object a line, with the names of columns; lists may be written as lists."""

import json
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from resources.importing.problems import ImportRefused, Problem, refuse
from resources.importing.tables import MOST_ROWS, NO_TEXT, RawRow, escaped


def read_rows(path: Path) -> Iterator[RawRow]:
    """The names of all columns as the first row, then the rows. Row numbers are the numbers of lines."""
    problems: list[Problem] = []
    objects: list[tuple[int, dict[str, str]]] = []
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError:
        raise refuse(_("The text is not UTF-8."), _("Save the file as UTF-8.")) from None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if len(objects) > MOST_ROWS:
            break
        try:
            objects.append((number, _cells(line)))
        except ValueError as error:
            problems.append(Problem(number, "", str(error), _('Write one object a line: {"key": "…", "type": "…"}.')))
    if problems:
        raise ImportRefused(problems)
    columns = list(dict.fromkeys(name for _number, cells in objects for name in cells))
    if columns:
        yield 0, columns
    for number, cells in objects:
        yield number, [cells.get(name, "") for name in columns]


def _cells(line: str) -> dict[str, str]:
    try:
        value = json.loads(line, object_pairs_hook=_single_names)
    except json.JSONDecodeError:
        raise ValueError(_("The line is not JSON.")) from None
    except RecursionError:
        raise ValueError(_("The line is nested too deeply.")) from None
    if not isinstance(value, dict):
        raise ValueError(_("The line is not an object."))
    return {name: _cell(name, content) for name, content in value.items()}


def _single_names(pairs: list[tuple[str, object]]) -> dict:
    names = [name for name, _value in pairs]
    for name in names:
        if NO_TEXT.search(name):
            # It is not repeated: no answer could hold it.
            raise ValueError(_("The name of a column holds characters that are not text."))
        if names.count(name) > 1:
            raise ValueError(_("“%(name)s” is given twice.") % {"name": name})
    return dict(pairs)


def _cell(name: str, value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str() | int() | float():
            return escaped(str(value))
        case list() if all(isinstance(item, str | int) for item in value):
            return escaped("; ".join(str(item) for item in value))
    raise ValueError(_("“%(name)s” is neither a text nor a list of texts.") % {"name": name})
