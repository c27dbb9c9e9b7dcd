"""An Elasticsearch of one test's own, a real server that may be killed: the program that the shared one runs."""

import contextlib
import importlib.util
import os
import shutil
import signal
import sys
from pathlib import Path
from types import ModuleType

from tests.services import PROJECT_DIR

SCRIPTS = PROJECT_DIR / "scripts"
if str(SCRIPTS) not in sys.path:
    sys.path.insert(0, str(SCRIPTS))

from service_tools import kept_port, wait_until  # noqa: E402

HEAP = "512m"


class OwnElasticsearch:
    """A server with data, port and settings of its own; what it holds outlives it."""

    def __init__(self, name: str):
        # Two suites on one machine must not kill each other's.
        self._service = _service_of_our_own(f"{name}-{os.getpid()}")
        self._service.FOLDER.mkdir(parents=True, exist_ok=True)
        self.url = f"http://127.0.0.1:{kept_port(self._service.PORT_FILE)}"

    def start(self) -> None:
        """Returns once it answers."""
        self._service.start()

    def kill(self) -> None:
        """SIGKILL to the server and to what started it; returns once its data are free for another."""
        leader = int(self._service.PID_FILE.read_text())
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.killpg(leader, signal.SIGKILL)
            os.waitpid(leader, 0)
        assert wait_until(lambda: not self._service._is_ours(leader), lambda: False, seconds=20)

    def remove(self) -> None:
        if self._service.PID_FILE.exists():
            self.kill()
        self._service.PORT_FILE.unlink(missing_ok=True)
        shutil.rmtree(self._service.FOLDER, ignore_errors=True)


def _service_of_our_own(name: str) -> ModuleType:
    """The module that starts the shared server, a second time, with other places."""
    spec = importlib.util.spec_from_file_location(f"elasticsearch_{name}", SCRIPTS / "services" / "elasticsearch.py")
    service = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(service)
    folder = Path(service.CACHE) / f"elasticsearch-{name}"
    service.FOLDER, service.CONFIG, service.HEAP = folder, folder / "config", HEAP
    service.PORT_FILE, service.PID_FILE = folder.with_suffix(".port"), folder / "pid"
    service.LOG = folder / "server.log"
    return service
