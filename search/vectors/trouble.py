"""Troubles with the files of vectors: each told in a sentence, seldom, since every search would tell it again."""

import logging
import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path

from search.embedders.base import EmbedderUnavailable

logger = logging.getLogger(__name__)

TELL_AGAIN_SECONDS = 10 * 60
DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
# What SQLite finds no code of its own for.
SAYS_DAMAGE = ("no such table", "no such column", "Could not decode")
IN_USE = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


class VectorsUnavailable(EmbedderUnavailable):
    """The vectors of a model cannot be read or written now. Its message says why and what to do."""


class VectorsDamaged(VectorsUnavailable):
    """What stands in the file `path` is no vectors: the worker has to begin anew."""

    def __init__(self, path: Path, what: object):
        super().__init__(f"{path} is damaged ({what}); the worker sets it aside and computes its vectors anew.")
        self.path = path


def other_lengths(path: Path, lengths: Iterable[int]) -> EmbedderUnavailable:
    """Vectors that cannot be compared with those that are kept."""
    said = " and ".join(map(str, sorted(lengths)))
    return EmbedderUnavailable(
        f"The model and {path} have vectors of {said} numbers; if the model is another one now, restart site and "
        "worker, and the worker computes all vectors anew."
    )


def trouble(path: Path, error: Exception) -> VectorsUnavailable:
    """What an error says about a file of vectors."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in DAMAGED or str(error).startswith(SAYS_DAMAGE):
        return VectorsDamaged(path, error)
    if code in IN_USE:
        return VectorsUnavailable(f"{path} is in use by another process ({error}); it is tried again.")
    if code == sqlite3.SQLITE_FULL:
        return VectorsUnavailable(f"{path} cannot grow ({error}); make room on its disk.")
    return VectorsUnavailable(unwritable(path, error))


def unwritable(path: Path, what: object) -> str:
    return f"{path} cannot be used ({what}); give the user of site and worker the right to write to {path.parent}."


_told: dict[str, float] = {}


def tell(sentence: str) -> None:
    """Logs a sentence, unless it was logged a moment ago."""
    now = time.monotonic()
    for old in [old for old, until in list(_told.items()) if until <= now]:
        _told.pop(old, None)
    if sentence not in _told:
        _told[sentence] = now + TELL_AGAIN_SECONDS
        logger.warning(sentence)
