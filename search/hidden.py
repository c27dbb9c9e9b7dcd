"""Works of which the index may still hold what the public may not read any more: the worker has not come to them."""

from search.attached_text import closed_documents
from search.documents import library_editions
from search.models import OutboxEntry

# Beyond these a rebuild or a large import is under way, and the newest changes are the first to matter.
MOST_WAITING = 1_000


def hidden_works() -> tuple[str, ...]:
    """Translation keys of works that wait for the index and are not public now, or one of whose files is not.

    One query where nothing waits.
    """
    waiting = list(OutboxEntry.objects.order_by("-pk").values_list("translation_key", flat=True)[:MOST_WAITING])
    if not waiting:
        return ()
    public = set(library_editions().filter(translation_key__in=waiting).values_list("translation_key", flat=True))
    closed = closed_documents(page__translation_key__in=waiting)
    return tuple(sorted(str(key) for key in waiting if key not in public or str(key) in closed))
