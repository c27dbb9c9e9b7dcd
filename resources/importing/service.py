"""The door of imports: reads a file, says what it would do, and does it wholly or not at all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from resources.importing.alone import alone
from resources.importing.library import Library
from resources.importing.planning import Planner
from resources.importing.problems import ProblemList, refuse
from resources.importing.rows import RowReader
from resources.importing.tables import read_table
from resources.importing.writing import Writer
from resources.stored_files import taken_back_on_failure

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or would do (`dry_run`)."""

    dry_run: bool
    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    # Name of the kind → new terms, people and organizations.
    terms: dict[str, list[str]] = field(default_factory=dict)


def import_library(
    path: Path,
    *,
    folder: Path | None,
    dry_run: bool = False,
    create_terms: bool = False,
    progress: Progress = lambda stage, done, total: None,
) -> ImportReport:
    """Imports a table of works. `folder` holds the files that it names; None where there is none.

    `progress` is told (stage: `read`, `compare` or `write`; rows done; rows in all). Raises ImportRefused with every
    problem; then nothing is kept, neither in the database nor on disk.
    """
    table = read_table(path)
    progress("read", len(table.rows), len(table.rows))
    library, problems = Library(folder, create_terms), ProblemList()
    with alone(), taken_back_on_failure(library.files.stored), transaction.atomic():
        rows = RowReader(table, library, problems).read()
        plan = Planner(rows, library, problems).make(lambda done, total: progress("compare", done, total))
        problems.stop_if_any()
        if dry_run:
            transaction.set_rollback(True)
        else:
            try:
                Writer(plan, library, lambda done, total: progress("write", done, total)).write()
            except ValidationError as error:
                # The plan should have seen it; an editor shall read it all the same.
                raise refuse(" ".join(error.messages), _("Correct the table or the work, then try again.")) from None
    return ImportReport(
        dry_run=dry_run,
        new=tuple(row.key for row in [*plan.implied, *plan.new]),
        changed=tuple(row.key for row in plan.changed),
        unchanged=plan.unchanged,
        terms=library.vocabularies.created(),
    )
