"""Generations in a cluster: what stays, what goes, and the way back."""

import pytest

from search.engines import index_engine
from search.engines.base import EngineUnavailable, Retrieval
from search.engines.elasticsearch import generations, mappings
from search.engines.elasticsearch.bulk import DocumentsRefused
from tests.engines.conftest import on_elasticsearch, remove_all
from tests.engines.documents import build, document, keys

EVERYTHING = Retrieval(order="newest")


@pytest.fixture(scope="module", autouse=True)
def engine_name():
    with on_elasticsearch():
        yield "elasticsearch"


@pytest.fixture
def engine():
    remove_all(index_engine())
    return index_engine()


def test_the_former_generation_stays_and_older_ones_go(engine):
    names = []
    for number in range(4):
        build(engine, document(f"work-{number}"))
        names.append(engine.live_generation().name)
    assert engine.generations.names() == names[-2:]


def test_rolling_back_brings_the_former_generation_and_says_when_there_is_none(engine):
    build(engine, document("old"))
    with pytest.raises(EngineUnavailable, match="no earlier generation"):
        engine.roll_back()
    old = engine.live_generation().name
    build(engine, document("new"))
    assert engine.roll_back() == old
    assert keys(engine, EVERYTHING) == ["old"]
    build(engine, document("newest"))
    assert keys(engine, EVERYTHING) == ["newest"]


def test_an_unfinished_build_is_no_way_back_and_is_cleared_away_later(engine, monkeypatch):
    build(engine, document("old"))
    unfinished = engine.new_generation()
    build(engine, document("new"))
    assert unfinished.name in engine.generations.names()
    assert engine.roll_back() != unfinished.name
    monkeypatch.setattr(generations, "ABANDONED_AFTER_SECONDS", -60)
    engine.new_generation().discard()
    assert unfinished.name not in engine.generations.names()


def test_another_release_has_an_index_of_its_own(engine, monkeypatch):
    build(engine, document("old"))
    monkeypatch.setattr(generations, "fingerprint", lambda: "0123abcd")
    other = type(engine)()
    assert other.live_generation() is None
    with pytest.raises(EngineUnavailable, match=r"of this release yet\. Run: python manage.py rebuild_search"):
        other.retrieve(EVERYTHING)
    build(other, document("new"))
    assert (keys(engine, EVERYTHING), keys(other, EVERYTHING)) == (["old"], ["new"])


def test_another_site_in_the_cluster_is_left_alone(engine, settings):
    build(engine, document("ours"))
    settings.ELASTICSEARCH_PREFIX += "-other"
    theirs = index_engine()
    for number in range(3):
        build(theirs, document(f"theirs-{number}"))
    assert len(theirs.generations.names()) == 2
    assert keys(engine, EVERYTHING) == ["ours"]
    remove_all(theirs)
    assert keys(engine, EVERYTHING) == ["ours"]


def test_one_refused_work_keeps_no_other_from_the_index(engine):
    build(engine, document("old"))
    bad = document("bad", date=10**30)
    with pytest.raises(DocumentsRefused, match=bad.translation_key):
        engine.live_generation().apply([document("first"), bad, document("last")])
    assert sorted(keys(engine, EVERYTHING)) == ["first", "last", "old"]


def test_writing_to_a_generation_that_went_makes_no_index(engine):
    build(engine, document("old"))
    generation = engine.live_generation()
    remove_all(engine)
    with pytest.raises((EngineUnavailable, DocumentsRefused)):
        generation.apply([document("new")])
    assert engine.generations.names() == []
    assert not engine.cluster.client.indices.exists(index=f"{engine.cluster.prefix}-*", allow_no_indices=False)


@pytest.mark.parametrize("copies", [0, 1])
def test_one_server_keeps_no_copies_it_cannot_place(engine, settings, copies):
    settings.ELASTICSEARCH_REPLICAS, settings.ELASTICSEARCH_SHARDS = copies, 2
    build(engine, *(document(f"work-{number}", facets={"type": ("resource",)}) for number in range(20)))
    name = f"{engine.live_generation().name}-{mappings.WORKS}"
    held = engine.cluster.client.indices.get_settings(index=name)[name]["settings"]["index"]
    assert (held["number_of_shards"], held["number_of_replicas"], held["refresh_interval"]) == ("2", "0", "1s")
    assert held["auto_expand_replicas"] == f"0-{copies}"
    assert engine.count(EVERYTHING, ["type"]) == {"type": {"resource": 20}}
