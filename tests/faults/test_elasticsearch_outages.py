"""With Elasticsearch gone or standing still readers are served, publishing waits for nothing, and nothing is lost."""

import random
import threading
import time

import pytest
from django.test import override_settings

from search import indexing, pauses
from search.engines import index_engine
from search.engines.base import EngineUnavailable, Retrieval
from search.engines.elasticsearch import breaker, cluster
from search.models import OutboxEntry, Rebuild
from tests.engines.conftest import remove_all
from tests.faults.proxy import Proxy
from tests.search_site import SearchSite, find
from tests.services import require

pytestmark = pytest.mark.django_db
READERS_WAIT_AT_MOST = 1.0


@pytest.fixture
def server(settings):
    """A real server behind a gateway, and an index of our own in it."""
    proxy = Proxy(require("elasticsearch"))
    settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URL = "elasticsearch", proxy.url
    settings.ELASTICSEARCH_PREFIX = f"test-{random.getrandbits(48):x}"
    yield proxy
    proxy.heal()
    remove_all(index_engine())
    proxy.close()


@pytest.fixture
def library(server):
    site = SearchSite()
    site.resource("first", title_en="A first report", topics=["data"])
    site.index()
    site.catch_up()
    assert find("report").engine == "elasticsearch"
    return site


def timed(action):
    started = time.perf_counter()
    return action(), time.perf_counter() - started


@pytest.mark.parametrize("fault", ["hang", "refuse", "trickle"])
def test_readers_are_served_by_the_database_within_a_second(library, server, fault):
    # A busy machine takes its time without any server; only what is beyond that is a wait for one.
    with override_settings(SEARCH_ENGINE="database"):
        _results, alone = timed(lambda: find("report"))
    getattr(server, fault)()
    first, first_seconds = timed(lambda: find("report"))
    second, second_seconds = timed(lambda: find("report", "es"))
    for results in (first, second):
        assert (results.engine, results.degraded, [r.key for r in results.results]) == ("database", True, ["first"])
    assert first_seconds - alone < READERS_WAIT_AT_MOST
    assert second_seconds - alone < READERS_WAIT_AT_MOST / 2


@pytest.mark.parametrize("late", [0.3, 0.55])
def test_answers_that_are_each_in_time_are_not_waited_for_one_after_the_other(library, server, late):
    with override_settings(SEARCH_ENGINE="database"):
        _results, alone = timed(lambda: find("report"))
    server.answer_late(late)
    results, seconds = timed(lambda: find("report"))
    assert (results.engine, results.degraded, [r.key for r in results.results]) == ("database", True, ["first"])
    assert seconds - alone < READERS_WAIT_AT_MOST
    # The breaker answers from now on.
    assert timed(index_engine_answer)[1] < 0.05


@pytest.mark.parametrize("fault", ["hang", "refuse"])
def test_pages_and_the_api_stay_up_and_say_what_they_are(library, server, client, fault):
    getattr(server, fault)()
    answer = client.get("/api/v1/search?q=report").json()
    assert (answer["engine"], answer["degraded"], answer["total"]) == ("database", True, 1)
    for path in ("/en/library/?q=report", "/en/library/", "/api/v1/complete?q=rep", "/api/v1/works/first"):
        assert client.get(path).status_code == 200


def test_a_server_that_trickled_is_used_again_once_it_is_well(library, server):
    server.trickle()
    assert find("report").engine == "database"
    # The breaker's own test does not wait for an answer without end either.
    time.sleep(breaker.FIRST_PAUSE_SECONDS + 0.1)
    assert find("report").engine == "database"
    server.heal()
    give_up = time.monotonic() + 30
    while find("report").engine != "elasticsearch":
        assert time.monotonic() < give_up
        time.sleep(0.2)


def test_only_the_first_reader_waits(library, server):
    server.hang()
    find("report")
    seconds = [timed(lambda: index_engine_answer())[1] for _reader in range(20)]
    assert max(seconds) < 0.05


def index_engine_answer():
    with pytest.raises(EngineUnavailable, match="does not answer in time"):
        index_engine().retrieve(Retrieval(order="newest"))


def test_readers_get_the_index_again_soon_after_it_is_back(library, server):
    server.hang()
    assert find("report").degraded
    time.sleep(breaker.FIRST_PAUSE_SECONDS)
    server.heal()
    until = time.monotonic() + 10
    while find("report").degraded and time.monotonic() < until:
        time.sleep(0.1)
    assert not find("report").degraded


def test_an_open_breaker_is_probed_by_nobody_who_waits():
    probing, answer = threading.Event(), threading.Event()

    def probe():
        probing.set()
        answer.wait(5)

    circuit = breaker.CircuitBreaker(probe)
    circuit._pause = 0
    circuit.failed("gone")
    for _reader in range(3):
        with pytest.raises(EngineUnavailable, match="gone"):
            circuit.check()
    assert probing.wait(5)
    answer.set()
    until = time.monotonic() + 5
    while circuit.is_open and time.monotonic() < until:
        time.sleep(0.01)
    circuit.check()


def test_with_several_hosts_one_that_fails_leaves_the_breaker_closed():
    circuit = breaker.CircuitBreaker(lambda: None, most_failures=2)
    circuit.failed("slow")
    circuit.check()
    circuit.succeeded()
    circuit.failed("slow")
    circuit.check()
    circuit.failed("slow")
    with pytest.raises(EngineUnavailable):
        circuit.check()


def test_a_second_host_answers_when_the_first_is_gone(library, server, settings, monkeypatch):
    # Which host answers is asked here, not how soon: a busy machine may be slower than readers would wait.
    monkeypatch.setattr(cluster, "READER_SECONDS", 10.0)
    gone = Proxy(server.url)
    gone.close()
    settings.ELASTICSEARCH_URL = f"{gone.url},{server.url}"
    for _search in range(4):
        assert find("report").engine == "elasticsearch"


def test_failures_of_the_same_moment_are_one():
    circuit, asked_at = breaker.CircuitBreaker(lambda: None, most_failures=2), time.monotonic()
    circuit.failed("slow", asked_at)
    circuit.failed("slow", asked_at)
    circuit.check()
    circuit.failed("slow", time.monotonic())
    with pytest.raises(EngineUnavailable):
        circuit.check()


def test_a_silent_host_among_several_is_hardly_noticed(library, server, settings, monkeypatch):
    # As above; a host that says nothing is waited for all the same.
    monkeypatch.setattr(cluster, "READER_SECONDS", 2.0)
    silent = Proxy(server.url)
    silent.hang()
    settings.ELASTICSEARCH_URL = f"{silent.url},{server.url}"
    for _client in range(3):
        # A client begins with one or the other; the question after the first goes to the next host.
        assert cluster.Cluster().look(lambda client: client.info(), lambda found: found["version"])
    assert index_engine().trouble() == ""
    until, engines = time.monotonic() + 6, []
    while time.monotonic() < until:
        engines.append(find("report").engine)
    silent.close()
    assert engines.count("database") <= 1


@pytest.mark.parametrize("fault", ["hang", "refuse"])
def test_publishing_takes_no_longer_without_the_engine(library, server, fault):
    _page, with_engine = timed(lambda: library.resource("second", title_en="A second report"))
    getattr(server, fault)()
    _page, without = timed(lambda: library.resource("third", title_en="A third report"))
    assert without < with_engine + 0.5
    assert OutboxEntry.objects.count() >= 2


def test_what_was_published_meanwhile_is_found_once_the_engine_is_back(library, server):
    server.refuse()
    library.resource("second", title_en="A second report")
    _worked, seconds = timed(indexing.work_outbox)
    assert seconds < 5
    assert OutboxEntry.objects.exists()
    server.heal()
    catch_up_after_an_outage()
    assert indexing.drift().keys == ()
    assert sorted(key for key in index_keys() if key in ("first", "second")) == ["first", "second"]


def catch_up_after_an_outage() -> None:
    """Lets the worker do all that waits; after an outage it comes back by itself."""
    until = time.monotonic() + pauses.LONGEST_SECONDS + 10
    while OutboxEntry.objects.exists() and time.monotonic() < until:
        indexing.work_outbox()
        time.sleep(0.05)
    assert not OutboxEntry.objects.exists()


@pytest.mark.parametrize("fault", ["hang", "refuse"])
def test_an_outage_is_no_fault_of_what_waits(library, server, fault, monkeypatch, caplog):
    library.resource("second", title_en="A second report")
    waiting = OutboxEntry.objects.count()
    getattr(server, fault)()
    for pause in (0.0, 0.0, pauses.FIRST_SECONDS):
        pauses.pause_of(index_engine())._until = 0.0
        assert indexing.work_outbox() == 0
        time.sleep(pause)
    assert OutboxEntry.objects.filter(attempts=0, error="").count() == waiting
    assert caplog.text.count("takes no changes now") == 1
    assert "Traceback" not in caplog.text
    _worked, seconds = timed(indexing.work_outbox)
    assert seconds < 0.5
    server.heal()
    catch_up_after_an_outage()
    assert indexing.drift().keys == ()


def index_keys() -> list[str]:
    return [hit.stored["key"] for hit in index_engine().retrieve(Retrieval(order="newest", limit=1000)).hits]


def test_a_rebuild_that_loses_its_server_leaves_the_live_index_alone(library, server, monkeypatch):
    def lose(keys):
        server.refuse()
        return real(keys)

    real = indexing.build_documents
    live, before = index_engine().live_generation().name, index_keys()
    monkeypatch.setattr(indexing, "build_documents", lose)
    with pytest.raises(EngineUnavailable):
        indexing.rebuild()
    monkeypatch.undo()
    server.heal()
    assert index_engine().live_generation().name == live
    assert index_keys() == before
    assert not Rebuild.objects.exists()
    indexing.rebuild()
    assert indexing.drift().keys == ()


@pytest.mark.parametrize("edits", [40, pytest.param(1000, marks=pytest.mark.long)])
def test_outages_at_random_moments_of_edits_and_rebuilds_leave_no_drift(library, server, edits):
    chance = random.Random(5)  # noqa: S311
    works = [library.resource(f"work-{number}", title_en=f"Report {number}") for number in range(8)]
    for number in range(edits):
        work = chance.choice(works)
        if chance.random() < 0.2:
            (work.unpublish if work.live else work.save_revision().publish)()
        else:
            work.title = f"Report {number}"
            work.save_revision().publish()
        work.refresh_from_db()
        if chance.random() < 0.3:
            chance.choice([server.refuse, server.heal, server.heal])()
        if chance.random() < 0.3:
            indexing.work_outbox()
        if chance.random() < 0.05:
            interrupted_rebuild(server, chance)
    server.heal()
    assert not OutboxEntry.objects.filter(attempts__gt=0).exists()
    catch_up_after_an_outage()
    assert indexing.drift().keys == ()


def interrupted_rebuild(server, chance) -> None:
    """A rebuild during which the server may go and come back."""
    timer = threading.Timer(chance.random(), server.refuse)
    timer.start()
    try:
        indexing.rebuild()
    except EngineUnavailable:
        server.heal()
    timer.cancel()
    timer.join()
