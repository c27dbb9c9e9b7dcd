"""Many vectors: the approximate index, and what came after it."""

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("usearch")

from search.vectors import nearest  # noqa: E402 - numpy and usearch are extras
from search.vectors.nearest import NearestVectors  # noqa: E402
from search.vectors.passages import EDITION  # noqa: E402
from search.vectors.quantization import to_bytes  # noqa: E402
from search.vectors.store import VectorStore  # noqa: E402

DIMENSIONS, WORKS = 64, 3000


@pytest.fixture
def units():
    centres = np.random.default_rng(3).normal(size=(60, DIMENSIONS))
    noise = np.random.default_rng(4).normal(size=(WORKS, DIMENSIONS))
    rows = (centres[np.arange(WORKS) % 60] + 0.7 * noise).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture
def store(tmp_path, units, monkeypatch):
    monkeypatch.setattr(nearest, "MOST_EXACT", 500)
    monkeypatch.setattr(nearest, "MOST_RECENT", 100)
    store = VectorStore(tmp_path / "many.sqlite3")
    add(store, units)
    return store


def add(store, units, first=0):
    hashes = [f"{first + at}".encode() for at in range(len(units))]
    store.add({content: to_bytes(unit) for content, unit in zip(hashes, units, strict=True)})
    for at, content in enumerate(hashes):
        store.assign(f"w{first + at}", "1", [("en", EDITION, "", content)])


def exact(units, query, limit=10):
    return {f"w{at}" for at in np.argsort(-(units @ query))[:limit]}


def works(found):
    return {entry.work for entry, _cosine in found}


def test_recall_at_ten_is_at_least_95_percent_against_exact_comparison(store, units):
    vectors = NearestVectors(store, [EDITION])
    assert vectors.build_index() is True
    queries = np.random.default_rng(5).permutation(WORKS)[:100]
    recalls = [len(works(vectors.search(units[at], 10)) & exact(units, units[at])) / 10 for at in queries]
    assert sum(recalls) / len(recalls) >= 0.95


def test_what_came_after_the_index_is_found_and_what_went_is_not(store, units):
    vectors = NearestVectors(store, [EDITION])
    vectors.build_index()
    store.remove(["w7"])
    assert works(vectors.search(units[7], 1)) != {"w7"}
    add(store, units[7:8], first=WORKS)
    assert works(vectors.search(units[7], 1)) == {f"w{WORKS}"}


def test_the_index_is_built_again_only_when_enough_came_after_it(store, units):
    vectors = NearestVectors(store, [EDITION])
    assert vectors.build_index() is True
    assert vectors.build_index() is False
    add(store, units[:150], first=WORKS)
    assert vectors.build_index() is True


def test_without_an_index_no_more_than_the_limit_is_read_into_memory(store, units):
    vectors = NearestVectors(store, [EDITION])
    vectors.search(units[0], 10)
    assert len(vectors._ids) == 600
    vectors.build_index()
    # An approximate index, which several threads build, may miss one.
    found = [works(vectors.search(units[at], 1)) == {f"w{at}"} for at in range(2900, 3000)]
    assert sum(found) >= 95
    assert len(vectors._ids) == 0
