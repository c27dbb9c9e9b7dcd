"""A migrated SQLite database, made once for a state of the migrations and copied for each test process."""

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parent.parent
# Each environment has its own: packages bring migrations.
CACHE = PROJECT_DIR / ".pytest_cache" / Path(sys.prefix).name


def migrated_database() -> Path:
    """The template for the present migrations; other states' templates are removed."""
    CACHE.mkdir(parents=True, exist_ok=True)
    template = CACHE / f"migrated-{_state_of_migrations()}.sqlite3"
    with (CACHE / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            for old in CACHE.glob("migrated-*.sqlite3*"):
                old.unlink()
            _migrate(template)
    return template


def _state_of_migrations() -> str:
    """Our migrations, what is granted after them, and the locks that name the packages with migrations of theirs."""
    digest = hashlib.sha256()
    locks = [PROJECT_DIR / "requirements.txt", PROJECT_DIR / "requirements-wagtail8.txt"]
    for file in [*locks, *sorted(PROJECT_DIR.glob("*/migrations/*.py")), PROJECT_DIR / "cms" / "editor_permissions.py"]:
        digest.update(f"{file.relative_to(PROJECT_DIR)}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _migrate(template: Path) -> None:
    partial = template.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0", "--settings=cms.settings.test"],
        cwd=PROJECT_DIR,
        env={**os.environ, "TEST_SUITE_DATABASE_URL": f"sqlite:///{partial}"},
        check=True,
    )
    partial.rename(template)
