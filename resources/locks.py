"""Locks between processes, which end with the process that holds them, however it ends.

With PostgreSQL they are its advisory locks; with SQLite, whose processes are on one machine, locks of files.
"""

import fcntl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection


@contextmanager
def exclusive(name: str, waits: bool = False) -> Iterator[bool]:
    """Whether this is the only holder of a lock now; with `waits`, once the others have let go of it.

    No rows are locked: an editor's transaction must never wait for a search engine.
    """
    with (_advisory_lock if connection.vendor == "postgresql" else _file_lock)(name, waits) as is_held:
        yield is_held


@contextmanager
def _advisory_lock(name: str, waits: bool) -> Iterator[bool]:
    # Of the session, not of a transaction: a long one would keep PostgreSQL from clearing up after others.
    key = zlib.crc32(name.encode())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_{'' if waits else 'try_'}advisory_lock(%s)", [key])
        is_held = cursor.fetchone()[0] is not False
    try:
        yield is_held
    finally:
        if is_held:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


@contextmanager
def _file_lock(name: str, waits: bool) -> Iterator[bool]:
    with (Path(settings.DATA_DIR) / f"{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
            is_held = True
        except BlockingIOError:
            is_held = False
        yield is_held
