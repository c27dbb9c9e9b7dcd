"""Patience: how long all questions of one search, together, may wait for the cluster.

Only waiting counts: what else a search does meanwhile is not the cluster's fault.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class Patience:
    """So many seconds of waiting. Questions that wait at the same time spend them once."""

    def __init__(self, seconds: float):
        self._seconds = seconds
        self._lock = threading.Lock()
        self._waiting, self._since = 0, 0.0

    @property
    def left(self) -> float:
        with self._lock:
            return self._seconds - (time.monotonic() - self._since if self._waiting else 0.0)

    @contextmanager
    def spent(self) -> Iterator[None]:
        """A question waits."""
        with self._lock:
            if not self._waiting:
                self._since = time.monotonic()
            self._waiting += 1
        try:
            yield
        finally:
            with self._lock:
                self._waiting -= 1
                if not self._waiting:
                    self._seconds -= time.monotonic() - self._since


_shared: ContextVar[Patience | None] = ContextVar("patience", default=None)


@contextmanager
def shared(seconds: float) -> Iterator[None]:
    """All that is asked inside, also from threads with a copy of the context, has so many seconds together."""
    if _shared.get():
        # A search within a search: the reader waits for both.
        yield
        return
    token = _shared.set(Patience(seconds))
    try:
        yield
    finally:
        _shared.reset(token)


def patience(seconds: float) -> Patience:
    """What is shared here, or else so many seconds for one question."""
    return _shared.get() or Patience(seconds)
