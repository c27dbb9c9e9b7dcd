"""Keeping the index true: outbox entries into the live generation, rebuilds beside it, and drift."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError, transaction

from search import document_process, outbox
from search.document_process import DocumentsNotBuilt, reason_of
from search.documents import IndexDocument, build_apart, build_documents, public_stamps
from search.engines import index_engine
from search.engines.base import EngineUnavailable, Generation, IndexEngine
from search.locks import REBUILD, WRITER, exclusive
from search.models import OutboxEntry, Rebuild, RebuildChange
from search.pauses import pause_of
from search.vectors import meaning
from search.versions import index_version

logger = logging.getLogger(__name__)

REBUILD_CHUNK = 500
# From so many works on a second process is worth the second that it takes to start.
MANY = 2_000
MOST_REPLAYS = 20
# Where more works cannot be built, the fault is not theirs, and the index that answers is better than a new one.
MOST_LEFT_OUT = 100


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
    engine = index_engine()
    pause = pause_of(engine)
    if pause.is_on or not outbox.due(1):
        return 0
    with exclusive(WRITER) as is_only_writer:
        # Entries and works are read while no other worker writes, so that no older state is written later.
        entries = outbox.due(limit) if is_only_writer else []
        # Before they are written: a rebuild that ends meanwhile must know of them.
        _note_for_rebuilds(entries)
        try:
            _work_off(engine, entries)
        except EngineUnavailable as error:
            if pause.lengthen():
                logger.error("The index takes no changes now; they wait: %s", error)
            return 0
    if entries and pause.end():
        logger.warning("The index takes changes again.")
    if entries:
        index_version.forget()
    return len(entries)


def _work_off(engine: IndexEngine, entries: list[OutboxEntry]) -> None:
    """Renews the works of entries; where some fail, only these. Raises EngineUnavailable."""
    if not entries:
        return
    try:
        _renew_live(engine, [str(entry.translation_key) for entry in entries])
    except (EngineUnavailable, OperationalError, InterfaceError):
        # Index or database are away, which is no fault of an entry.
        raise
    except Exception as error:
        if len(entries) > 1:
            middle = len(entries) // 2
            _work_off(engine, entries[:middle])
            _work_off(engine, entries[middle:])
            return
        logger.exception("The index did not take the work %s; it will be tried again.", entries[0].translation_key)
        outbox.failed(entries, error)
    else:
        outbox.done(entries)


def _renew_live(engine: IndexEngine, keys: list[str]) -> None:
    """Writes works into the live generation, which is opened anew: a failure leaves nothing half written in it."""
    if vectors := meaning.current():
        vectors.works_changed(keys)
    generation = engine.live_generation()
    if generation is None:
        raise EngineUnavailable("There is no search index yet. Run: python manage.py rebuild_search")
    try:
        _renew(generation, keys)
    finally:
        generation.close()


def _renew(generation: Generation, keys: list[str]) -> int:
    """Writes the present state of works into a generation: documents of the public ones, none of the others."""
    documents = list(build_documents(keys))
    found = {document.translation_key for document in documents}
    return generation.apply(documents, [key for key in keys if key not in found])


def rebuild(
    progress: Callable[[int, int], None] = lambda done, total: None,
    left_out: Callable[[Mapping[str, str]], None] = lambda failed: None,
) -> int:
    """Builds a new generation beside the live one, replays what changed meanwhile, and makes it live.

    Returns the number of works in it. `progress` is told (works done, works in all). Works that cannot be built are
    left to the outbox; `left_out` is told which and why. Waits for a rebuild under way. Raises DocumentsNotBuilt where
    more than single works cannot be built.
    """
    with exclusive(REBUILD, waits=True):
        _settle_ended_rebuilds()
        added, failed = _rebuild(progress)
    if failed:
        left_out(failed)
    return added


def _rebuild(progress: Callable[[int, int], None]) -> tuple[int, dict[str, str]]:
    with exclusive(WRITER, waits=True):
        # No worker is at work on an entry that this rebuild will remove.
        record, waiting = Rebuild.objects.create(), outbox.snapshot()
    engine = index_engine()
    generation = None
    failed: dict[str, str] = {}
    try:
        generation = engine.new_generation()
        keys = sorted(public_stamps())
        added = done = 0
        for chunk, documents in _documents(keys, failed):
            added += generation.apply(documents)
            if len(failed) > MOST_LEFT_OUT:
                raise _not_built(failed)
            done += len(chunk)
            progress(done, len(keys))
        for _round in range(MOST_REPLAYS):
            changed = _take_changes(record)
            if not changed:
                break
            _renew_unfinished(generation, changed, failed)
        if failed and not added:
            raise _not_built(failed)
        generation.publish()
    except BaseException:
        try:
            if generation is not None:
                generation.discard()
        finally:
            # It may have become live all the same: then readers must know, and the worker what it missed.
            index_version.forget()
            _settle(record)
        raise
    index_version.forget()
    _settle(record, failed)
    outbox.done(entry for entry in waiting if str(entry.translation_key) not in failed)
    pause_of(engine).end()
    return added, failed


def _renew_unfinished(generation: Generation, keys: list[str], failed: dict[str, str]) -> None:
    """The present state of works for a generation that is being built; `failed` are those that cannot be built."""
    for key in keys:
        failed.pop(key, None)
    documents = list(_built(keys, failed))
    found = {document.translation_key for document in documents}
    generation.apply(documents, [key for key in keys if key not in found and key not in failed])


def _built(keys: list[str], failed: dict[str, str]) -> Iterator[IndexDocument]:
    return build_apart(keys, lambda key, error: failed.update({key: reason_of(error)}), build_documents)


def _not_built(failed: Mapping[str, str]) -> DocumentsNotBuilt:
    key, reason = next(iter(failed.items()))
    return DocumentsNotBuilt(
        f"The index stays as it is, since {len(failed)} works could not be built; the first, {key}: {reason}"
    )


def _documents(keys: list[str], failed: dict[str, str]) -> Iterator[tuple[list[str], Iterable[IndexDocument]]]:
    """Chunks of keys and their documents: many are built in a process of their own. `failed` gets what cannot be."""
    chunks = [keys[start : start + REBUILD_CHUNK] for start in range(0, len(keys), REBUILD_CHUNK)]
    if len(keys) >= MANY and document_process.may_help():
        yield from zip(chunks, document_process.documents_of(chunks, failed), strict=True)
        return
    for chunk in chunks:
        yield chunk, _built(chunk, failed)


def roll_back() -> str:
    """Makes the former generation live again and enqueues all works, since nothing tells what it missed: the stamp of a
    work is the same after a file was replaced or a topic renamed. Returns its name.

    Raises EngineUnavailable where there is none.
    """
    try:
        name = index_engine().roll_back()
    finally:
        # An answer that was lost does not tell whether the index changed.
        index_version.forget()
    outbox.enqueue({*public_stamps(), *drift().keys})
    return name


def _note_for_rebuilds(entries: list[OutboxEntry]) -> None:
    changes = [
        RebuildChange(rebuild=rebuild, translation_key=entry.translation_key)
        for rebuild in Rebuild.objects.all()
        for entry in entries
    ]
    RebuildChange.objects.bulk_create(changes, ignore_conflicts=True)


def _settle_ended_rebuilds() -> None:
    """While none is under way: a rebuild that was killed right after its swap has not told what it missed."""
    for record in Rebuild.objects.all():
        _settle(record)


def _settle(record: Rebuild, failed: Iterable[str] = ()) -> None:
    """Does once more what the worker gave to one generation while another may have taken its place, such as between the
    last replay and the swap; and what a rebuild `failed` to build, unless it waits already."""
    with exclusive(WRITER, waits=True), transaction.atomic():
        outbox.enqueue(_take_changes(record))
        if failed:
            outbox.enqueue(set(failed) - outbox.known())
        record.delete()


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
    """Enqueues works that drifted and do not wait already; returns how many. Does nothing while there is no index."""
    with exclusive(REBUILD) as is_none_under_way:
        if is_none_under_way:
            _settle_ended_rebuilds()
    try:
        found = set(drift().keys) - outbox.known()
    except EngineUnavailable:
        return 0
    if found:
        logger.warning("%d works differ between index and database and will be renewed.", len(found))
        outbox.enqueue(found)
    return len(found)


def enqueue_changed(keys: Iterable, **_kwargs) -> None:
    """Receiver of `works_changed`."""
    outbox.enqueue(keys)
