"""What every test shares: the compiled catalogues, the --long option, the site with its own content."""

import shutil
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.utils import translation

from cms.serving.catalogues import compile_catalogues
from tests import loaded_site, postgresql_states
from tests.browsing import browser, open_page
from tests.loaded_site import is_sqlite
from tests.migrated_database import migrated_database

# One browser for all tests that need one.
__all__ = ["browser", "open_page"]

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


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """On PostgreSQL a test process keeps its migrated database, to have it again."""
    if is_sqlite():
        yield
        return
    with django_db_blocker.unblock():
        postgresql_states.keep("migrated")
    yield
    with django_db_blocker.unblock():
        postgresql_states.forget()


@pytest.fixture(autouse=True)
def beginning(request):
    """Every test begins in the site's first language; one with real transactions, with the rows that migrations made,
    which the tests before it have flushed."""
    translation.activate(settings.LANGUAGE_CODE)
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        request.getfixturevalue("transactional_db")
        loaded_site.take_away()


@pytest.fixture(scope="module")
def site_content(django_db_setup, django_db_blocker):
    """The site's own content with its files and index, there for all tests of a module."""
    with django_db_blocker.unblock():
        loaded_site.put_in_place()
        yield
        loaded_site.take_away()


@pytest.fixture
def live_site(transactional_db, live_server):
    """The address of a served site with its own content; each test may change what it likes."""
    loaded_site.put_in_place()
    yield live_server.url
    loaded_site.take_away()


@pytest.fixture(scope="session")
def site_works() -> list[dict]:
    """The library's entries as the content files state them."""
    files = sorted((PROJECT_DIR / "home" / "content" / "library").glob("*.yaml"))
    return [work for file in files for work in yaml.safe_load(file.read_text(encoding="utf-8"))]
