"""Versions: a name for the present state of something, the same in all processes of a deployment."""

import logging
import uuid
from collections.abc import Callable
from typing import Generic, TypeVar

from django.core.cache import caches
from django.db import transaction

logger = logging.getLogger(__name__)
Value = TypeVar("Value")


def _new_name() -> str:
    return uuid.uuid4().hex


class Version:
    """Lasts until what it stands for changes, and at most `seconds`, for machines that share no cache."""

    def __init__(self, name: str, seconds: int):
        self.name, self._key, self._seconds = name, f"version-{name}", seconds

    def current(self) -> str:
        try:
            return caches["versions"].get_or_set(self._key, _new_name, self._seconds)
        except OSError as error:
            logger.error("Changes cannot be told to other processes: %s", error)
            return _new_name()

    def forget(self, **_signal) -> None:
        """Receiver of every change: now, and once the change is committed."""
        self._delete()
        transaction.on_commit(self._delete)

    def _delete(self) -> None:
        try:
            caches["versions"].delete(self._key)
        except OSError as error:
            logger.error("Other processes show this change later: %s", error)


class Made(Generic[Value]):
    """What is made of the rows of the database, made anew whenever their version is another one."""

    def __init__(self, version: Version, make: Callable[[], Value]):
        self._version, self._make = version, make
        self._made: tuple[str, Value] | None = None

    def current(self) -> Value:
        version = self._version.current()
        # One tuple, so that threads never see the version of one state with the value of another.
        made = self._made
        if made is None or made[0] != version:
            self._made = made = (version, self._make())
        return made[1]


index_version = Version("search-index", 60 * 60)
