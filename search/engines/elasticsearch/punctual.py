"""Connections whose answers must be whole in time: a timeout of a socket counts from the last byte that came.

One thread looks at all answers under way and ends the connections of those that are late. A thread for each question
would cost every search more than the questions themselves.
"""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException

from elastic_transport import Urllib3HttpNode
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

LOOKED_EVERY_SECONDS = 0.05
# So long after the last answer the thread still looks, since the next question is seldom far.
LINGERS_SECONDS = 5.0


@dataclass(eq=False)
class _Wait:
    """An answer under way."""

    until: float
    socket: socket.socket
    is_late: bool = False


class _Watch:
    """The thread and what it looks at. Started by the first question of a process: threads do not outlive a fork."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waits: set[_Wait] = set()
        self._thread: threading.Thread | None = None
        self._sleeps = True

    @contextmanager
    def limit(self, connection: socket.socket, seconds: float) -> Iterator[_Wait]:
        """Ends a connection that is still in use after so many seconds, and says so in `is_late`."""
        wait = _Wait(time.monotonic() + seconds, connection)
        with self._changed:
            self._waits.add(wait)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._look, name="elasticsearch-watch", daemon=True)
                self._thread.start()
            elif self._sleeps:
                self._changed.notify()
        try:
            yield wait
        finally:
            with self._changed:
                self._waits.discard(wait)

    def _look(self) -> None:
        used = time.monotonic()
        while True:
            with self._changed:
                now = time.monotonic()
                used = now if self._waits else used
                if now - used > LINGERS_SECONDS:
                    self._sleeps = True
                    self._changed.wait()
                    used = time.monotonic()
                self._sleeps = False
                self._end_late(now)
            time.sleep(LOOKED_EVERY_SECONDS)

    def _end_late(self, now: float) -> None:
        for wait in [wait for wait in self._waits if wait.until <= now]:
            wait.is_late = True
            self._waits.discard(wait)
            with suppress(OSError):
                # Not that of an encrypted socket, which another thread reads.
                socket.socket.shutdown(wait.socket, socket.SHUT_RDWR)


_watch = _Watch()


class _Punctual:
    """Reads an answer, headers and body, within the connection's timeout. Raises TimeoutError."""

    def getresponse(self):
        if self.sock is None or not isinstance(self.timeout, int | float):
            return super().getresponse()
        with _watch.limit(self.sock, self.timeout) as wait:
            try:
                answer = super().getresponse()
            except (OSError, HTTPException, HTTPError, ValueError) as error:
                if wait.is_late:
                    raise TimeoutError("The answer was not whole in time.") from error
                raise
        if wait.is_late:
            raise TimeoutError("The answer was not whole in time.")
        return answer


class _Connection(_Punctual, HTTPConnection):
    pass


class _EncryptedConnection(_Punctual, HTTPSConnection):
    pass


class PunctualNode(Urllib3HttpNode):
    """A host that is asked through such connections."""

    def __init__(self, config):
        super().__init__(config)
        self.pool.ConnectionCls = _EncryptedConnection if config.scheme == "https" else _Connection
