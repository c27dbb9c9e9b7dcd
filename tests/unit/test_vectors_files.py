"""The files of vectors: deleted, damaged or not to be written, while processes go on."""

import shutil

import pytest

pytest.importorskip("numpy")

from search.vectors import meaning
from search.vectors.meaning import Meaning
from search.vectors.model import Model
from search.vectors.passages import EDITION
from search.vectors.status import status
from search.vectors.upkeep import Upkeep
from search.worker import Worker
from tests.unit.test_vectors import Library, document, found, recording
from tests.unit.vectors_for_tests import SmallEmbedder


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "vectors"


@pytest.fixture
def model(folder, monkeypatch):
    """The model of this deployment. Files are looked at each time, not once a second."""
    monkeypatch.setattr("search.vectors.file.LOOK_EVERY_SECONDS", 0)
    model = Model(SmallEmbedder(), folder)
    monkeypatch.setattr(meaning, "current", lambda: Meaning([model]))
    return model


@pytest.fixture
def worker(model):
    return worker_of(model, Library(document("w", es="agua"), document("s", en="school"), recording("r", "ley")))


def worker_of(model, library) -> Worker:
    worker = Worker()
    worker._upkeep = Upkeep(Meaning([model]), library.stamps, library.build)
    return worker


def work(worker, rounds=10):
    for _ in range(rounds):
        if not worker.renew_vectors():
            return


def test_deleted_vectors_are_computed_anew_while_the_process_runs(model, worker, folder):
    work(worker)
    assert found(model, "water") == ["w"]
    shutil.rmtree(folder)
    assert found(model, "water") == []
    work(worker)
    assert found(model, "water") == ["w"]
    assert Model(SmallEmbedder(), folder).store.count([EDITION]) == 3


def test_of_a_store_made_anew_the_present_entries_are_found(model, worker, folder):
    work(worker)
    assert found(model, "school") == ["s"]
    shutil.rmtree(folder)
    work(worker_of(Model(SmallEmbedder(), folder), Library(document("s", es="agua"), document("w", en="school"))))
    assert found(model, "school") == ["w"]


def test_an_index_of_entries_that_are_gone_goes_with_them(model, worker, folder):
    folder.mkdir()
    (folder / "small-1-edition.900.usearch").write_bytes(b"of another file")
    work(worker)
    assert found(model, "water") == ["w"]


def test_a_file_is_looked_at_once_a_second_at_most(model, worker, monkeypatch):
    monkeypatch.setattr("search.vectors.file.LOOK_EVERY_SECONDS", 60)
    work(worker)
    model.store.file.look()
    monkeypatch.setattr(model.store.file, "look", None)
    assert found(model, "water") == ["w"]


def test_asking_and_telling_the_status_make_no_store(model, folder, monkeypatch):
    monkeypatch.setattr("search.vectors.status.Upkeep", lambda found: Upkeep(found, dict, dict))
    assert found(model, "water") == []
    assert status() == ["small-1 in use: 0 editions, 0 passages, 0 works waiting"]
    assert not folder.exists()
