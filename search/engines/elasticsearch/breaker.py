"""The circuit breaker: after failures readers are no longer made to wait for a server that does not answer."""

import logging
import threading
import time
from collections.abc import Callable

from search.engines.base import EngineUnavailable

logger = logging.getLogger(__name__)

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 15.0


class CircuitBreaker:
    """Open after `most_failures` in a row; then a probe in the background, not a reader, finds out when to close it.

    `probe` raises EngineUnavailable while the server is not well. Each failed probe doubles the pause before the next.
    """

    def __init__(self, probe: Callable[[], object], most_failures: int = 1):
        self._probe, self._most_failures = probe, most_failures
        self._lock = threading.Lock()
        self._failures = 0
        self._failed_at = 0.0
        self._reason = ""
        self._pause = FIRST_PAUSE_SECONDS
        self._next_probe = 0.0
        self._is_probing = False

    @property
    def is_open(self) -> bool:
        return bool(self._reason)

    def check(self) -> None:
        """Raises EngineUnavailable at once while open; starts a probe when it is time for one."""
        if not self.is_open:
            return
        with self._lock:
            is_due = not self._is_probing and time.monotonic() >= self._next_probe
            self._is_probing = self._is_probing or is_due
            reason = self._reason
        if is_due:
            threading.Thread(target=self._find_out, name="elasticsearch-probe", daemon=True).start()
        if reason:
            raise EngineUnavailable(reason)

    def succeeded(self) -> None:
        if self._failures:
            with self._lock:
                self._failures = 0

    def failed(self, reason: str, asked_at: float | None = None) -> None:
        """What was asked before the last failure and fails too is not counted: it may have waited for the same host."""
        with self._lock:
            if asked_at is not None and asked_at < self._failed_at:
                return
            self._failures += 1
            self._failed_at = time.monotonic()
            if self._failures >= self._most_failures and not self._reason:
                logger.error("Searching without Elasticsearch: %s", reason)
                self._reason = reason
                self._next_probe = time.monotonic() + self._pause

    def _find_out(self) -> None:
        try:
            self._probe()
        except EngineUnavailable as error:
            with self._lock:
                self._reason = str(error)
                self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)
                self._next_probe = time.monotonic() + self._pause
                self._is_probing = False
        else:
            logger.warning("Elasticsearch answers again.")
            with self._lock:
                self._failures, self._reason, self._pause, self._is_probing = 0, "", FIRST_PAUSE_SECONDS, False
