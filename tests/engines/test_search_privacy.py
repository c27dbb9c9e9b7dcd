"""The suite of `tests.integration.test_search_privacy`, against each engine."""

from tests.integration.test_search_privacy import *  # noqa: F403
