"""The outbox: works whose index entry must be renewed, written in the transaction that changes the content.

At least once: an entry leaves only after the index has taken the work's present state, and only if nothing changed
meanwhile (`version`, another one with each change). An entry that the index refuses is tried again later and later;
after `MOST_ATTEMPTS` it is a dead letter, which `search_status` reports and a rebuild clears. An index that is away is
no fault of an entry: it waits.
"""

import datetime
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from search.models import OutboxEntry

MOST_ATTEMPTS = 12
LONGEST_WAIT_SECONDS = 60 * 60
_VERSIONS = 2**31 - 1
BATCH = 200


@dataclass(frozen=True)
class OutboxState:
    """How much waits, how much was given up, and for how long the oldest entry has waited."""

    waiting: int
    dead: int
    lag_seconds: float


@transaction.atomic
def enqueue(translation_keys: Iterable) -> None:
    """Notes that works changed. Part of the caller's transaction; a dead letter gets a new life."""
    keys = {str(key) for key in translation_keys if key}
    now = timezone.now()
    for chunk in _chunks(sorted(keys)):
        # In one statement: between asking for a row and adding it another transaction may add it.
        OutboxEntry.objects.bulk_create(
            [OutboxEntry(translation_key=key, next_try=now, version=secrets.randbelow(_VERSIONS)) for key in chunk],
            update_conflicts=True,
            unique_fields=["translation_key"],
            update_fields=["version", "attempts", "next_try"],
        )


def due(limit: int = BATCH) -> list[OutboxEntry]:
    """Entries to work on now, oldest first."""
    waiting = OutboxEntry.objects.filter(next_try__lte=timezone.now(), attempts__lt=MOST_ATTEMPTS)
    return list(waiting.order_by("next_try", "pk")[:limit])


def snapshot() -> list[OutboxEntry]:
    """All entries as they are now, dead letters too: those that a rebuild beginning now will have taken care of."""
    return list(OutboxEntry.objects.only("pk", "version", "translation_key"))


def known() -> set[str]:
    """Translation keys of all entries, dead letters too."""
    return {str(key) for key in OutboxEntry.objects.values_list("translation_key", flat=True)}


def done(entries: Iterable[OutboxEntry]) -> None:
    """Removes entries, save those whose work changed again while they were worked on.

    Outside a transaction: holding one row while waiting for another, it could stand in an editor's way for good.
    """
    for entry in entries:
        OutboxEntry.objects.filter(pk=entry.pk, version=entry.version).delete()


def failed(entries: Iterable[OutboxEntry], error: Exception) -> None:
    """Puts entries back with a longer wait each time."""
    for entry in entries:
        wait = min(2 ** (entry.attempts + 1), LONGEST_WAIT_SECONDS)
        OutboxEntry.objects.filter(pk=entry.pk, version=entry.version).update(
            attempts=F("attempts") + 1,
            next_try=timezone.now() + datetime.timedelta(seconds=wait),
            error=f"{type(error).__name__}: {error}"[:500],
        )


def failing(limit: int) -> list[OutboxEntry]:
    """Entries that the index refused, those given up first, with the error of the last try."""
    return list(OutboxEntry.objects.filter(attempts__gt=0).order_by("-attempts", "created_at")[:limit])


def given_up() -> list[str]:
    """Translation keys of dead letters."""
    return [str(key) for key in _dead().values_list("translation_key", flat=True)]


def state() -> OutboxState:
    waiting = OutboxEntry.objects.filter(attempts__lt=MOST_ATTEMPTS)
    oldest = waiting.order_by("created_at").values_list("created_at", flat=True).first()
    lag = (timezone.now() - oldest).total_seconds() if oldest else 0.0
    return OutboxState(waiting.count(), _dead().count(), lag)


def _dead() -> QuerySet[OutboxEntry]:
    return OutboxEntry.objects.filter(attempts__gte=MOST_ATTEMPTS)


def _chunks(keys: list[str], size: int = 400) -> Iterable[list[str]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]
