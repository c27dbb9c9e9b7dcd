"""Builds the search index anew beside the live one and swaps them, or goes back to the one before."""

import time
from collections.abc import Mapping

from django.core.management.base import BaseCommand, CommandError

from resources.models import WorkKey
from search.document_process import DocumentsNotBuilt
from search.engines.base import EngineUnavailable
from search.indexing import rebuild, roll_back


class Command(BaseCommand):
    help = "Builds the search index anew beside the live one, replays what changed meanwhile, and makes it live."

    def add_arguments(self, parser):
        parser.add_argument("--roll-back", action="store_true", help="Make the index before the live one live again.")

    def handle(self, *args, **options):
        started = time.monotonic()

        def say(text: str) -> None:
            if options["verbosity"] > 0:
                self.stdout.write(text)

        try:
            if options["roll_back"]:
                say(f"The index {roll_back()} answers again; what changed since is renewed by the worker.")
                return
            added = rebuild(lambda done, total: say(f"  {done} of {total} works"), self._tell)
        except (EngineUnavailable, DocumentsNotBuilt) as error:
            raise CommandError(str(error)) from error
        say(f"The index holds {added} works, built in {time.monotonic() - started:.1f} s.")

    def _tell(self, failed: Mapping[str, str]) -> None:
        """Works that are not in the index, by their readable names."""
        names = {str(row.translation_key): row.key for row in WorkKey.objects.filter(translation_key__in=failed)}
        for key, reason in failed.items():
            self.stderr.write(
                f"The work {names.get(key, key)} could not be built and waits in the outbox ({reason}): correct it, "
                "or see search_status."
            )
