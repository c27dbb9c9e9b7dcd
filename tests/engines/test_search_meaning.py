"""The suite of `tests.integration.test_search_meaning`, against each engine."""

import pytest

from tests.integration import test_search_meaning as suite
from tests.integration.test_search_meaning import *  # noqa: F403


@pytest.fixture(scope="module")
def library(engine_name, django_db_setup, django_db_blocker, tmp_path_factory):
    with suite.kept_with_vectors(django_db_blocker, tmp_path_factory) as site:
        yield site
