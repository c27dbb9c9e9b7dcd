"""The one signal of this room: works changed, whichever way (page signals, bulk import, taxonomies)."""

import contextlib
from contextvars import ContextVar

from django.dispatch import Signal

_together: ContextVar[set | None] = ContextVar("works_changed_together", default=None)


class WorksChanged(Signal):
    """Sent inside the transaction of the change with `keys`: the set of translation keys of the works that changed."""

    def send(self, sender, keys, **named):
        together = _together.get()
        if together is None:
            return super().send(sender, keys=keys, **named)
        together |= set(keys)
        return []


works_changed = WorksChanged()


@contextlib.contextmanager
def works_changed_together():
    """Inside, `works_changed` is held back; at the end it is sent once with all keys. Nothing is sent on an error."""
    keys: set = set()
    token = _together.set(keys)
    try:
        yield
    finally:
        _together.reset(token)
    if keys:
        works_changed.send(sender=works_changed_together, keys=keys)
