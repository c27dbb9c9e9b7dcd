"""Whatever fails around the swap of a rebuild, the index that answers stays whole, and no change is missed."""

import random
from pathlib import Path

import pytest
from elastic_transport import ConnectionTimeout

from search import indexing
from search.engines import embedded_generation, index_engine
from search.engines.base import EngineUnavailable
from search.engines.elasticsearch.generations import Generations
from search.models import OutboxEntry, Rebuild
from search.versions import index_version
from tests.engines.conftest import remove_all
from tests.search_site import SearchSite, find
from tests.services import require

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["embedded", "elasticsearch"])
def library(request, settings, tmp_path):
    yield from _library(request.param, settings, tmp_path)


@pytest.fixture
def embedded(settings, tmp_path):
    yield from _library("embedded", settings, tmp_path)


@pytest.fixture
def elasticsearch(settings, tmp_path):
    yield from _library("elasticsearch", settings, tmp_path)


def _library(engine: str, settings, folder: Path):
    settings.SEARCH_ENGINE, settings.SEARCH_INDEX_DIR = engine, folder / "index"
    if engine == "elasticsearch":
        settings.ELASTICSEARCH_URL = require("elasticsearch")
        settings.ELASTICSEARCH_PREFIX = f"test-{random.getrandbits(48):x}"
    site = SearchSite()
    site.resource("first", title_en="A first report")
    site.index()
    site.catch_up()
    yield site
    if engine == "elasticsearch":
        remove_all(index_engine())


def assert_live(name: str) -> None:
    """A generation answers whole, the rebuild has left no record, and nothing waits that is not known to wait."""
    assert index_engine().live_generation().name == name
    assert index_engine().trouble() == ""
    assert [result.key for result in find("report").results] == ["first"]
    assert (find("report").degraded, Rebuild.objects.count()) == (False, 0)


@pytest.fixture
def built(monkeypatch) -> list[str]:
    """The names of the generations that are begun from now on."""
    names: list[str] = []

    def new_generation(original, engine):
        generation = original(engine)
        names.append(generation.name)
        return generation

    instead(monkeypatch, type(index_engine()), "new_generation", new_generation)
    return names


def instead(monkeypatch, owner, name: str, replacement) -> None:
    """`replacement` gets what it replaces, then the arguments."""
    original = getattr(owner, name)
    monkeypatch.setattr(owner, name, lambda *arguments: replacement(original, *arguments))


def raising(error: BaseException):
    def fail(_original, *_arguments):
        raise error

    return fail


def lost_answer() -> EngineUnavailable:
    error = EngineUnavailable("The server did not answer in time.")
    error.__cause__ = ConnectionTimeout("timed out")
    return error


def done_but_not_told(original, *arguments):
    original(*arguments)
    raise lost_answer()


def test_an_interruption_while_what_was_is_cleared_away_takes_nothing_that_is(library, built, monkeypatch):
    before = find("report").engine
    owner, name = (embedded_generation, "_clear_away") if before == "embedded" else (Generations, "remove")
    if before == "elasticsearch":
        # The second rebuild is the first that has something to clear away.
        indexing.rebuild()
    with monkeypatch.context() as interrupted:
        instead(interrupted, owner, name, raising(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            indexing.rebuild()
    assert_live(built[-1])
    indexing.rebuild()
    assert_live(built[-1])


def test_a_trouble_of_the_cache_after_the_swap_takes_nothing(library, built, monkeypatch):
    with monkeypatch.context() as troubled:
        troubled.setattr(index_version, "forget", lambda: raising(RuntimeError("no cache"))(None))
        with pytest.raises(RuntimeError, match="no cache"):
            indexing.rebuild()
    indexing.heal()
    assert_live(built[-1])


def test_what_changed_during_a_rebuild_that_is_broken_off_after_its_swap_is_indexed(library, built, monkeypatch):
    def meanwhile(original, *arguments):
        library.resource("second", title_en="A second paper")
        indexing.work_outbox()
        original(*arguments)
        raise KeyboardInterrupt

    kind = type(index_engine().new_generation())
    with monkeypatch.context() as interrupted:
        instead(interrupted, kind, "publish", meanwhile)
        with pytest.raises(KeyboardInterrupt):
            indexing.rebuild()
    assert_live(built[-1])
    assert OutboxEntry.objects.exists()
    library.catch_up()
    assert [result.key for result in find("paper").results] == ["second"]


def test_a_pointer_that_cannot_be_read_removes_no_folder(embedded, built, monkeypatch, caplog):
    generation = index_engine().new_generation()
    generation.publish()
    with monkeypatch.context() as unreadable:
        instead(unreadable, embedded_generation, "live_name", raising(PermissionError("not yours")))
        generation.discard()
    assert "may be the live index: not yours" in caplog.text
    assert index_engine().live_generation().name == built[-1]


def test_a_swap_whose_answer_was_lost_is_a_swap(elasticsearch, built, monkeypatch, caplog):
    with monkeypatch.context() as lost:
        instead(lost, Generations, "point_to", done_but_not_told)
        indexing.rebuild()
    assert "is live, though the server's answer was lost" in caplog.text
    assert_live(built[-1])


def test_a_server_that_cannot_be_asked_after_the_swap_loses_nothing(elasticsearch, built, monkeypatch, caplog):
    with monkeypatch.context() as lost:
        instead(lost, Generations, "point_to", done_but_not_told)
        instead(lost, Generations, "is_published", raising(lost_answer()))
        with pytest.raises(EngineUnavailable):
            indexing.rebuild()
    assert "not removed" in caplog.text
    assert_live(built[-1])


def test_a_swap_that_the_server_does_later_meets_a_whole_index(elasticsearch, built, monkeypatch):
    former = index_engine().live_generation().name
    with monkeypatch.context() as late:
        instead(late, Generations, "point_to", raising(lost_answer()))
        with pytest.raises(EngineUnavailable):
            indexing.rebuild()
    assert_live(former)
    index_engine().generations.point_to(built[-1])
    assert_live(built[-1])


def test_a_swap_that_was_refused_leaves_nothing(elasticsearch, built, monkeypatch):
    former = index_engine().live_generation().name

    def refused(original, generations, name):
        original(generations, f"{name}-of-nobody")

    with monkeypatch.context() as late:
        instead(late, Generations, "point_to", refused)
        with pytest.raises(EngineUnavailable):
            indexing.rebuild()
    assert_live(former)
    assert index_engine().generations.names() == [former]


@pytest.mark.parametrize("step", ["remove", "_states"])
def test_former_indices_that_cannot_be_cleared_away_are_logged_only(elasticsearch, built, monkeypatch, caplog, step):
    indexing.rebuild()
    tidy = Generations.tidy

    def tidy_in_trouble(generations, *arguments):
        with monkeypatch.context() as troubled:
            instead(troubled, Generations, step, raising(EngineUnavailable("Too many requests.")))
            tidy(generations, *arguments)

    with monkeypatch.context() as troubled:
        troubled.setattr(Generations, "tidy", tidy_in_trouble)
        indexing.rebuild()
    assert "Too many requests." in caplog.text
    assert_live(built[-1])
    indexing.rebuild()
    assert index_engine().generations.names() == built[-2:]


def test_without_a_live_index_the_former_one_can_be_made_live(elasticsearch, built):
    indexing.rebuild()
    former = [name for name in index_engine().generations.names() if name != built[-1]]
    index_engine().generations.remove(built[-1])
    assert index_engine().live_generation() is None
    assert indexing.roll_back() == former[-1]
    assert_live(former[-1])
