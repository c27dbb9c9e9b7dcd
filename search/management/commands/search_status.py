"""Says how true the search index is. Exit code 1: it differs from the database; 2: it cannot be asked."""

import sys
from collections.abc import Iterable

from django.core.management.base import BaseCommand

from resources.models import WorkKey
from search import outbox
from search.engines import index_engine
from search.engines.base import EngineUnavailable
from search.indexing import drift
from search.vectors.status import status

MOST_LISTED = 20


class Command(BaseCommand):
    help = (
        "Works in the index, what waits in the outbox, and works in which index and database differ (exit code 1). "
        "Exit code 2: the index cannot be asked."
    )

    def add_arguments(self, parser):
        parser.add_argument("--heal", action="store_true", help="Enqueue the works that differ or were given up.")

    def handle(self, *args, **options):
        engine, state = index_engine(), outbox.state()
        self.stdout.write(
            f"Outbox: {state.waiting} waiting, oldest for {state.lag_seconds:.0f} s, {state.dead} given up"
        )
        failing = outbox.failing(MOST_LISTED)
        names = _names(str(entry.translation_key) for entry in failing)
        for entry in failing:
            key, is_dead = str(entry.translation_key), entry.attempts >= outbox.MOST_ATTEMPTS
            tried = "given up" if is_dead else f"refused {entry.attempts} times, tried again"
            self.stdout.write(f"  {names.get(key, key)}: {tried}: {entry.error}")
        try:
            if trouble := engine.trouble():
                raise EngineUnavailable(trouble)
            found, held = drift(), sum(1 for _stamp in engine.stamps())
        except EngineUnavailable as error:
            self.stderr.write(f"Engine {engine.name}: {error}")
            sys.exit(2)
        self.stdout.write(f"Engine: {engine.name}, {held} works")
        for name, keys in (("Missing", found.missing), ("Stale", found.stale), ("Surplus", found.surplus)):
            self.stdout.write(f"{name}: {len(keys)}{_named(keys)}")
        for line in status() or ["off: no embedder is set (SEARCH_EMBEDDERS)"]:
            self.stdout.write(f"Meaning: {line}")
        if options["heal"]:
            healed = {*found.keys, *outbox.given_up()}
            outbox.enqueue(healed)
            self.stdout.write(f"Enqueued: {len(healed)}")
        if found.keys or state.dead:
            sys.exit(1)


def _names(translation_keys: Iterable[str]) -> dict[str, str]:
    """translation_key → the readable name of the work."""
    rows = WorkKey.objects.filter(translation_key__in=list(translation_keys))
    return {str(row.translation_key): row.key for row in rows}


def _named(translation_keys: tuple[str, ...]) -> str:
    """The first keys by their readable names."""
    if not translation_keys:
        return ""
    listed = translation_keys[:MOST_LISTED]
    names = _names(listed)
    more = ", …" if len(translation_keys) > MOST_LISTED else ""
    return ": " + ", ".join(names.get(key, key) for key in listed) + more
