"""The files of vectors: deleted, damaged or not to be written, while processes go on."""

import logging
import random
import shutil

import pytest

pytest.importorskip("numpy")

from search.vectors import meaning
from search.vectors.file import StoreFile
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


@pytest.fixture
def tell_status(monkeypatch):
    """`status` of a library without works."""
    monkeypatch.setattr("search.vectors.status.Upkeep", lambda found: Upkeep(found, dict, dict))
    return status


@pytest.fixture(autouse=True)
def _nothing_told(monkeypatch):
    monkeypatch.setattr("search.vectors.trouble._told", {})


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


def test_a_new_file_with_the_number_of_the_deleted_one_is_noticed(model, worker, folder, monkeypatch):
    look = StoreFile.look

    def alike(file):
        file._identity = look(file) and (0, 0)
        return file._identity

    monkeypatch.setattr(StoreFile, "look", alike)
    test_deleted_vectors_are_computed_anew_while_the_process_runs(model, worker, folder)


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


def test_whoever_opens_a_store_leaves_alone_what_another_is_writing(model, worker, folder):
    work(worker)
    beside = {path.name: path.stat().st_ino for path in folder.iterdir()}
    assert "small-1.sqlite3-wal" in beside
    Model(SmallEmbedder(), folder).store.file.make()
    assert {path.name: path.stat().st_ino for path in folder.iterdir()} == beside


def test_a_file_is_looked_at_once_a_second_at_most(model, worker, monkeypatch):
    monkeypatch.setattr("search.vectors.file.LOOK_EVERY_SECONDS", 60)
    work(worker)
    model.store.file.look()
    monkeypatch.setattr(model.store.file, "look", None)
    assert found(model, "water") == ["w"]


def test_asking_and_telling_the_status_make_no_store(model, folder, tell_status):
    assert found(model, "water") == []
    assert tell_status() == ["small-1 in use: 0 editions, 0 passages, 0 works waiting"]
    assert not folder.exists()


def spoil(path, kind):
    """Random bytes instead of a file, or behind its first page."""
    path.parent.mkdir(exist_ok=True)
    kept = path.read_bytes()[:4096] if kind == "behind the first page" else b""
    path.write_bytes(kept + random.Random(1).randbytes(40_000))  # noqa: S311 - the same ones each time


def damage(model, worker, kind):
    """Damages a store while nobody has it open."""
    work(worker)
    model.store.file._close()
    spoil(model.store.path, kind)


@pytest.fixture(params=["from the start", "behind the first page"])
def damaged(request, model, worker):
    damage(model, worker, request.param)
    return model.store.path


@pytest.fixture
def unwritable(model, folder):
    """A file stands where the folder should be: so not even root can write there."""
    folder.write_text("")


@pytest.fixture(params=["from the start", "behind the first page", "unwritable"])
def trouble(request, model, worker, folder):
    if request.param == "unwritable":
        request.getfixturevalue("unwritable")
    else:
        damage(model, worker, request.param)


def test_where_vectors_cannot_be_read_or_written_searches_find_nothing_by_meaning(trouble, model):
    assert found(model, "water", ["w", "s"]) == []


def test_a_trouble_is_logged_once_and_not_at_every_search(damaged, model, caplog):
    for _ in range(3):
        found(model, "water")
    (record,) = caplog.records
    assert "small-1.sqlite3 is damaged" in record.message


def test_what_is_published_does_not_wait_for_vectors(trouble, model):
    Meaning([model]).works_changed(["w"])


def test_a_damaged_file_is_set_aside_by_the_worker_and_made_anew(damaged, model, worker, folder):
    before = damaged.read_bytes()
    work(worker_of(model, Library(document("w", es="agua"))))
    assert found(model, "water") == ["w"]
    assert (folder / "small-1.sqlite3.damaged").read_bytes() == before


def test_a_file_that_is_damaged_between_two_comparisons_is_made_anew_too(model, worker, folder):
    work(worker)
    with model.store._writing() as connection:
        connection.execute("DROP TABLE work")
    work(worker)
    assert found(model, "water") == ["w"]
    assert (folder / "small-1.sqlite3.damaged").exists()


def test_a_worker_that_cannot_write_says_once_what_to_do_and_goes_on(unwritable, worker, caplog):
    work(worker)
    work(worker)
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert "give the user of site and worker the right to write to" in record.message


def test_the_status_says_in_a_sentence_that_a_file_is_damaged(damaged, tell_status):
    (line,) = tell_status()
    assert line.startswith(f"small-1 off: {damaged} is damaged (")
    assert line.endswith("the worker sets it aside and computes its vectors anew.")


def test_the_status_says_in_a_sentence_that_a_folder_cannot_be_written(unwritable, folder, tell_status):
    (line,) = tell_status()
    assert line.startswith(f"small-1 off: {folder / 'small-1.sqlite3'} cannot be used (")
    assert line.endswith(f"give the user of site and worker the right to write to {folder}.")


def test_of_two_models_the_one_whose_file_is_whole_goes_on(model, folder):
    other = Model(SmallEmbedder("small-2"), folder)
    library = Library(document("w", es="agua"))
    for each in (model, other):
        work(worker_of(each, library))
    other.store.file._close()
    spoil(other.store.path, "from the start")
    assert Meaning([model, other]).models_in_use() == [model]
    assert Meaning([other, model]).models_in_use() == []
