"""Waiting for a server no longer than so many seconds, also when its answer comes byte by byte.

Timeouts of sockets count from the last byte, so that an answer may trickle in for ever.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import copy_context
from typing import TypeVar

Answer = TypeVar("Answer")


def within(seconds: float, ask: Callable[[], Answer]) -> Answer:
    """What `ask` brings or raises; TimeoutError when it takes longer. It must not use the database.

    It is asked from a thread of its own, which is left behind when it is late, until its connection ends.
    """
    answer: Future[Answer] = Future()

    def work() -> None:
        try:
            answer.set_result(ask())
        except BaseException as error:  # noqa: BLE001 (it is raised where the answer is waited for)
            answer.set_exception(error)

    try:
        threading.Thread(target=copy_context().run, args=(work,), name="waiting", daemon=True).start()
    except RuntimeError as error:
        raise TimeoutError("There is no thread left to ask with.") from error
    return answer.result(max(seconds, 0.0))
