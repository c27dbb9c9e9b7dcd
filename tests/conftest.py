"""What every test shares: the compiled catalogues, the --long option, the site with its own content."""

import shutil
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from cms.serving.catalogues import compile_catalogues
from tests.migrated_database import migrated_database

PROJECT_DIR = Path(__file__).resolve().parent.parent


def pytest_addoption(parser):
    parser.addoption("--long", action="store_true", help="run the tests that take minutes, too")


def pytest_configure(config):
    compile_catalogues()


def pytest_collection_modifyitems(config, items):
    if config.getoption("--long"):
        return
    skip = pytest.mark.skip(reason="takes minutes: make test-long")
    for item in items:
        if "long" in item.keywords:
            item.add_marker(skip)


def is_sqlite() -> bool:
    return settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The copied database is used as it is."""
    return is_sqlite()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """Each test process starts from a copy of one migrated database: the migrations alone take half a minute."""
    if is_sqlite():
        from django.db import connection

        copy = tmp_path_factory.mktemp("database") / "library.sqlite3"
        shutil.copyfile(migrated_database(), copy)
        connection.settings_dict["TEST"]["NAME"] = str(copy)


@pytest.fixture(scope="module")
def site_content(django_db_setup, django_db_blocker):
    """The site's own content and its index, loaded once for a module and rolled back after it.

    Each test's own transaction is a savepoint inside this one.
    """
    from django.core.management import call_command
    from django.db import transaction

    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            call_command("load_site_content", verbosity=0)
            call_command("rebuild_search", verbosity=0)
        except BaseException:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)
            raise
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture(scope="session")
def site_works() -> list[dict]:
    """The library's entries as the content files state them."""
    files = sorted((PROJECT_DIR / "home" / "content" / "library").glob("*.yaml"))
    return [work for file in files for work in yaml.safe_load(file.read_text(encoding="utf-8"))]
