"""The lock that keeps a second web process off a data folder in embedded mode."""

import fcntl
import os
from pathlib import Path

from .obstacles import Obstacle

_held: dict[Path, object] = {}


def claim(folder: Path) -> None:
    """Make this process, and those it forks, the one web process of `folder`, until they end.

    The embedded search engine and the worker beside it assume that they are alone.
    """
    folder = folder.resolve()
    if folder in _held:
        return
    lock = (folder / "web.lock").open("a+", encoding="ascii")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.seek(0)
        holder = lock.read().strip() or "unknown"
        lock.close()
        raise Obstacle(
            f"Another web process (number {holder}) serves the data in {folder}, and embedded search allows one: "
            "stop it first, or set DATA_DIR to another folder, or set ELASTICSEARCH_URL to run several."
        ) from error
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    _held[folder] = lock
