"""A deployment of its own: a folder with the site's content, and real processes in it that can be killed."""

import contextlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests import loaded_site
from tests.services import PROJECT_DIR

PATIENCE_SECONDS = 120
NEWEST_REBUILD = "SELECT coalesce(max(id), 0) FROM search_rebuild"


class Deployment:
    """Its processes share a SQLite database, and an index in a folder or, with its address, in Elasticsearch."""

    def __init__(self, folder: Path, elasticsearch_url: str = ""):
        loaded = loaded_site.loaded_site()
        shutil.copyfile(loaded / "library.sqlite3", folder / "library.sqlite3")
        for name in ("media", "index"):
            shutil.copytree(loaded / name, folder / name)
        self.folder = folder
        self._environment = {
            **os.environ,
            "DATA_DIR": str(folder),
            "DATABASE_URL": f"sqlite:///{folder / 'library.sqlite3'}",
            "ELASTICSEARCH_URL": elasticsearch_url,
            "SECRET_KEY": "only-for-tests",
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        }
        self._processes: list[subprocess.Popen] = []
        self._rebuilds: list[subprocess.Popen] = []
        self._editor = self._start([sys.executable, "-m", "tests.faults.editing_process"], talks=True)
        self.worker: subprocess.Popen | None = None

    def _start(self, command: list[str], talks: bool = False) -> subprocess.Popen:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True} if talks else {}
        with (self.folder / "log").open("a") as log:
            process = subprocess.Popen(
                command,
                cwd=PROJECT_DIR,
                env=self._environment,
                stderr=log,
                start_new_session=True,
                **({"stdout": log} | pipes),
            )
        self._processes.append(process)
        return process

    def manage(self, *command: str) -> subprocess.Popen:
        return self._start([sys.executable, "manage.py", *command])

    def python(self, *arguments: str) -> int:
        """Runs Python in the deployment to its end; its exit code."""
        return self._start([sys.executable, *arguments]).wait(PATIENCE_SECONDS)

    def start_worker(self) -> None:
        self.worker = self.manage("worker")

    def kill_worker(self) -> None:
        kill(self.worker)

    def begin_rebuild(self) -> subprocess.Popen:
        process = self.manage("rebuild_search")
        self._rebuilds.append(process)
        return process

    def end_rebuilds(self) -> None:
        """Waits for all that were begun; a killed server may have made some fail."""
        for process in self._rebuilds:
            process.wait(PATIENCE_SECONDS)

    def rebuild(self) -> None:
        assert self.begin_rebuild().wait(PATIENCE_SECONDS) == 0, self.log()

    def kill_a_rebuild(self, seconds: float) -> None:
        """Lets a rebuild begin, and kills it so many seconds later."""
        process = self.begin_rebuild()
        before = self._count(NEWEST_REBUILD)
        while self._count(NEWEST_REBUILD) == before and process.poll() is None:
            time.sleep(0.02)
        time.sleep(seconds)
        kill(process)

    def _count(self, question: str) -> int:
        with contextlib.closing(sqlite3.connect(self.folder / "library.sqlite3", timeout=20)) as database:
            return database.execute(question).fetchone()[0]

    def edit(self, times: int, seed: int) -> None:
        self._tell({"edit": times, "seed": seed})

    def state(self) -> dict:
        return self._tell({"state": True})

    def _tell(self, what: dict) -> dict:
        self._editor.stdin.write(json.dumps(what) + "\n")
        self._editor.stdin.flush()
        answer = self._editor.stdout.readline()
        assert answer, self.log()
        return json.loads(answer)

    def settled(self, seconds: float) -> dict:
        """The state once the index answers and nothing waits, or when the time is over."""
        until = time.monotonic() + seconds
        while self._count("SELECT count(*) FROM search_outboxentry") and time.monotonic() < until:
            time.sleep(0.1)
        while "unavailable" in (state := self.state()) and time.monotonic() < until:
            time.sleep(0.5)
        return state

    def log(self) -> str:
        return (self.folder / "log").read_text()[-5000:]

    def end(self) -> None:
        for process in self._processes:
            kill(process)


@contextlib.contextmanager
def deployed(folder: Path, elasticsearch_url: str = "") -> Iterator[Deployment]:
    """A deployment whose processes end with the test."""
    deployment = Deployment(folder, elasticsearch_url)
    try:
        yield deployment
    finally:
        deployment.end()


def kill(process: subprocess.Popen) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)
