"""Loads the site's own content."""

import logging
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from home.loading.load import CONTENT_FOLDER, load_site_content
from home.loading.problems import ContentProblems


class Command(BaseCommand):
    help = "Loads the site's own content in both languages. Loading again updates what changed in the files."

    def add_arguments(self, parser):
        parser.add_argument(
            "--without-samples", action="store_true", help="Load no samples, and remove those there are."
        )
        parser.add_argument("--overwrite", action="store_true", help="Also replace what an editor changed or removed.")
        parser.add_argument("--folder", type=Path, default=CONTENT_FOLDER, help="Where the content files are.")

    def handle(self, *args, **options):
        started = time.monotonic()
        # One line for each page that Wagtail creates would hide what matters.
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        try:
            report = load_site_content(
                options["folder"], samples=not options["without_samples"], overwrite=options["overwrite"]
            )
        except ContentProblems as error:
            number = len(error.problems)
            raise CommandError(f"Nothing was loaded. To correct ({number}):\n{error}") from error
        if not options["verbosity"]:
            return
        self.stdout.write(
            f"Content loaded in {time.monotonic() - started:.1f} s: {report.created} created, "
            f"{report.updated} updated, {report.unchanged} unchanged."
        )
        if report.removed_samples:
            self.stdout.write(f"Samples removed: {report.removed_samples}.")
        if report.kept:
            self.stdout.write(
                f"Left as editors changed them ({len(report.kept)}; --overwrite replaces): {', '.join(report.kept)}"
            )
