"""The one signal of this room: works changed, whichever way (page signals, bulk import, taxonomies)."""

from django.dispatch import Signal

# Sent inside the transaction of the change with `keys`: the set of translation keys of the works that changed.
works_changed = Signal()
