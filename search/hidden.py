"""Works of which the index may still hold what the public may not read any more: the worker has not come to them."""

from django.db.models import Exists, OuterRef

from search.attached_text import closed_documents
from search.documents import library_editions
from search.models import OutboxEntry

# Beyond these a tree was closed or deleted, and the newest changes are the first to matter.
MOST_HIDDEN = 1_000


def hidden_works() -> tuple[str, ...]:
    """Translation keys of works that wait for the index and are not public now, or one of whose files is not.

    One query where nothing waits. All that waits is looked through: a change of one region can let thousands of public
    works wait, and must not tell what was made private before it.
    """
    waiting = OutboxEntry.objects.all()
    if not waiting.exists():
        return ()
    public = library_editions().filter(translation_key=OuterRef("translation_key"))
    private = waiting.filter(~Exists(public)).order_by("-pk").values_list("translation_key", flat=True)[:MOST_HIDDEN]
    closed = sorted(closed_documents(page__translation_key__in=waiting.values("translation_key")))[:MOST_HIDDEN]
    return tuple(sorted({*map(str, private), *closed}))
