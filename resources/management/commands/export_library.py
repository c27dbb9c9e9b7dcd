"""`manage.py export_library FILE`: every resource, convening and recording as a table that can be imported again."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from resources.importing.exporting import export_library
from resources.importing.problems import ImportRefused
from resources.management.progress import ProgressBar


class Command(BaseCommand):
    help = "Exports works to a table, one row a work: .csv, .xlsx or .jsonl."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="The table to write; an existing file is replaced.")

    def handle(self, file: Path, **options):
        bar = ProgressBar(self.stderr if options["verbosity"] else None, sys.stderr.isatty())
        try:
            count = export_library(file, lambda done, total: bar.show("export", done, total))
        except ImportRefused as refused:
            raise CommandError(str(refused)) from None
        finally:
            bar.end()
        if options["verbosity"]:
            self.stdout.write(f"Exported {count} works to {file}.")
