"""Questions to an engine that are asked together: the answer to one does not wait for that to another."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from functools import cache
from typing import TypeVar

from search.engines.base import Engine

Answer = TypeVar("Answer")
# One search asks up to four questions beside its own thread; so many for a few searches at once.
THREADS = 8


@cache
def _pool() -> ThreadPoolExecutor:
    """Threads of this process; made at the first question, so after the server has forked."""
    return ThreadPoolExecutor(THREADS, thread_name_prefix="search")


def ask(engine: Engine, question: Callable[[], Answer]) -> Future[Answer]:
    """The answer to come: `result()` waits for it and raises what the question raised. It belongs to the same search.

    An engine that answers one thread alone, such as the database within its transaction, is asked at once.
    """
    return _pool().submit(copy_context().run, question) if engine.answers_together else answered(question())


def answered(answer: Answer) -> Future[Answer]:
    """An answer that is there already."""
    future: Future[Answer] = Future()
    future.set_result(answer)
    return future
