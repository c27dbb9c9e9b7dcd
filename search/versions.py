"""Versions: a name for the present state of something, the same in all processes that share the cache."""

import uuid

from django.core.cache import cache
from django.db import transaction


class Version:
    """Lasts until what it stands for changes, and at most `seconds`, for processes that share no cache."""

    def __init__(self, name: str, seconds: int):
        self._key, self._seconds = f"version-{name}", seconds

    def current(self) -> str:
        version = cache.get(self._key)
        if version is None:
            version = uuid.uuid4().hex
            cache.set(self._key, version, self._seconds)
        return version

    def forget(self, **_signal) -> None:
        """Receiver of every change: now, and once the change is committed."""
        cache.delete(self._key)
        transaction.on_commit(lambda: cache.delete(self._key))


index_version = Version("search-index", 60 * 60)
