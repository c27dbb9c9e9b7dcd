"""Everything between an installed checkout and a complete site, as steps that know whether they are still needed."""

import hashlib
import io
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cms.settings.environment import PROJECT_DIR
from search.engines import index_engine


@dataclass(frozen=True)
class Step:
    """One preparation: what a person reads, whether it is needed, and the work."""

    message: str
    is_needed: Callable[[], bool]
    perform: Callable[[], None]


def steps() -> list[Step]:
    """The steps in their order; each relies on those before it."""
    return [
        Step("Making the database tables", _migrations_wait, _migrate),
        Step("Collecting styles and scripts", _static_files_changed, _collect_static_files),
        Step("Loading the site's content in both languages", _is_empty, _load_content),
        Step("Building the search index", _index_is_missing, _build_index),
        Step("Creating an administrator", _administrator_is_missing, _create_administrator),
    ]


def is_prepared() -> bool:
    """True when nothing is left to do. Each step may only be asked once those before it are done."""
    return not any(step.is_needed() for step in steps())


def _migrations_wait() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)


def _static_files_changed() -> bool:
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    return not manifest.exists() or _stamps().get("static") != _static_digest()


def _collect_static_files() -> None:
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    _stamp("static", _static_digest())


def _static_digest() -> str:
    """Names the state of our own static files and of the packages that bring the others."""
    own = sorted(file for file in PROJECT_DIR.glob("*/static/**/*") if file.is_file())
    return _digest([PROJECT_DIR / "requirements.txt", *own])


def _is_empty() -> bool:
    from home.models import HomePage

    return not HomePage.objects.exists()


def _load_content() -> None:
    call_command("load_site_content", verbosity=0)
    # An index that was built before belongs to another content.
    _stamp("index", "")


def _index_is_missing() -> bool:
    """No index at all, one of a former release, or one of other content."""
    if settings.SEARCH_ENGINE == "embedded" and index_engine().live_generation() is None:
        return True
    return _stamps().get("index") != _index_name()


def _build_index() -> None:
    try:
        call_command("rebuild_search", verbosity=0, stdout=io.StringIO())
    except CommandError as error:
        if settings.SEARCH_ENGINE == "embedded":
            raise
        # The site is complete without a cluster: readers get the database's answers, and the next start tries again.
        print(f"    not built: {error}", file=sys.stderr, flush=True)
        return
    _stamp("index", _index_name())


def _index_name() -> str:
    """Which index belongs to this database and release: another engine, database or form needs its own."""
    from search.engines.form import form_of_index

    database = connection.settings_dict
    parts = [settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URL, *(str(database[k]) for k in ("HOST", "PORT", "NAME"))]
    parts.append(form_of_index())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _administrator_is_missing() -> bool:
    return not get_user_model().objects.filter(is_superuser=True, is_active=True).exists()


def _create_administrator() -> None:
    call_command("ensure_administrator")


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.relative_to(PROJECT_DIR)}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _stamp_file() -> Path:
    return Path(settings.DATA_DIR) / "prepared.json"


def _stamps() -> dict[str, str]:
    """What was prepared from which state; a damaged file means that everything is done again."""
    try:
        stamps = json.loads(_stamp_file().read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return stamps if isinstance(stamps, dict) else {}


def _stamp(name: str, value: str) -> None:
    _stamp_file().write_text(json.dumps({**_stamps(), name: value}, indent=2), encoding="utf-8")
