"""The virtual environment of the checkout: made once, renewed when a lock changes.

`python3 scripts/environment.py [--dev | --wagtail8]` prints nothing when all is in place. Only the standard library.
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
PIP_INSTALL = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
LOCKS = {False: ["requirements.txt"], True: ["requirements.txt", "requirements-dev.txt", "requirements-vectors.txt"]}
# Search by meaning. Without it words are searched as ever, so that a machine without these wheels still gets a site.
EXTRA = "requirements-vectors.txt"
MEGABYTES = {False: 900, True: 1200}
# The next Wagtail, for tests: its packages stand before those of `.venv`, which it is laid over.
LAYER = PROJECT_DIR / ".venv-wagtail8"
LAYER_LOCK = "requirements-wagtail8.txt"

NO_ENVIRONMENT = (
    "No virtual environment could be made: see the lines above (Debian and Ubuntu: apt install python3-venv)."
)
NOT_INSTALLED = (
    "The packages could not be installed: see the lines above, check the network and the free disk space, then try "
    "again (packages are built for Python 3.11 to 3.14; make run PYTHON=python3.13 chooses one)."
)


def ensure_environment(dev: bool = False) -> None:
    """Make `.venv` hold what the locks name, hash by hash."""
    wanted = {lock: _digest(PROJECT_DIR / lock) for lock in LOCKS[dev]}
    installed = all(_stamp(lock).is_file() and _stamp(lock).read_text() == digest for lock, digest in wanted.items())
    if not (installed and _can_import("gunicorn")):
        _install(wanted, dev)
    if not dev:
        _install_extra()


def ensure_layer() -> None:
    """Make `.venv-wagtail8` hold what differs from `.venv`."""
    ensure_environment(dev=True)
    below = _packages_of(ENVIRONMENT)
    state = " ".join([*(_digest(PROJECT_DIR / lock) for lock in [*LOCKS[True], LAYER_LOCK]), str(below)])
    stamp = LAYER / f".installed-{LAYER_LOCK}"
    if stamp.is_file() and stamp.read_text() == state:
        return
    print(f"Installing the next Wagtail ({LAYER_LOCK}) …", flush=True)
    _run([str(PYTHON), "-m", "venv", "--clear", str(LAYER)], NO_ENVIRONMENT)
    (_packages_of(LAYER) / "below.pth").write_text(f"{below}\n")
    _run([str(LAYER / "bin" / "python"), *PIP_INSTALL, "-r", LAYER_LOCK], NOT_INSTALLED)
    stamp.write_text(state)


def _packages_of(environment: Path) -> Path:
    return next(environment.glob("lib/python*/site-packages"))


def _install(wanted: dict[str, str], dev: bool) -> None:
    require_writable_folder(PROJECT_DIR, "The project's folder")
    require_disk_space(PROJECT_DIR, MEGABYTES[dev])
    started = time.monotonic()
    if not _can_import("pip"):
        print("Making a virtual environment …", flush=True)
        _run(
            [sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)],
            NO_ENVIRONMENT,
        )
    print(f"Installing the locked packages ({', '.join(wanted)}) …", flush=True)
    _run(
        [str(PYTHON), *PIP_INSTALL, *(argument for lock in wanted for argument in ("-r", str(PROJECT_DIR / lock)))],
        NOT_INSTALLED,
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
    command = [str(PYTHON), *PIP_INSTALL, "--only-binary", ":all:", "-r", EXTRA]
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
        if "--wagtail8" in sys.argv[1:]:
            ensure_layer()
        else:
            ensure_environment(dev="--dev" in sys.argv[1:])
    except Obstacle as obstacle:
        sys.exit(str(obstacle))
