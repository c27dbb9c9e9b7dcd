"""The file of a store: opened where it is needed, and anew when it is gone or another one stands there.

A process that went on with a deleted file would find and keep nothing that others see. So the file is looked at once a
second at most, at hardly any cost. Only writers make a file: for readers none is an empty one.
"""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from search.vectors.trouble import VectorsDamaged, trouble, unwritable

LOOK_EVERY_SECONDS = 1.0
BUSY_SECONDS = 10
# Beside a SQLite file.
BESIDE = ("-wal", "-shm")

# Device and inode.
Identity = tuple[int, int]


class StoreFile:
    """Connections are one per thread."""

    def __init__(self, path: Path, schema: str):
        self.path, self._schema = path, schema
        self._local = threading.local()
        self._making = threading.Lock()
        self._identity: Identity | None = None
        self._made: Identity | None = None
        self._next_look = 0.0

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Errors of the file become VectorsUnavailable, or VectorsDamaged."""
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            raise trouble(self.path, error) from error

    def look(self) -> Identity | None:
        """Which file stands there now."""
        try:
            found = os.stat(self.path)
            self._identity = (found.st_dev, found.st_ino)
        except OSError:
            self._identity = None
        self._next_look = time.monotonic() + LOOK_EVERY_SECONDS
        return self._identity

    def current(self) -> Identity | None:
        """Which file stood there a moment ago."""
        return self._identity if time.monotonic() < self._next_look else self.look()

    @property
    def opened(self) -> Identity | None:
        """The file that this thread reads; None while there is none."""
        return getattr(self._local, "identity", None)

    def connection(self) -> sqlite3.Connection | None:
        """This thread's connection; None where there is no file."""
        identity = self.current()
        if self.opened != identity:
            self._close()
            if identity is not None:
                self._open(identity)
        return getattr(self._local, "connection", None)

    def _open(self, identity: Identity) -> None:
        connection = self._connect("rw")
        try:
            is_made = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        except sqlite3.Error:
            connection.close()
            raise
        if is_made:
            self._local.connection, self._local.identity = connection, identity
        else:
            # Another process is about to make it.
            connection.close()

    def _connect(self, mode: str) -> sqlite3.Connection:
        address = f"{self.path.absolute().as_uri()}?mode={mode}"
        connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
        connection.execute("PRAGMA synchronous=NORMAL")
        return connection

    def _close(self) -> None:
        if connection := getattr(self._local, "connection", None):
            connection.close()
        self._local.connection = self._local.identity = None

    def make(self) -> bool:
        """Makes the file where there is none, brings an older one to the present form; whether there was none.

        Raises VectorsUnavailable.
        """
        with self._making, self.guarded():
            standing = self.look()
            if standing is not None and standing == self._made:
                return False
            if standing is None:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self._remove_what_belonged_to_another()
            with closing(self._connect("rwc")) as connection:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.executescript(f"BEGIN IMMEDIATE; {self._schema} COMMIT;")
            self._made = self.look()
            return standing is None

    def _remove_what_belonged_to_another(self) -> None:
        """What was computed from a file that is gone names entries that the new one does not hold."""
        for left in (
            *(self.path.with_name(self.path.name + ending) for ending in BESIDE),
            *self.path.parent.glob(f"{self.path.stem}-*.usearch"),
        ):
            left.unlink(missing_ok=True)

    def unwritable(self) -> str:
        """What is wrong with the rights, in a sentence; empty where it can be written."""
        folder = next(folder for folder in self.path.absolute().parents if folder.exists())
        if folder.is_dir() and all(os.access(place, os.W_OK) for place in (folder, self.path) if place.exists()):
            return ""
        return unwritable(self.path, f"{folder} cannot be written")

    def check(self) -> None:
        """Reads all of the file, if there is one. Raises VectorsUnavailable."""
        if self.look() is None:
            return
        with self.guarded(), closing(self._connect("rw")) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise VectorsDamaged(self.path, found)

    def set_aside(self, ending: str) -> None:
        """Renames the file, unless another one stands there by now. Raises VectorsUnavailable."""
        with self._making, self.guarded():
            if (known := self._identity) is None or self.look() != known:
                return
            # The file itself last: whoever finds it gone makes a new one at once.
            for beside in (*BESIDE, ""):
                former = self.path.with_name(self.path.name + beside)
                if former.exists():
                    os.replace(former, self.path.with_name(f"{self.path.name}.{ending}{beside}"))
            self.look()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that is kept if nothing fails in it. Raises VectorsUnavailable."""
        self.make()
        with self.guarded(), self._transaction() as connection:
            yield connection

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        connection = self.connection()
        if connection is None:
            raise sqlite3.OperationalError("The file was deleted a moment ago.")
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.rollback()
            raise
        connection.commit()
