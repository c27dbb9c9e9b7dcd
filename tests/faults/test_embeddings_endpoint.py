"""An endpoint of embeddings that is not there: searches go on by words, and `search_status` says so."""

import socket
import time
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import override_settings

from search import embedders
from tests.search_site import SearchSite, find, keys

pytest.importorskip("numpy", reason="pip install -r requirements-vectors.txt")
pytestmark = pytest.mark.django_db


@pytest.fixture(params=["dead", "silent"])
def endpoint(request, tmp_path):
    """An address where nobody listens, and one where nobody ever answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        if request.param == "dead":
            server.close()
        place = {"EMBEDDINGS_URL": f"http://127.0.0.1:{port}/v1", "EMBEDDINGS_MODEL": "m"}
        embedders._start.cache_clear()
        with override_settings(SEARCH_VECTORS_DIR=tmp_path / "vectors", **place):
            yield
        embedders._start.cache_clear()


def test_searches_go_on_by_words(endpoint):
    site = SearchSite()
    site.resource("guide", title_en="A guide to reclassification")
    site.index()
    began = time.monotonic()
    assert keys("reclassification") == keys("reclassification guide") == ["guide"]
    assert not find("reclassification").degraded
    # The endpoint may be waited for once, a second long.
    assert time.monotonic() - began < 5


def test_the_status_says_how_many_works_wait(endpoint):
    site = SearchSite()
    site.resource("guide", title_en="A guide to reclassification")
    site.index()
    told = StringIO()
    call_command("search_status", stdout=told)
    assert "m-http in use: 0 editions, 0 passages, 2 works waiting" in told.getvalue()
