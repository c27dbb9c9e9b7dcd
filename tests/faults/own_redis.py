"""A Redis of one test's own, a real server that may be killed: the program that the shared one runs."""

import importlib.util
import os
import shutil
import signal
import sys
from pathlib import Path

from tests.services import PROJECT_DIR

SCRIPTS = PROJECT_DIR / "scripts"
if str(SCRIPTS) not in sys.path:
    sys.path.insert(0, str(SCRIPTS))


class OwnRedis:
    """A server with a port of its own, always the same; what it holds is gone with it."""

    def __init__(self, name: str):
        spec = importlib.util.spec_from_file_location(f"redis_{name}", SCRIPTS / "services" / "redis.py")
        self._service = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self._service)
        # Two suites on one machine must not kill each other's.
        folder = Path(self._service.CACHE) / f"redis-{name}-{os.getpid()}"
        self._service.FOLDER, self._service.PORT_FILE = folder, folder.with_suffix(".port")
        self.url = ""

    def start(self) -> None:
        """Returns once it answers."""
        self.url = self._service.start()

    def kill(self) -> None:
        """SIGKILL; returns once it is gone."""
        self._service.stop(signal.SIGKILL)

    def remove(self) -> None:
        self.kill()
        self._service.PORT_FILE.unlink(missing_ok=True)
        shutil.rmtree(self._service.FOLDER, ignore_errors=True)
