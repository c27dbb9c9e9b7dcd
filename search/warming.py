"""What the first reader after a start would wait for, made ready beside the first answers: index, words, models."""

import gc
import logging
import threading

from django.db import DatabaseError, connections

from search.analysis import LANGUAGES
from search.query import LibraryQuery
from search.service import search

logger = logging.getLogger(__name__)
# Real words that meaning is asked about, and one that no library holds.
ASKED = {"en": "help for families zzqxj", "es": "ayuda para las familias zzqxj"}


def start_thread() -> threading.Thread:
    """Warms up in a thread of its own: starting waits for nothing."""
    thread = threading.Thread(target=warm_up, name="search-warming", daemon=True)
    thread.start()
    return thread


def warm_up() -> None:
    """Asks once in each language. What cannot answer yet is told to readers when they ask."""
    try:
        for language in LANGUAGES:
            search(LibraryQuery(text=ASKED[language], language=language))
    except DatabaseError as error:
        logger.warning("The search could not be made ready: %s", error)
    finally:
        connections.close_all()
        _keep_what_is_there()


def _keep_what_is_there() -> None:
    """Modules, addresses and models stay: looking through all of them for garbage again takes a tenth of a second,
    during which some reader waits."""
    gc.collect()
    gc.freeze()
