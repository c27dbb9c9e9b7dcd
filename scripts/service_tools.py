"""What the test servers share: where they live, who runs them, which port they listen on."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

IS_ROOT = os.geteuid() == 0
# Root's own cache folder is closed to the unprivileged user that runs the servers.
CACHE = (
    Path("/var/cache" if IS_ROOT else os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "resource-library"
)


class ServiceMissing(Exception):
    """A server that cannot be had here; the text says how to get it."""


def unprivileged_user() -> str | None:
    """The user to run a server as: nobody in particular for root (two of the servers refuse root), else oneself."""
    if not IS_ROOT:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise ServiceMissing("no unprivileged user to run it as: start the tests as a user other than root.")


def run(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
    """Run to the end as the unprivileged user, in the cache folder."""
    return subprocess.run(command, user=unprivileged_user(), cwd=CACHE, text=True, check=False, **options)  # type: ignore[call-overload]


def own_folder(path: Path) -> Path:
    """A folder that the unprivileged user alone may use."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    if user := unprivileged_user():
        shutil.chown(path, user)
    return path


def kept_port(file: Path) -> int:
    """A free loopback port, chosen once and kept in `file` while it stays free."""
    if file.exists() and _is_free(port := int(file.read_text())):
        return port
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    file.write_text(str(port))
    return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def wait_until(is_up: Callable[[], bool], has_ended: Callable[[], bool], seconds: float) -> bool:
    """True once it is up; False when it ended or did not come up in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_up():
            return True
        if has_ended():
            return False
        time.sleep(0.3)
    return False
