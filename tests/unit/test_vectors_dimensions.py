"""Vectors of other dimensions than those that are kept, or of no use: refused, never stored, healed by the worker."""

import pytest

from tests.unit.vectors_for_tests import SmallEmbedder

np = pytest.importorskip("numpy")

from search.embedders import EmbedderUnavailable  # noqa: E402 - numpy is an extra
from search.vectors import meaning, nearest  # noqa: E402
from search.vectors.embedding import renew  # noqa: E402
from search.vectors.meaning import Meaning  # noqa: E402
from search.vectors.model import Model  # noqa: E402
from search.vectors.passages import EDITION, Passage  # noqa: E402
from search.vectors.status import status  # noqa: E402
from search.vectors.upkeep import Upkeep  # noqa: E402
from search.worker import Worker  # noqa: E402
from tests.unit.test_vectors import Library, document, found, keep_up  # noqa: E402

LIBRARY = Library(document("w", es="agua"), document("s", en="school"))


class Short(SmallEmbedder):
    dimensions = 32


class Poor(SmallEmbedder):
    """Answers with whatever `answer` is, a row for each text."""

    answer = (0.0,) * 64

    def embed_queries(self, texts, language):
        return np.array([self.answer] * len(texts), dtype=np.float32)


@pytest.fixture
def model(tmp_path, monkeypatch):
    monkeypatch.setattr("search.vectors.trouble._told", {})
    model = Model(SmallEmbedder(), tmp_path)
    keep_up(model, LIBRARY)
    assert found(model, "water") == ["w"]
    return model


def worker_of(model) -> Worker:
    worker = Worker()
    worker._upkeep = Upkeep(Meaning([model]), LIBRARY.stamps, LIBRARY.build)
    return worker


def lengths(model) -> set[int]:
    rows = model.store.file.connection().execute("SELECT length(data) FROM vector")
    return {row[0] for row in rows}


def test_a_model_with_other_dimensions_than_the_vectors_kept_says_nothing(model, tmp_path, caplog):
    other = Model(Short(), tmp_path)
    assert [found(other, text, ["w"]) for text in ("water", "school", "water")] == [[], [], []]
    (record,) = caplog.records
    assert "have vectors of 32 and 64 numbers" in record.message


def test_a_model_that_changes_its_dimensions_meanwhile_says_nothing_and_stores_nothing(model):
    model.embedder.dimensions = 32
    assert found(model, "school", ["w"]) == []
    with pytest.raises(EmbedderUnavailable, match="have vectors of 32 and 64 numbers"):
        renew(model.store, model.embedder, "m", "1", [Passage("en", "music", "")])
    assert lengths(model) == {64}


def test_the_status_says_so_in_a_sentence(model, tmp_path, monkeypatch):
    monkeypatch.setattr(meaning, "current", lambda: Meaning([Model(Short(), tmp_path)]))
    (line,) = status()
    assert line.startswith("small-1 off: The model and ")
    assert "have vectors of 32 and 64 numbers; if the model is another one now, restart site and worker" in line


def test_after_a_restart_the_worker_computes_vectors_of_the_new_dimensions(model, tmp_path):
    again = Model(Short(), tmp_path)
    worker_of(again).renew_vectors()
    assert found(again, "water") == ["w"]
    assert lengths(again) == {32}
    assert (tmp_path / "small-1.sqlite3.other-dimensions").exists()


def test_vectors_of_several_lengths_are_computed_anew(model):
    with model.store._writing() as connection:
        connection.execute("UPDATE vector SET data = x'0102' WHERE hash = (SELECT max(hash) FROM vector)")
    again = Model(SmallEmbedder(), model.store.path.parent)
    assert found(again, "water", ["w", "s"]) == []
    worker_of(again).renew_vectors()
    assert found(again, "water") == ["w"]


def test_the_vectors_of_a_model_that_cannot_be_asked_stay(model, tmp_path):
    class Away(SmallEmbedder):
        @property
        def dimensions(self):
            raise EmbedderUnavailable("away")

    away = Model(Away(), tmp_path)
    worker_of(away).renew_vectors()
    assert away.store.count([EDITION]) == 2


@pytest.mark.parametrize(
    "answer", [(0.0,) * 64, (float("nan"),) * 64, (float("inf"),) * 64, ()], ids=["zeros", "nan", "inf", "empty"]
)
def test_what_is_no_vector_is_neither_asked_with_nor_stored(model, tmp_path, answer):
    model.embedder = Poor()
    model.embedder.answer = answer
    assert found(model, "music", ["w"]) == []
    with np.errstate(all="ignore"):
        try:
            renew(model.store, model.embedder, "m", "1", [Passage("en", "music", "")])
        except EmbedderUnavailable:
            assert answer != (0.0,) * 64
    assert lengths(model) == {64}
    assert len(model.store.entries_of(["m"], EDITION)) == 0


def test_a_damaged_approximate_index_is_set_aside_and_built_anew(model, tmp_path, monkeypatch):
    pytest.importorskip("usearch")
    damaged = tmp_path / "small-1-edition.1.usearch"
    damaged.write_bytes(b"no index")
    again = Model(SmallEmbedder(), tmp_path)
    assert found(again, "water") == ["w"]
    monkeypatch.setattr(nearest, "MOST_EXACT", 1)
    monkeypatch.setattr(nearest, "MOST_RECENT", 0)
    worker_of(again).renew_vectors()
    assert not damaged.exists()
    assert (tmp_path / "small-1-edition.1.usearch.damaged").exists()
    assert (tmp_path / "small-1-edition.2.usearch").exists()
