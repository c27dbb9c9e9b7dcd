"""A Redis server of our own, from the program that the system's package brought: Redis, or Valkey, its twin."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
from pathlib import Path

from service_tools import CACHE, ServiceMissing, kept_port, own_folder, unprivileged_user, wait_until

VARIABLE = "TEST_REDIS_URL"
FOLDER = CACHE / "redis"
PORT_FILE = CACHE / "redis.port"


def start() -> str:
    """The URL of the running server, started if need be."""
    if url := running_url():
        return url
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if not program:
        raise ServiceMissing(
            "not installed: apt install redis-server (macOS: brew install redis), or set TEST_REDIS_URL to a server."
        )
    own_folder(FOLDER)
    port = kept_port(PORT_FILE)
    if not _password_file().exists():
        _password_file().touch(mode=0o600)
        _password_file().write_text(secrets.token_hex(16))
    with (FOLDER / "log").open("w") as log:
        server = subprocess.Popen(
            [program, "-"],
            cwd=FOLDER,
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            user=unprivileged_user(),
            start_new_session=True,
        )
    # From here, not from the command line, which everybody may read.
    settings = f'bind 127.0.0.1\nport {port}\nrequirepass {_password_file().read_text()}\nsave ""\n'
    server.stdin.write(settings.encode())
    server.stdin.close()
    _pid_file().write_text(str(server.pid))
    if not wait_until(lambda: running_url() is not None, lambda: server.poll() is not None, seconds=20):
        stop()
        raise ServiceMissing(f"it did not start; its log: {FOLDER / 'log'}")
    return str(running_url())


def stop(how: signal.Signals = signal.SIGTERM) -> None:
    """Stop the server that `start` started, if it runs."""
    if not _pid_file().exists():
        return
    server = int(_pid_file().read_text())
    _pid_file().unlink()
    if _is_ours(server):
        os.kill(server, how)
        wait_until(lambda: not _is_ours(server), lambda: False, seconds=20)


def running_url() -> str | None:
    """The URL of the server that `start` started, if it answers."""
    if not (PORT_FILE.exists() and _password_file().exists()):
        return None
    port, password = int(PORT_FILE.read_text()), _password_file().read_text()
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(f"AUTH {password}\r\n".encode())
            return f"redis://:{password}@127.0.0.1:{port}/0" if connection.recv(64).startswith(b"+OK") else None
    except OSError:
        return None


def _is_ours(server: int) -> bool:
    """True while the process that we started lives; its number may belong to somebody else by now."""
    shown = subprocess.run(
        ["ps", "-ww", "-o", "stat=,args=", "-p", str(server)], capture_output=True, text=True, check=False
    ).stdout
    # What is dead waits for whoever started it.
    return ("redis-server" in shown or "valkey-server" in shown) and not shown.startswith("Z")


def _password_file() -> Path:
    return FOLDER / "password"


def _pid_file() -> Path:
    return FOLDER / "pid"
