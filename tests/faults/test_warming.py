"""After a start the search is made ready beside the first answers, and a fault of that stops nothing."""

import pytest

from tests.faults.deployment import deployed

STARTED = """
import gc
import threading

import cms.wsgi

for thread in threading.enumerate():
    if thread.name == "search-warming":
        thread.join(60)

from search import dictionary
from search.engines import index_engine

print("kept for good", gc.get_freeze_count() > 100_000)
print("words", dictionary._common_words.cache_info().currsize, "index", index_engine()._opened is not None)
"""


@pytest.fixture
def deployment(tmp_path):
    with deployed(tmp_path) as deployment:
        yield deployment


def test_index_and_words_are_there_before_anybody_asks(deployment):
    assert deployment.python("-c", STARTED) == 0, deployment.log()
    assert "words 2 index True" in deployment.log()


def test_no_reader_waits_while_all_that_was_loaded_is_looked_through_for_garbage(deployment):
    assert deployment.python("-c", STARTED) == 0, deployment.log()
    assert "kept for good True" in deployment.log()


def test_without_an_index_the_server_starts_all_the_same(deployment):
    (deployment.folder / "index" / "live").unlink()
    assert deployment.python("-c", STARTED) == 0, deployment.log()
    assert "index False" in deployment.log()
