"""The cache that several machines share: a Redis server. While it is away, pages are slower, never wrong.

Whatever fails is a miss, and for a moment nobody asks again: a server that stands still must not hold up each question
of a page. What was to be deleted meanwhile is deleted before anything is read again.
"""

import logging
import pickle
import threading
import time
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# What pickle says of values whose classes this release does not have.
UNREADABLE = (pickle.UnpicklingError, AttributeError, ImportError, EOFError, IndexError, TypeError)
PATIENCE_SECONDS = 0.3
PAUSE_SECONDS = 2.0


class Outage:
    """What the threads of a process know of a server that does not answer."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_on = False
        self._asked_again_at = 0.0
        # Few: versions, furniture and images that were changed meanwhile.
        self._owed: set[str] = set()

    def may_ask(self) -> bool:
        """False during a pause; after it one thread tries, and the others go on without."""
        with self._lock:
            if self._is_on:
                if time.monotonic() < self._asked_again_at:
                    return False
                self._asked_again_at = time.monotonic() + PAUSE_SECONDS
            return True

    def begin(self, error: Exception) -> None:
        """Told in the log once."""
        with self._lock:
            was_on, self._is_on = self._is_on, True
            self._asked_again_at = time.monotonic() + PAUSE_SECONDS
        if not was_on:
            logger.error("The cache does not answer, which makes pages slower: %s", error)

    def end(self) -> None:
        """The server answered."""
        if not self._is_on:
            return
        with self._lock:
            was_on, self._is_on = self._is_on, False
        if was_on:
            logger.warning("The cache answers again.")

    def owe(self, keys: Iterable[str]) -> None:
        """Notes what could not be deleted."""
        with self._lock:
            self._owed.update(keys)

    def owed(self) -> list[str]:
        """What must be deleted before anything is read."""
        with self._lock:
            return list(self._owed)

    def settle(self, keys: Iterable[str]) -> None:
        """These are deleted."""
        with self._lock:
            self._owed.difference_update(keys)


@cache
def outage_of(server: str) -> Outage:
    """One for all threads and all caches of a process on this server."""
    return Outage()


class ForgivingClient(RedisCacheClient):
    """Asks the server as Django does; where that fails, answers as if nothing were known there."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        super().__init__(
            servers, **{"socket_timeout": PATIENCE_SECONDS, "socket_connect_timeout": PATIENCE_SECONDS, **options}
        )
        self._outage = outage_of(servers[0])

    def add(self, key, value, timeout):
        return self._asked(super().add, False, key, value, timeout)

    def get(self, key, default):
        try:
            return self._asked(super().get, default, key, default)
        except UNREADABLE as error:
            logger.warning("What another release keeps in the cache under %s is of no use here: %s", key, error)
            return default

    def set(self, key, value, timeout):
        self._asked(super().set, None, key, value, timeout)

    def touch(self, key, timeout):
        return self._asked(super().touch, False, key, timeout)

    def get_many(self, keys):
        return self._asked(super().get_many, {}, keys)

    def has_key(self, key):
        return self._asked(super().has_key, False, key)

    def incr(self, key, delta):
        if (count := self._asked(super().incr, None, key, delta)) is None:
            raise ValueError(f"Key {key!r} not found.")
        return count

    def set_many(self, data, timeout):
        self._asked(super().set_many, None, data, timeout)

    def clear(self):
        return self._asked(super().clear, False)

    def delete(self, key):
        # Noted first, so that a deletion whose answer is lost is done once more.
        self._outage.owe([key])
        return self._asked(super().delete, False, key, settles=[key])

    def delete_many(self, keys):
        keys = list(keys)
        self._outage.owe(keys)
        self._asked(super().delete_many, None, keys, settles=keys)

    def _asked(self, ask: Callable, miss: Any, *arguments: Any, settles: Iterable[str] = ()) -> Any:
        if not self._outage.may_ask():
            return miss
        try:
            if owed := [key for key in self._outage.owed() if key not in settles]:
                super().delete_many(owed)
                self._outage.settle(owed)
            answer = ask(*arguments)
        except (RedisError, OSError) as error:
            self._outage.begin(error)
            return miss
        self._outage.settle(settles)
        self._outage.end()
        return answer


class SharedCache(RedisCache):
    """Django's Redis cache with a forgiving client."""

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ForgivingClient
