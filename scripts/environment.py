"""The virtual environment of the checkout: made once, renewed when a lock changes.

`python3 scripts/environment.py [--dev]` prints nothing when all is in place. Only the standard library.
"""

import hashlib
import subprocess
import sys
import time
from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT_DIR))

from cms.serving.obstacles import Obstacle, require_disk_space, require_writable_folder  # noqa: E402

ENVIRONMENT = PROJECT_DIR / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
PIP_INSTALL = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
LOCKS = {False: ["requirements.txt"], True: ["requirements.txt", "requirements-dev.txt", "requirements-vectors.txt"]}
# Search by meaning. Without it words are searched as ever, so that a machine without these wheels still gets a site.
EXTRA = "requirements-vectors.txt"
MEGABYTES = {False: 900, True: 1200}


def ensure_environment(dev: bool = False) -> None:
    """Make `.venv` hold what the locks name, hash by hash."""
    wanted = {lock: _digest(PROJECT_DIR / lock) for lock in LOCKS[dev]}
    installed = all(_stamp(lock).is_file() and _stamp(lock).read_text() == digest for lock, digest in wanted.items())
    if not (installed and _can_import("gunicorn")):
        _install(wanted, dev)
    if not dev:
        _install_extra()


def _install(wanted: dict[str, str], dev: bool) -> None:
    require_writable_folder(PROJECT_DIR, "The project's folder")
    require_disk_space(PROJECT_DIR, MEGABYTES[dev])
    started = time.monotonic()
    if not _can_import("pip"):
        print("Making a virtual environment …", flush=True)
        _run(
            [sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)],
            "No virtual environment could be made: see the lines above (Debian and Ubuntu: apt install python3-venv).",
        )
    print(f"Installing the locked packages ({', '.join(wanted)}) …", flush=True)
    _run(
        [*PIP_INSTALL, *(argument for lock in wanted for argument in ("-r", str(PROJECT_DIR / lock)))],
        "The packages could not be installed: see the lines above, check the network and the free disk space, then try "
        "again (packages are built for Python 3.11 to 3.14; make run PYTHON=python3.13 chooses one).",
    )
    for lock, digest in wanted.items():
        _stamp(lock).write_text(digest)
    print(f"    done in {time.monotonic() - started:.0f} s", flush=True)


def _install_extra() -> None:
    """Tried once for each state of its lock, whatever comes of it: a start never waits for it twice."""
    digest = _digest(PROJECT_DIR / EXTRA)
    if _stamp(EXTRA).is_file() and _stamp(EXTRA).read_text() == digest:
        return
    print(f"Installing search by meaning ({EXTRA}) …", flush=True)
    command = [*PIP_INSTALL, "--only-binary", ":all:", "-r", EXTRA]
    if subprocess.run(command, check=False, cwd=PROJECT_DIR).returncode:
        again = f"{PYTHON.relative_to(PROJECT_DIR)} -m pip install --require-hashes -r {EXTRA}"
        print(
            f"    not installed (see above): the library is searched by words alone. To try again: {again}", flush=True
        )
    _stamp(EXTRA).write_text(digest)


def _can_import(package: str) -> bool:
    """False, too, when the system's Python was replaced and left an environment without its packages."""
    return (
        PYTHON.exists()
        and not subprocess.run([str(PYTHON), "-c", f"import {package}"], stderr=subprocess.DEVNULL).returncode
    )


def _stamp(lock: str) -> Path:
    return ENVIRONMENT / f".installed-{lock}"


def _digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def _run(command: list[str], sentence: str) -> None:
    if subprocess.run(command, check=False, cwd=PROJECT_DIR).returncode:
        raise Obstacle(sentence)


if __name__ == "__main__":
    try:
        ensure_environment(dev="--dev" in sys.argv[1:])
    except Obstacle as obstacle:
        sys.exit(str(obstacle))
