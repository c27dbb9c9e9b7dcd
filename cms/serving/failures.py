"""Turns the failures of disk, database and settings that a person can remedy into obstacles."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from .obstacles import Obstacle, full_disk


@contextmanager
def told_as_obstacles(data_folder: Path) -> Iterator[None]:
    """What goes wrong inside for a reason outside our code ends as one sentence; all else stays as it is."""
    try:
        yield
    except ImproperlyConfigured as error:
        raise Obstacle(str(error)) from error
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise full_disk(data_folder) from error
    except DatabaseError as error:
        if obstacle := _database_obstacle(error, data_folder):
            raise obstacle from error
        raise


def _database_obstacle(error: DatabaseError, data_folder: Path) -> Obstacle | None:
    """None for what is a fault of ours, like a query that no database understands."""
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return _sqlite_obstacle(cause, data_folder)
    if getattr(cause, "sqlstate", "") is None:
        # psycopg knows no state of a server that it never reached.
        reason = str(error).strip().splitlines()[0]
        return Obstacle(f"The database of DATABASE_URL cannot be reached ({reason}): start it, or correct the URL.")
    return None


def _sqlite_obstacle(cause: sqlite3.Error, data_folder: Path) -> Obstacle | None:
    # The low byte names the kind of error; the others, its circumstances.
    match getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF:
        case sqlite3.SQLITE_FULL:
            return full_disk(data_folder)
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return Obstacle(f"The database in {data_folder} is damaged ({cause}): put back a backup of it.")
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_IOERR:
            return Obstacle(
                f"The database in {data_folder} cannot be used ({cause}): "
                "check that its disk has room and that this user owns its files."
            )
    return None
