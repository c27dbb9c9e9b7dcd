"""States of a test process's PostgreSQL database, kept beside it on the server and put back as copies."""

import os
from urllib.parse import urlsplit

from django.db import connection, connections

_kept: set[str] = set()


def keep(state: str) -> None:
    """Keeps the database as it is now."""
    _copy(_database(), _beside(state))
    _kept.add(state)


def is_kept(state: str) -> bool:
    return state in _kept


def put_back(state: str) -> None:
    """Makes the database what it was; connections to it end."""
    _copy(_beside(state), _database())


def url() -> str:
    """The address of the database, for other processes."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{_database()}").geturl()


def forget() -> None:
    """Removes what was kept."""
    with _server() as cursor:
        for state in _kept:
            cursor.execute(f"DROP DATABASE {_quoted(_beside(state))}")
    _kept.clear()


def _copy(source: str, target: str) -> None:
    # The server copies a database that nobody is connected to.
    connections.close_all()
    with _server() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {_quoted(target)} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {_quoted(target)} TEMPLATE {_quoted(source)}")


def _server():
    return connection._nodb_cursor()


def _database() -> str:
    return connection.settings_dict["NAME"]


def _beside(state: str) -> str:
    return f"{_database()}_{state}"


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
