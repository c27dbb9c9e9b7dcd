"""What the child process takes from itself before it opens a file."""

import os
import resource
import signal

from assets.extraction.limits import Limits


def confine(limits: Limits) -> None:
    """Bounds time, memory, output and open files of this process, for good."""
    signal.alarm(limits.seconds + 5)  # ends the child even where its parent was killed
    # The soft limit ends the child with its own signal, by which the parent knows why; the hard one kills it.
    _bound(resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 5)
    _bound(resource.RLIMIT_FSIZE, limits.output_bytes)
    _bound(resource.RLIMIT_NOFILE, 64)
    _bound(resource.RLIMIT_CORE, 0)
    _bound(resource.RLIMIT_AS, limits.memory_bytes)
    os.nice(10)


def _bound(kind: int, value: int, hard: int | None = None) -> None:
    """Sets a limit; where the system refuses it (memory on macOS), the others still hold."""
    try:
        resource.setrlimit(kind, (value, value if hard is None else hard))
    except (ValueError, OSError):
        return
