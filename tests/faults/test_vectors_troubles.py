"""Vectors that cannot be read or written: the site goes on by words, and says what to do."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import override_settings

from search import embedders, outbox
from search.vectors import meaning
from tests.search_site import SearchSite, keys

pytest.importorskip("numpy", reason="pip install -r requirements-vectors.txt")
pytestmark = pytest.mark.django_db


@pytest.fixture(params=["damaged", "unwritable"])
def vectors(request, tmp_path, monkeypatch):
    """A file of random bytes, and a folder that nobody can make."""
    folder = tmp_path / "vectors"
    if request.param == "damaged":
        folder.mkdir()
        (folder / "small-1.sqlite3").write_bytes(b"damaged" * 10_000)
    else:
        folder.write_text("")
    monkeypatch.setitem(embedders.EMBEDDERS, "small", "tests.unit.vectors_for_tests.SmallEmbedder")
    monkeypatch.setattr("search.vectors.trouble._told", {})
    with override_settings(SEARCH_EMBEDDERS=["small"], SEARCH_VECTORS_DIR=folder):
        yield request.param
    embedders._start.cache_clear()
    meaning._meaning.cache_clear()


@pytest.fixture
def site(vectors):
    site = SearchSite()
    site.resource("guide", title_en="A guide to reclassification")
    site.index()
    return site


def test_searches_go_on_by_words_and_say_so_once(site, caplog, client):
    assert keys("reclassification") == keys("reclassification guide") == ["guide"]
    assert client.get("/api/v1/search", {"q": "reclassification"}).status_code == 200
    assert len([record for record in caplog.records if "small-1.sqlite3" in record.message]) <= 1


def test_what_is_published_is_indexed(site):
    site.resource("water", title_en="Water in the desert")
    site.catch_up()
    assert keys("desert") == ["water"]
    assert outbox.state().waiting == 0


def test_the_status_says_a_sentence_and_keeps_its_exit_codes(site, vectors):
    told = StringIO()
    call_command("search_status", stdout=told)
    assert "Meaning: small-1 off: " in told.getvalue()
    remedy = "the worker sets it aside" if vectors == "damaged" else "give the user of site and worker the right"
    assert remedy in told.getvalue()
    site.resource("water", title_en="Water in the desert")
    with pytest.raises(SystemExit) as ended:
        call_command("search_status", stdout=told)
    assert ended.value.code == 1
