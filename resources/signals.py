"""The signals of this room: works changed, whichever way (page signals, bulk import, taxonomies); pages became public
or private or stand elsewhere, which others may depend on; a page is opened."""

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
# Both are sent inside the transaction of the change, before `works_changed`, with `pages`: a queryset of those that
# became public or private, or that got another place in the tree or are about to be deleted, in every edition and with
# all below them. Nothing is sent of a page that is new: nothing leads to it yet.
publicity_changed = Signal()
place_changed = Signal()
# Sent with `page`, `request` and `context` before the page takes its first work from its shelf: whoever wants to show
# works beside its own says so to the shelf, and puts into the context what the templates need.
page_opened = Signal()


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
