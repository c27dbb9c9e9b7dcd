"""Builds the search index anew beside the live one and swaps them."""

import time

from django.core.management.base import BaseCommand, CommandError

from search.engines.base import EngineUnavailable
from search.indexing import rebuild


class Command(BaseCommand):
    help = "Builds the search index anew beside the live one, replays what changed meanwhile, and makes it live."

    def handle(self, *args, **options):
        started = time.monotonic()
        try:
            added = rebuild(self._progress)
        except EngineUnavailable as error:
            raise CommandError(str(error)) from error
        seconds = time.monotonic() - started
        self.stdout.write(f"The index holds {added} works, built in {seconds:.1f} s.")

    def _progress(self, done: int, total: int) -> None:
        if self.verbosity_is_shown:
            self.stdout.write(f"  {done} of {total} works")

    def execute(self, *args, **options):
        self.verbosity_is_shown = options["verbosity"] > 0
        return super().execute(*args, **options)
