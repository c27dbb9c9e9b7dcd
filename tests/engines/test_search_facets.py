"""The suite of `tests.integration.test_search_facets`, against each engine."""

import random

import pytest

from tests.integration import test_search_facets as suite
from tests.integration.test_search_facets import *  # noqa: F403
from tests.search_site import kept_for_a_module


@pytest.fixture(scope="module")
def library(engine_name, django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker) as site:
        suite._fill(site, random.Random(7))  # noqa: S311
        yield site
