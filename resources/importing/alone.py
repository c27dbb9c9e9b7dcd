"""One import at a time: each compares its table with what the one before it has left."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection
from django.utils.translation import gettext as _

from resources.importing.problems import refuse
from resources.locks import exclusive

LOCK = "import"
# How long an import waits for another; whoever waits in a browser is told then.
PATIENCE_SECONDS = 20
PAUSE_SECONDS = 0.1


@contextmanager
def alone() -> Iterator[None]:
    """Begins once no other import is under way. Raises ImportRefused where that takes long, or the database is held.

    To be entered before the transaction: one that had begun earlier could miss what the import before it wrote.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        with exclusive(LOCK) as is_held:
            if is_held:
                with _told_when_busy():
                    yield
                return
        if time.monotonic() > deadline:
            raise refuse(_("Another import is under way."), _("Wait until it has ended, then try again."))
        time.sleep(PAUSE_SECONDS)


@contextmanager
def _told_when_busy() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        if not _is_busy(error):
            raise
        message = _("The library is being written to by someone else.")
        raise refuse(message, _("Wait a moment, then try again.")) from error


def _is_busy(error: OperationalError) -> bool:
    """Whether others held what was to be written: the one file of SQLite, or rows of PostgreSQL."""
    if connection.vendor == "sqlite":
        return "locked" in str(error)
    # Deadlock, or a lock that was not to be had.
    return getattr(error.__cause__, "sqlstate", "") in ("40P01", "55P03")
