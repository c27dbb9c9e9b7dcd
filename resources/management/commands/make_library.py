"""`manage.py make_library --works N`: a made library for measuring search; `--remove` takes it away again."""

import sys
import time

from django.core.management.base import BaseCommand, CommandError

from resources.importing.made.removal import remove_made_works
from resources.importing.made.writing import Maker, MissingParent
from resources.management.progress import ProgressBar


class Command(BaseCommand):
    help = "Makes bilingual works with text of files and transcripts, the same for each seed; keys begin with made-."

    def add_arguments(self, parser):
        parser.add_argument("--works", type=int, default=1000, help="How many there shall be in all.")
        parser.add_argument("--seed", type=int, default=7, help="Another seed makes other works.")
        parser.add_argument("--remove", action="store_true", help="Remove all made works instead.")

    def handle(self, works: int, seed: int, remove: bool, **options):
        bar = ProgressBar(self.stderr if options["verbosity"] else None, sys.stderr.isatty())
        began = time.monotonic()
        if remove:
            count = remove_made_works(lambda done, total: bar.show("remove", done, total))
            done = f"Removed {count} made works"
        else:
            if works < 1 or seed < 0:
                raise CommandError("--works is at least 1, --seed at least 0.")
            try:
                count = Maker(seed).make(works, lambda done, total: bar.show("make", done, total))
            except MissingParent as missing:
                raise CommandError(
                    f"There is no bilingual page for works of the type {missing}. Run load_site_content first."
                ) from None
            done = f"Made {count} works"
        bar.end()
        if options["verbosity"]:
            self.stdout.write(f"{done} in {time.monotonic() - began:.1f} s.")
