"""Files that something puts into storage before it comes to its end: storage knows no transactions."""

import contextlib
from collections.abc import Iterator

from django.core.files.storage import default_storage


@contextlib.contextmanager
def taken_back_on_failure(stored: list[str]) -> Iterator[None]:
    """Removes the files whose names came into `stored` meanwhile, where the block does not come to its end."""
    try:
        yield
    except BaseException:
        for name in stored:
            # One that cannot be removed keeps neither the others nor the fault itself.
            with contextlib.suppress(OSError):
                default_storage.delete(name)
        stored.clear()
        raise
