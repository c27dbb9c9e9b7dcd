"""Works that the index may still hold though the public may not read them any more: the worker has not come to them."""

from search.documents import library_editions
from search.models import OutboxEntry

# Beyond these a rebuild or a large import is under way, and the newest changes are the first to matter.
MOST_WAITING = 1_000


def hidden_works() -> tuple[str, ...]:
    """Translation keys of works that wait for the index and are not public now. One query where nothing waits."""
    waiting = list(OutboxEntry.objects.order_by("-pk").values_list("translation_key", flat=True)[:MOST_WAITING])
    if not waiting:
        return ()
    public = set(library_editions().filter(translation_key__in=waiting).values_list("translation_key", flat=True))
    return tuple(sorted(str(key) for key in waiting if key not in public))
