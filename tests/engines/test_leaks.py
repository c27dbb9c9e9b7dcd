"""The suite of `tests.integration.test_leaks`, against each engine."""

from tests.integration.test_leaks import *  # noqa: F403
