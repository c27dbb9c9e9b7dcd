"""What a process says when it starts beside a cluster that it cannot use. It starts all the same."""

import logging
import threading

from search.engines import index_engine

logger = logging.getLogger(__name__)


def tell_of_trouble() -> threading.Thread:
    """Logs one sentence where something is wrong, from a thread of its own: starting waits for no server."""
    thread = threading.Thread(target=_tell, name="elasticsearch-start", daemon=True)
    thread.start()
    return thread


def _tell() -> None:
    if trouble := index_engine().trouble():
        logger.error("Searching in the database until this is mended: %s", trouble)
