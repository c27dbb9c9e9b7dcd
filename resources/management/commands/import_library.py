"""`manage.py import_library FILE`: works from a table (CSV, Excel, JSON lines), all of them or none."""

import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from resources.importing.problems import ImportRefused
from resources.importing.service import ImportReport, import_library
from resources.management.progress import ProgressBar


class Command(BaseCommand):
    help = "Imports works from a table, one row a work: .csv, .xlsx or .jsonl."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="The table; paths of files in it are relative to its folder.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen, and change nothing.")
        parser.add_argument(
            "--create-terms", action="store_true", help="Create terms and names that are not known yet."
        )
        parser.add_argument(
            "--language",
            choices=[code for code, _name in settings.LANGUAGES],
            default=settings.LANGUAGE_CODE,
            help="The language of messages.",
        )

    def handle(self, file: Path, dry_run: bool, create_terms: bool, language: str, **options):
        with override(language):
            bar = ProgressBar(self.stderr if options["verbosity"] else None, sys.stderr.isatty())
            try:
                report = import_library(
                    file, folder=file.parent, dry_run=dry_run, create_terms=create_terms, progress=bar.show
                )
            except ImportRefused as refused:
                bar.end()
                raise CommandError(refusal(refused)) from None
            bar.end()
            if options["verbosity"]:
                self.stdout.write(summary(report))


def refusal(refused: ImportRefused) -> str:
    count = len(refused.problems)
    heading = ngettext(
        "Nothing was imported: %(count)d problem.", "Nothing was imported: %(count)d problems.", count
    ) % {"count": count}
    return "\n".join([heading, *map(str, refused.problems)])


def summary(report: ImportReport) -> str:
    counts = {"new": len(report.new), "changed": len(report.changed), "unchanged": report.unchanged}
    if report.dry_run:
        lines = [_("Nothing was written. New: %(new)d, changed: %(changed)d, unchanged: %(unchanged)d.") % counts]
    else:
        lines = [_("Imported. New: %(new)d, changed: %(changed)d, unchanged: %(unchanged)d.") % counts]
    for kind, names in report.terms.items():
        lines.append(_("New among the %(kind)s: %(names)s.") % {"kind": kind, "names": "; ".join(names)})
    return "\n".join(lines)
