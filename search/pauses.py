"""Pauses: who gave no answer is asked again after a while, twice as long each time."""

import time
from weakref import WeakKeyDictionary

from search.engines.base import IndexEngine

FIRST_SECONDS = 0.5
LONGEST_SECONDS = 5.0


class Pause:
    """How long this process writes nothing to one engine. At most `longest` seconds after it is back it gets all."""

    def __init__(self, longest: float = LONGEST_SECONDS):
        self._longest = longest
        self._seconds = 0.0
        self._until = 0.0

    @property
    def is_on(self) -> bool:
        return time.monotonic() < self._until

    def lengthen(self) -> bool:
        """Begins a pause; returns whether it is the first since the engine took something."""
        is_first = not self._seconds
        self._seconds = min(max(2 * self._seconds, FIRST_SECONDS), self._longest)
        self._until = time.monotonic() + self._seconds
        return is_first

    def end(self) -> bool:
        """The engine took something; returns whether there had been a pause."""
        was_on = bool(self._seconds)
        self._seconds = self._until = 0.0
        return was_on


_pauses: "WeakKeyDictionary[IndexEngine, Pause]" = WeakKeyDictionary()


def pause_of(engine: IndexEngine) -> Pause:
    return _pauses.setdefault(engine, Pause())
