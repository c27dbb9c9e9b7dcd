"""A PostgreSQL server of our own, from the binaries that the system's package brought."""

import re
import secrets
import shutil
import subprocess
from pathlib import Path

from service_tools import CACHE, ServiceMissing, kept_port, own_folder, run

VARIABLE = "TEST_DATABASE_URL"
FOLDER = CACHE / "postgresql"
USER = "library"
# The data are thrown away: what protects them from a power cut only costs time.
OPTIONS = "-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c full_page_writes=off"


def start() -> str:
    """The URL of the running server, started if need be."""
    if url := running_url():
        return url
    binaries = _binaries()
    own_folder(FOLDER)
    data = FOLDER / f"data-{binaries.parent.name}"
    if not (data / "PG_VERSION").exists():
        _initialise(binaries, data)
    port = kept_port(CACHE / "postgresql.port")
    log = FOLDER / "log"
    command = [str(binaries / "pg_ctl"), "-D", str(data), "-l", str(log), "-o", f"-p {port} {OPTIONS}", "-w", "start"]
    started = run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if started.returncode or not (url := running_url()):
        raise ServiceMissing(f"it did not start; its log: {log}")
    return url


def stop() -> None:
    """Stop the server that `start` started, if it runs."""
    for data in FOLDER.glob("data-*"):
        if (data / "postmaster.pid").exists():
            run([str(_binaries() / "pg_ctl"), "-D", str(data), "-m", "fast", "-w", "stop"], stdout=subprocess.DEVNULL)


def running_url() -> str | None:
    """The URL of the server that `start` started, if it runs."""
    for data in FOLDER.glob("data-*"):
        status = run([str(_binaries() / "pg_ctl"), "-D", str(data), "status"], capture_output=True)
        if status.returncode == 0:
            password = (FOLDER / "password").read_text().strip()
            port = int((data / "postmaster.pid").read_text().splitlines()[3])
            return f"postgres://{USER}:{password}@127.0.0.1:{port}/postgres"
    return None


def _binaries() -> Path:
    """The folder of the newest installed server: Debian keeps it off the PATH."""
    found = [Path(folder) for folder in Path("/usr/lib/postgresql").glob("*/bin") if (folder / "initdb").exists()]
    if found:
        return max(found, key=lambda folder: int(re.sub(r"\D", "", folder.parent.name) or 0))
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    raise ServiceMissing(
        "not installed: apt install postgresql (macOS: brew install postgresql), or set TEST_DATABASE_URL to a server."
    )


def _initialise(binaries: Path, data: Path) -> None:
    password = FOLDER / "password"
    password.touch(mode=0o600)
    password.write_text(secrets.token_hex(16))
    shutil.chown(password, FOLDER.owner())
    options = [
        "-U",
        USER,
        "-A",
        "scram-sha-256",
        "--pwfile",
        str(password),
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    ]
    made = run([str(binaries / "initdb"), "-D", str(data), *options], capture_output=True)
    if made.returncode:
        raise ServiceMissing(f"initdb failed: {made.stderr.strip()}")
