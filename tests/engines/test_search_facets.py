"""The suite of `tests.integration.test_search_facets`, against each engine."""

from tests.integration.test_search_facets import *  # noqa: F403
