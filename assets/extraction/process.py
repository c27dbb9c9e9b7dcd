"""The parent's side: starts a child for a file, waits no longer than allowed, and judges how it ended."""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from assets.extraction.limits import Limits
from assets.extraction.problems import Problem

logger = logging.getLogger(__name__)
PROJECT_DIR = Path(__file__).resolve().parents[2]
_OUT_OF_TIME = {-signal.SIGXCPU, -signal.SIGALRM}
_SAID_BY_CHILD = 2000


@dataclass(frozen=True)
class Outcome:
    """What a child answered: pages in order (cut short where there is a problem) and the file's own page count."""

    pages: tuple[str, ...] = ()
    unit: str = ""
    page_count: int | None = None
    problem: str = ""


def command(extension: str, limits: Limits) -> list[str]:
    return [sys.executable, "-m", "assets.extraction.child", json.dumps(asdict(limits)), extension]


def read_file(file: IO[bytes], extension: str, limits: Limits, arguments: Sequence[str] = ()) -> Outcome:
    """The text of an open file on disk. Never raises for what is in the file."""
    if os.fstat(file.fileno()).st_size > limits.file_bytes:
        return Outcome(problem=Problem.TOO_LARGE)
    file.seek(0)
    # The child writes into unnamed files, whose size the system bounds, so nothing here waits on a pipe or fills up.
    with TemporaryFile() as answers, TemporaryFile() as complaints:
        code = _run(arguments or command(extension, limits), file, answers, complaints, limits.seconds)
        complaints.seek(0)
        said = complaints.read(_SAID_BY_CHILD).decode("utf-8", errors="replace").strip()
        if code or said:
            logger.warning("Reading a .%s file ended with %s: %s", extension, code, said)
        answers.seek(0)
        return _outcome(answers, code)


def _run(arguments: Sequence[str], file: IO[bytes], answers: IO[bytes], complaints: IO[bytes], seconds: int) -> int:
    """The exit code; a child that outlives its time is killed with all it started. It inherits no secrets."""
    with subprocess.Popen(
        arguments,
        stdin=file,
        stdout=answers,
        stderr=complaints,
        cwd=PROJECT_DIR,
        env={"PYTHONPATH": str(PROJECT_DIR), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"},
        start_new_session=True,
    ) as child:
        try:
            return child.wait(seconds)
        except subprocess.TimeoutExpired:
            return -signal.SIGALRM
        finally:  # also where this process is interrupted
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)


def _outcome(answers: IO[bytes], code: int) -> Outcome:
    said: dict = {"unit": "", "page_count": None, "problem": _problem_of_end(code)}
    pages: list[str] = []
    for raw in answers:
        try:
            line = json.loads(raw)
        except ValueError:  # cut off where the child was stopped
            break
        if "text" in line:
            pages.append(line["text"])
        else:
            said |= line
    return Outcome(tuple(pages), **said)


def _problem_of_end(code: int) -> Problem:
    """Why a child came to no end of its own. A positive exit code is a parser's exception."""
    if code in _OUT_OF_TIME:
        return Problem.TIME
    return Problem.DAMAGED if code > 0 else Problem.STOPPED
