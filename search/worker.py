"""The worker: loops that renew the index and read files, in threads of the web process or in a process of their own."""

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command
from django.db import close_old_connections, connections

from assets.extraction.service import extract_document, waiting_documents
from search import indexing, outbox
from search.vectors import meaning
from search.vectors.trouble import VectorsDamaged, VectorsUnavailable, tell

if TYPE_CHECKING:
    from search.vectors.upkeep import Upkeep

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 0.5
HEAL_EVERY_SECONDS = 60
# Vectors are told of changes with the index; this finds what they were not told of.
COMPARE_EVERY_SECONDS = 10 * 60
EMBED_SECONDS = 1.0


class Worker:
    """Runs until it is told to stop. A fault in one round is logged and the next round begins.

    Reading a file may take long, and what is taken off the site must leave the index at once: each has its own loop.
    """

    def __init__(self, pause: float = PAUSE_SECONDS):
        self._pause = pause
        self._stop = threading.Event()
        self._next_heal = time.monotonic() + HEAL_EVERY_SECONDS
        self._next_compare = 0.0
        self._upkeep: Upkeep | None = None
        self._next_run = {command: time.monotonic() for command in settings.PERIODIC_COMMANDS}

    def run(self) -> None:
        logger.info("The worker has started.")
        others = [
            threading.Thread(target=self._loop, args=(work,), name=name, daemon=True)
            for name, work in (("worker-files", self.read_documents), ("worker-vectors", self.renew_vectors))
        ]
        for thread in others:
            thread.start()
        self._loop(self.renew_index)
        for thread in others:
            thread.join(timeout=self._pause * 4)
        logger.info("The worker has stopped.")

    def renew_index(self) -> bool:
        """One round; whether there is more to do at once."""
        if time.monotonic() >= self._next_heal:
            self._next_heal = time.monotonic() + HEAL_EVERY_SECONDS
            indexing.heal()
        self.run_periodic_commands()
        return indexing.work_outbox() >= outbox.BATCH

    def run_periodic_commands(self) -> None:
        """The management commands of settings.PERIODIC_COMMANDS, each when its time has come."""
        for command, seconds in settings.PERIODIC_COMMANDS.items():
            if time.monotonic() >= self._next_run[command]:
                self._next_run[command] = time.monotonic() + seconds
                call_command(command, verbosity=0)

    def renew_vectors(self) -> bool:
        """Embeds for a short while what changed since; whether more waits."""
        if self._upkeep is None:
            found = meaning.current()
            if found is None:
                return False
            from search.vectors.upkeep import Upkeep

            self._upkeep = Upkeep(found)
        try:
            return self._embed(self._upkeep)
        except VectorsUnavailable as error:
            tell(f"Vectors wait: {error}")
            return False

    def _embed(self, upkeep: "Upkeep") -> bool:
        is_due = time.monotonic() >= self._next_compare
        try:
            if upkeep.prepare(is_thorough=is_due) or is_due:
                self._next_compare = time.monotonic() + COMPARE_EVERY_SECONDS
                upkeep.compare()
            upkeep.note_changed()
            return upkeep.work(EMBED_SECONDS)
        except VectorsDamaged as error:
            upkeep.begin_anew(error)
            return True

    def read_documents(self) -> bool:
        """Reads the text of one document that waits; whether there was one."""
        document_id = waiting_documents().values_list("pk", flat=True).first()
        if document_id is not None:
            extract_document(document_id)
        return document_id is not None

    def _loop(self, work: Callable[[], bool]) -> None:
        while not self._stop.is_set():
            busy = False
            try:
                busy = work()
            except Exception:
                logger.exception("A round of the worker failed.")
            close_old_connections()
            if not busy:
                self._stop.wait(self._pause)
        connections.close_all()

    def stop(self, *_args) -> None:
        self._stop.set()


def start_thread() -> Worker:
    """Starts the worker inside this process, for embedded mode."""
    worker = Worker()
    threading.Thread(target=worker.run, name="worker", daemon=True).start()
    return worker
