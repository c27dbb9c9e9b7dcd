"""Generations of the embedded index: those of another release, and what a build keeps out of sight."""

import gc
import resource
import weakref

import pytest
from django.test import override_settings

from cms.serving import preparation
from search.engines import embedded_generation, index_engine
from search.engines.base import EngineUnavailable, Retrieval
from search.together import ask
from tests.engines.documents import build, document, keys, words

EVERYTHING = Retrieval(order="newest")


@pytest.fixture(scope="module", autouse=True)
def engine_name():
    return "embedded"


@pytest.fixture
def engine(tmp_path):
    with override_settings(SEARCH_ENGINE="embedded", SEARCH_INDEX_DIR=tmp_path / "index", DATA_DIR=tmp_path):
        yield index_engine()


def test_an_index_of_another_release_is_refused_in_one_sentence_and_built_anew(engine, monkeypatch):
    with monkeypatch.context() as former:
        former.setattr(embedded_generation, "form", lambda: "0123abcd")
        build(engine, document("old"))
        assert keys(engine, EVERYTHING) == ["old"]
    assert engine.live_generation() is None
    for question in (
        lambda: engine.retrieve(EVERYTHING),
        lambda: engine.complete("old", "en", 5),
        lambda: [*engine.stamps()],
    ):
        with pytest.raises(EngineUnavailable, match=r"of another release\. Run: python manage.py rebuild_search"):
            question()
    build(engine, document("new"))
    assert keys(engine, EVERYTHING) == ["new"]
    assert [folder.name for folder in engine.root.iterdir() if folder.is_dir()] == [engine.live_generation().name]


def test_an_index_from_before_forms_were_told_apart_is_refused_too(engine):
    (engine.root / "20260101-000000-abcdef").mkdir(parents=True)
    (engine.root / "live").write_text("20260101-000000-abcdef")
    with pytest.raises(EngineUnavailable, match="rebuild_search"):
        engine.candidates(words("word"))
    assert engine.live_generation() is None


@pytest.mark.django_db
def test_the_first_start_builds_what_is_missing_or_of_another_release(engine, monkeypatch):
    assert preparation._index_is_missing()
    build(engine, document("work"))
    preparation._stamp("index", preparation._index_name())
    assert not preparation._index_is_missing()
    monkeypatch.setattr(embedded_generation, "form", lambda: "0123abcd")
    assert preparation._index_is_missing()


def test_works_written_twice_during_a_build_are_in_it_once(engine):
    generation = engine.new_generation()
    generation.apply([document("one", body_en="gold"), document("two", body_en="gold")])
    generation.apply([document("one", body_en="silver")], [document("two").translation_key])
    generation.publish()
    assert (keys(engine, EVERYTHING), keys(engine, words("gold"))) == (["one"], [])


def test_closing_a_build_loses_nothing(engine):
    generation = engine.new_generation()
    generation.apply([document("one")])
    generation.close()
    generation.apply([document("two")])
    generation.publish()
    assert sorted(keys(engine, EVERYTHING)) == ["one", "two"]


def test_one_search_reads_one_state_in_all_of_its_threads_also_while_another_index_takes_its_place(engine):
    build(engine, document("former", body_en="word"))
    with engine.one_search():
        assert keys(engine, words("word")) == ["former"]
        build(engine, document("later", body_en="word"))
        with engine.one_search():
            asked = ask(engine, lambda: (keys(engine, words("word")), list(engine.near("word", 0))))
            assert asked.result() == (["former"], ["word"])
    assert keys(engine, words("word")) == ["later"]


def test_a_state_of_the_index_goes_with_its_last_reader(engine):
    build(engine, document("former", body_en="word"))
    assert keys(engine, words("word")) == ["former"]
    former = weakref.ref(engine._open().works)
    gc.disable()
    try:
        build(engine, document("later", body_en="word"))
        assert keys(engine, words("word")) == ["later"]
        assert former() is None
    finally:
        gc.enable()


def test_a_full_disk_is_no_fault_of_a_work(engine):
    build(engine, document("one", body_en="word"))
    generation, (_soft, hard) = engine.live_generation(), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with pytest.raises(EngineUnavailable, match="cannot be written"):
            generation.apply([document("two", body_en="word " * 1000)])
        with pytest.raises(EngineUnavailable, match="cannot be written"):
            generation.close()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    again = engine.live_generation()
    again.apply([document("two", body_en="word")])
    again.close()
    assert sorted(keys(engine, words("word"))) == ["one", "two"]
