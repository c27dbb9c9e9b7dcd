"""The suite of `tests.integration.test_leaks`, against each engine."""

import pytest

from tests.integration.test_leaks import *  # noqa: F403
from tests.private_world import World
from tests.search_site import find, kept_for_a_module


@pytest.fixture(scope="module")
def world(engine_name, django_db_setup, django_db_blocker):
    """Built anew for each engine: without an index of its own an engine tells nothing, private or not."""
    with kept_for_a_module(django_db_blocker, World) as site:
        yield site


def test_the_engine_asked_is_the_one_that_answers(world, engine_name):
    answer = find("abierto", "es")
    assert (answer.engine, answer.total > 0) == (engine_name, True)
