"""With the shared cache gone or standing still pages, searches and the API answer, and use it again when it is back."""

import http.server
import sys
import threading
import time
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache, caches

from cms import caches as shared
from search.versions import Version
from tests.faults.own_redis import OwnRedis
from tests.faults.proxy import Proxy
from tests.search_site import SearchSite
from tests.services import require

pytestmark = pytest.mark.django_db
ADDRESSES = [
    "/en/library/",
    "/es/library/",
    "/en/library/?q=report",
    "/es/library/?q=informe",
    "/en/library/first-en/",
    "/api/v1/search?q=report",
    "/api/v1/complete?q=rep",
    "/api/v1/works/first",
    "/admin/login/",
    "/en/not-there/",
]
FOUND = [404 if address == ADDRESSES[-1] else 200 for address in ADDRESSES]


@pytest.fixture
def server():
    """A server that is this test's to kill."""
    require("redis")
    server = OwnRedis("outages")
    server.start()
    yield server
    server.remove()


@pytest.fixture
def gateway():
    """A gateway before the shared server."""
    proxy = Proxy(require("redis"))
    yield proxy
    proxy.close()


@pytest.fixture
def library():
    site = SearchSite()
    site.resource("first", title_en="A first report", title_es="Un primer informe")
    site.index()
    site.catch_up()
    return site


def use(settings, url: str) -> None:
    """Settings of a deployment with CACHE_URL."""
    settings.CACHES = {
        name: {"BACKEND": "cms.caches.SharedCache", "LOCATION": [url]} for name in ("default", "renditions", "versions")
    }


def through(gateway: Proxy) -> str:
    parts = urlsplit(require("redis"))
    return f"redis://:{parts.password or ''}@127.0.0.1:{gateway.port}{parts.path}"


def ask_all(client) -> list[int]:
    return [client.get(address).status_code for address in ADDRESSES]


def is_used() -> bool:
    cache.set("outages-test", "kept", 60)
    return cache.get("outages-test") == "kept"


def wait_for_it() -> None:
    time.sleep(shared.PAUSE_SECONDS)


def test_readers_are_served_while_the_server_is_killed_and_comes_back(library, server, settings, client, caplog):
    use(settings, server.url)
    assert ask_all(client) == FOUND
    assert cache.get("furniture-en") is not None
    server.kill()
    assert ask_all(client) == FOUND
    assert ask_all(client) == FOUND
    assert caplog.text.count("The cache does not answer") == 1
    assert not is_used()
    server.start()
    wait_for_it()
    assert ask_all(client) == FOUND
    assert is_used()
    assert cache.get("furniture-en") is not None
    assert caplog.text.count("The cache answers again.") == 1


def test_a_silent_server_holds_up_one_question_of_a_page_only(library, gateway, settings, client):
    settings.CACHES = {
        name: {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
        for name in ("default", "renditions", "versions")
    }
    alone = timed(client)
    use(settings, through(gateway))
    assert ask_all(client) == FOUND
    gateway.hang()
    assert timed(client) < alone + 2 * shared.PATIENCE_SECONDS + alone / 2
    assert not is_used()
    gateway.heal()
    wait_for_it()
    assert is_used()


def timed(client) -> float:
    started = time.perf_counter()
    assert client.get("/en/library/?q=report").status_code == 200
    return time.perf_counter() - started


def test_who_asks_too_often_is_told_so_by_the_cache_and_never_by_its_absence(library, server, settings, client):
    use(settings, server.url)
    settings.API_REQUESTS_A_MINUTE = 3
    addresses = ["/api/v1/complete?q=rep"] * 5
    assert [client.get(address).status_code for address in addresses].count(429) >= 1
    server.kill()
    assert [client.get(address).status_code for address in addresses] == [200] * 5


def test_a_change_while_the_server_cannot_be_reached_is_told_when_it_can(gateway, settings):
    use(settings, through(gateway))
    version = Version("outages", 60)
    before = version.current()
    assert version.current() == before
    gateway.refuse()
    version.forget()
    gateway.heal()
    wait_for_it()
    after = version.current()
    assert after != before
    assert version.current() == after


class OfAnotherRelease:
    """A class that is gone when its value is read."""


def test_what_another_release_has_kept_is_made_anew(server, settings, monkeypatch):
    use(settings, server.url)
    cache.set("outages-test", OfAnotherRelease(), 60)
    monkeypatch.delattr(sys.modules[__name__], "OfAnotherRelease")
    assert cache.get("outages-test", "nothing") == "nothing"
    cache.set("outages-test", "anew", 60)
    assert cache.get("outages-test") == "anew"


def test_every_question_has_an_answer_without_a_server(settings):
    use(settings, "redis://127.0.0.1:1/0")
    for name in ("default", "versions"):
        found = caches[name]
        assert found.get("key", "else") == "else"
        assert found.get_or_set("key", "made") == "made"
        assert found.get_many(["key"]) == {}
        assert "key" not in found
        assert not any([found.add("key", 1), found.touch("key"), found.delete("key"), found.clear()])
        assert (found.set("key", 1), found.set_many({"key": 1}), found.delete_many(["key"])) == (None, [], None)
        with pytest.raises(ValueError, match="not found"):
            found.incr("key")


@pytest.fixture
def other_program():
    """The port of a server that speaks HTTP."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_a_port_of_another_program_is_no_cache(library, settings, client, other_program, caplog):
    use(settings, f"redis://127.0.0.1:{other_program}/0")
    assert client.get("/en/library/?q=report").status_code == 200
    assert "The cache does not answer" in caplog.text
