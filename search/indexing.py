"""Keeping the index true: outbox entries into the live generation, rebuilds beside it, and drift."""

import datetime
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from search import outbox
from search.documents import build_documents, public_stamps
from search.engines import index_engine
from search.engines.base import EngineUnavailable, Generation
from search.models import Rebuild, RebuildChange
from search.vectors import meaning
from search.versions import index_version

logger = logging.getLogger(__name__)

REBUILD_CHUNK = 500
MOST_REPLAYS = 20
ABANDONED_AFTER = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Drift:
    """Works in which index and database differ."""

    missing: tuple[str, ...]
    stale: tuple[str, ...]
    surplus: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return (*self.missing, *self.stale, *self.surplus)


def work_outbox(limit: int = outbox.BATCH) -> int:
    """Renews the index entries of works that changed; returns how many entries were worked on."""
    entries = outbox.due(limit)
    if not entries:
        return 0
    try:
        generation = index_engine().live_generation()
        if generation is None:
            return 0
        if vectors := meaning.current():
            vectors.works_changed(str(entry.translation_key) for entry in entries)
        try:
            _renew(generation, [str(entry.translation_key) for entry in entries])
        finally:
            generation.close()
    except Exception as error:
        # Whatever went wrong, the entries wait and are tried again: editing must never depend on the index.
        logger.exception("The index could not take %d works; they will be tried again.", len(entries))
        outbox.failed(entries, error)
        return len(entries)
    with transaction.atomic():
        changes = [
            RebuildChange(rebuild=rebuild, translation_key=entry.translation_key)
            for rebuild in Rebuild.objects.all()
            for entry in entries
        ]
        RebuildChange.objects.bulk_create(changes, ignore_conflicts=True)
        outbox.done(entries)
    index_version.forget()
    return len(entries)


def _renew(generation: Generation, keys: list[str]) -> int:
    """Writes the present state of works into a generation: documents of the public ones, none of the others."""
    documents = list(build_documents(keys))
    found = {document.translation_key for document in documents}
    return generation.apply(documents, [key for key in keys if key not in found])


def rebuild(progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Builds a new generation beside the live one, replays what changed meanwhile, and makes it live.

    Returns the number of works in it. `progress` is told (works done, works in all).
    """
    Rebuild.objects.filter(started_at__lt=timezone.now() - ABANDONED_AFTER).delete()
    record, waiting = Rebuild.objects.create(), outbox.snapshot()
    generation = index_engine().new_generation()
    try:
        keys = sorted(public_stamps())
        added = 0
        for start in range(0, len(keys), REBUILD_CHUNK):
            added += generation.apply(build_documents(keys[start : start + REBUILD_CHUNK]))
            progress(min(start + REBUILD_CHUNK, len(keys)), len(keys))
        for _round in range(MOST_REPLAYS):
            changed = _take_changes(record)
            if not changed:
                break
            _renew(generation, changed)
        generation.publish()
        index_version.forget()
    except BaseException:
        generation.discard()
        record.delete()
        raise
    with transaction.atomic():
        # What the worker gave to the old generation between the last replay and the swap is done once more.
        outbox.enqueue(_take_changes(record))
        outbox.done(waiting)
        record.delete()
    return added


def _take_changes(record: Rebuild) -> list[str]:
    rows = list(record.changes.values_list("pk", "translation_key"))
    record.changes.filter(pk__in=[pk for pk, _key in rows]).delete()
    return [str(key) for _pk, key in rows]


def drift() -> Drift:
    """Compares every public work's stamp in the database with the index. Raises EngineUnavailable."""
    wanted, held = public_stamps(), dict(index_engine().stamps())
    return Drift(
        missing=tuple(sorted(wanted.keys() - held.keys())),
        stale=tuple(sorted(key for key in wanted.keys() & held.keys() if wanted[key] != held[key])),
        surplus=tuple(sorted(held.keys() - wanted.keys())),
    )


def heal() -> int:
    """Enqueues works that drifted; returns how many. Does nothing while there is no index."""
    try:
        found = drift().keys
    except EngineUnavailable:
        return 0
    if found:
        logger.warning("%d works differ between index and database and will be renewed.", len(found))
        outbox.enqueue(found)
    return len(found)


def enqueue_changed(keys: Iterable, **_kwargs) -> None:
    """Receiver of `works_changed`."""
    outbox.enqueue(keys)
