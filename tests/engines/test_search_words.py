"""The suite of `tests.integration.test_search_words`, against each engine."""

from tests.integration.test_search_words import *  # noqa: F403
