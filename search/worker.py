"""The worker: one loop that renews the index and heals drift, in a thread of the web process or in its own process."""

import logging
import threading
import time

from django.db import close_old_connections

from search import indexing, outbox

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 0.5
HEAL_EVERY_SECONDS = 10 * 60


class Worker:
    """Runs until it is told to stop. A fault in one round is logged and the next round begins."""

    def __init__(self, pause: float = PAUSE_SECONDS):
        self._pause = pause
        self._stop = threading.Event()
        self._next_heal = time.monotonic() + HEAL_EVERY_SECONDS

    def run(self) -> None:
        logger.info("The worker has started.")
        while not self._stop.is_set():
            busy = False
            try:
                busy = indexing.work_outbox() >= outbox.BATCH
                if time.monotonic() >= self._next_heal:
                    self._next_heal = time.monotonic() + HEAL_EVERY_SECONDS
                    indexing.heal()
            except Exception:
                logger.exception("A round of the worker failed.")
            close_old_connections()
            if not busy:
                self._stop.wait(self._pause)
        logger.info("The worker has stopped.")

    def stop(self, *_args) -> None:
        self._stop.set()


def start_thread() -> Worker:
    """Starts the worker inside this process, for embedded mode."""
    worker = Worker()
    threading.Thread(target=worker.run, name="worker", daemon=True).start()
    return worker
