"""Index documents built in a process of their own: while it reads the database, this one writes the index.

Both are work for the processor, half and half, and Python gives one process one processor for it.
"""

import multiprocessing
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.db import connection, connections

if TYPE_CHECKING:
    from search.documents import IndexDocument

Chunk = Sequence[str]
LONGEST_REASON = 300


class DocumentsNotBuilt(Exception):
    """More than single documents are missing, or the process that builds them ended. Says what was said last."""


def reason_of(error: Exception) -> str:
    """Why a document could not be built, as it is told."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:LONGEST_REASON]


def may_help() -> bool:
    """Whether another process sees what this one does: not a database in memory, nor changes not yet committed.

    It begins by reading this program's file, which one that is typed in or comes through a pipe does not have.
    """
    in_memory = getattr(connection, "is_in_memory_db", lambda: False)()
    program = getattr(sys.modules["__main__"], "__file__", None)
    return not in_memory and not connection.in_atomic_block and (program is None or Path(program).exists())


def documents_of(chunks: Sequence[Chunk], failed: dict[str, str]) -> Iterator[list["IndexDocument"]]:
    """The documents of each chunk of translation keys (see `build_apart`); one chunk ahead, so memory is constant.

    `failed` gets works that could not be built, and why. Raises DocumentsNotBuilt.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    # Without the other end in this process, each side notices when the other one is gone.
    process = context.Process(target=_serve, args=(there, connection.settings_dict["NAME"]), daemon=True)
    process.start()
    there.close()
    try:
        for at, chunk in enumerate(chunks):
            here.send(list(chunk))
            if at:
                yield _received(here, failed)
        if chunks:
            yield _received(here, failed)
    except (EOFError, OSError) as error:
        process.join(1)
        raise DocumentsNotBuilt(f"The process that reads the works ended with {process.exitcode}.") from error
    finally:
        here.close()
        process.join(10)
        process.kill()


def _received(here: Connection, failed: dict[str, str]) -> list["IndexDocument"]:
    answer = here.recv()
    if isinstance(answer, str):
        raise DocumentsNotBuilt(answer)
    documents, failed_here = answer
    failed.update(failed_here)
    return documents


def _serve(there: Connection, database_name: object) -> None:
    """Answers chunks of keys with their documents until nobody asks any more; what fails is told, not hidden.

    A new process knows no models yet when it reads this module: what needs them is imported after `setup`.
    """
    django.setup()
    connections.databases["default"]["NAME"] = database_name
    from search.documents import build_apart

    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        while True:
            keys = there.recv()
            try:
                failed: dict[str, str] = {}
                documents = list(build_apart(keys, lambda key, error, to=failed: to.update({key: reason_of(error)})))
                there.send((documents, failed))
            except (EOFError, BrokenPipeError):
                raise
            except Exception:  # noqa: BLE001 (it goes to the process that asked, which raises it)
                there.send(traceback.format_exc())
