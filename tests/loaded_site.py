"""The site with its own content and index: loaded once and then put in place at once.

On SQLite it is kept for a state of code and content, on PostgreSQL by each test process for itself.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import connection

from tests import postgresql_states
from tests.migrated_database import CACHE, PROJECT_DIR, migrated_database

# What decides the content of the database, and what besides it the content of the index.
CONTENT_SOURCES = (
    "home/content",
    "home/loading",
    "home/models.py",
    "resources/models",
    "resources/translations.py",
    "resources/translation_rows.py",
)
INDEX_SOURCES = ("search", "resources/languages", "resources/editions.py", "assets/extraction")


def loaded_site() -> Path:
    """A folder with `library.sqlite3`, `media` and `index`; made anew when content or code that makes it changed."""
    migrated = migrated_database()
    content_state = _state_of(CONTENT_SOURCES, migrated.name)
    with (CACHE / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        content = CACHE / f"content-{content_state}"
        if not content.exists():
            _make(content, "load_site_content", {"library.sqlite3": migrated})
        site = CACHE / f"site-{_state_of(INDEX_SOURCES, content_state)}"
        if not site.exists():
            _make(site, "rebuild_search", {name: content / name for name in ("library.sqlite3", "media")})
    return site


def put_in_place() -> None:
    """Gives this test process the loaded site: database, files and index. Not inside a transaction."""
    if is_sqlite():
        folder = loaded_site()
        _fill_database_from(folder / "library.sqlite3")
    else:
        folder = _put_back_on_postgresql()
    _forget_what_was_there()
    for name, target in (("media", settings.MEDIA_ROOT), ("index", settings.SEARCH_INDEX_DIR)):
        if (folder / name).exists():
            shutil.copytree(folder / name, target)


def take_away() -> None:
    """Gives this test process the empty migrated database again."""
    if is_sqlite():
        _fill_database_from(migrated_database())
    else:
        postgresql_states.put_back("migrated")
    _forget_what_was_there()


def is_sqlite() -> bool:
    return settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


def _put_back_on_postgresql() -> Path:
    """Puts the site's rows into the database, loading them the first time; the folder of its files and index."""
    folder = Path(settings.DATA_DIR) / "loaded-site"
    if postgresql_states.is_kept("loaded"):
        postgresql_states.put_back("loaded")
        return folder
    postgresql_states.put_back("migrated")
    folder.mkdir(exist_ok=True)
    for command in ("load_site_content", "rebuild_search"):
        _manage(command, folder, postgresql_states.url())
    postgresql_states.keep("loaded")
    return folder


def _fill_database_from(template: Path) -> None:
    connection.ensure_connection()
    with contextlib.closing(sqlite3.connect(template)) as source:
        source.backup(connection.connection)


def _forget_what_was_there() -> None:
    """Files, index, and what this process remembers of rows."""
    for folder in (settings.MEDIA_ROOT, settings.SEARCH_INDEX_DIR):
        shutil.rmtree(folder, ignore_errors=True)
    ContentType.objects.clear_cache()
    for cache in caches.all():
        cache.clear()


def _state_of(sources: Iterable[str], *more: str) -> str:
    digest = hashlib.sha256("".join(more).encode())
    for source in sources:
        path = PROJECT_DIR / source
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(f"{file.relative_to(PROJECT_DIR)}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _make(folder: Path, command: str, beginning: dict[str, Path]) -> None:
    """Runs the command on a copy of the beginning; the folder takes the place of those for other states."""
    partial = folder.with_name(f"partial-{folder.name}")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir()
    for name, source in beginning.items():
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, partial / name)
    database = partial / "library.sqlite3"
    _manage(command, partial, f"sqlite:///{database}")
    with contextlib.closing(sqlite3.connect(database)) as checkpoint:
        checkpoint.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for old in CACHE.glob(f"{folder.name.partition('-')[0]}-*"):
        shutil.rmtree(old)
    partial.rename(folder)


def _manage(command: str, folder: Path, database_url: str) -> None:
    """Runs a command of the site in a process of its own, whatever the settings of the present test."""
    subprocess.run(
        [sys.executable, "manage.py", command, "-v0", "--settings=cms.settings.dev"],
        cwd=PROJECT_DIR,
        env={
            **os.environ,
            "DATA_DIR": str(folder),
            "DATABASE_URL": database_url,
            "ELASTICSEARCH_URL": "",
            "SECRET_KEY": "only-for-tests",
        },
        check=True,
    )
