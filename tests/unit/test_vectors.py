"""Vectors of works: kept by content, found again, never in the way."""

from dataclasses import dataclass, field

import pytest

from tests.unit.vectors_for_tests import SmallEmbedder

np = pytest.importorskip("numpy")

from search import pauses  # noqa: E402 - numpy is an extra
from search.embedders import EmbedderUnavailable  # noqa: E402
from search.passages import TIME  # noqa: E402
from search.vectors.embedding import renew  # noqa: E402
from search.vectors.meaning import Meaning, similarities  # noqa: E402
from search.vectors.model import Model  # noqa: E402
from search.vectors.passages import EDITION, Passage  # noqa: E402
from search.vectors.quantization import to_bytes, to_units  # noqa: E402
from search.vectors.upkeep import Upkeep  # noqa: E402


@dataclass
class Document:
    """As much of an index document as is embedded."""

    translation_key: str
    stamp: str
    stored: dict
    texts: dict = field(default_factory=dict)
    passages: tuple = ()


def document(work: str, stamp: str = "1", **titles) -> Document:
    return Document(work, stamp, {"titles": titles})


class Library:
    """Works as the upkeep sees them."""

    def __init__(self, *documents):
        self.documents = {item.translation_key: item for item in documents}

    def stamps(self):
        return {key: item.stamp for key, item in self.documents.items()}

    def build(self, keys):
        return (self.documents[key] for key in keys if key in self.documents)


@pytest.fixture
def model(tmp_path):
    return Model(SmallEmbedder(), tmp_path)


def keep_up(model, library) -> Upkeep:
    upkeep = Upkeep(Meaning([model]), library.stamps, library.build)
    upkeep.compare()
    while upkeep.work(1):
        pass
    return upkeep


@dataclass
class Stretch:
    """As much of a passage as is embedded."""

    language: str
    text: str
    place: str
    kind: str = TIME


def recording(work: str, *said: str) -> Document:
    stretches = tuple(Stretch("es", text, f"7/time/es/{15 * at}") for at, text in enumerate(said))
    return Document(work, "1", {"titles": {"es": "Junta"}}, passages=stretches)


@pytest.fixture
def two_models(tmp_path):
    return Model(SmallEmbedder(), tmp_path), Model(SmallEmbedder("small-2"), tmp_path)


def keep_up_all(models, library) -> Upkeep:
    upkeep = Upkeep(Meaning(models), library.stamps, library.build)
    # The first model knows how many passages there are once it is done.
    for _ in range(2):
        upkeep.compare()
        while upkeep.work(1):
            pass
    return upkeep


def places(models, text) -> dict[str, float]:
    """work → the similarity of its nearest passage."""
    return {work: found[0].similarity for work, found in Meaning(models).nearest(text, "en").places.items()}


def found(model, text, works=()) -> list[str]:
    return similarities(Meaning([model]).nearest(text, "en"), works).beyond_noise()


def test_a_work_is_found_by_its_meaning_in_the_other_language(model):
    keep_up(model, Library(document("w", es="agua"), document("s", en="school"), document("l", es="ley")))
    assert found(model, "water") == ["w"]


def test_a_model_that_refuses_a_work_rests_longer_each_time_and_goes_on_with_the_others(model, monkeypatch, caplog):
    embed, asked = model.embedder.embed_passages, []

    def refusing(texts, language):
        asked.append(texts)
        if "bad" in " ".join(texts):
            raise EmbedderUnavailable("400: too long")
        return embed(texts, language)

    monkeypatch.setattr(model.embedder, "embed_passages", refusing)
    library = Library(document("b", en="bad"), document("w", es="agua"), document("s", en="school"))
    upkeep = Upkeep(Meaning([model]), library.stamps, library.build)
    upkeep.compare()
    assert not upkeep.work(1)
    assert set(model.store.stamps()) == set()
    upkeep.note_changed()
    assert not upkeep.work(1)
    assert len(asked) == 1
    for _rest in range(3):
        upkeep._pauses[model]._until = 0.0
        upkeep.work(1)
    assert set(model.store.stamps()) == {"w", "s"}
    assert upkeep._pauses[model]._seconds > pauses.FIRST_SECONDS
    assert len([record for record in caplog.records if "wait: 400" in record.getMessage()]) == 1


def test_a_work_that_cannot_be_built_keeps_no_other_waiting_and_is_told_once(model, caplog):
    class Faulty(Library):
        def build(self, keys):
            for key in keys:
                if key == "b":
                    raise TypeError("no order")
                yield self.documents[key]

    library = Faulty(document("w", es="agua"), document("b", en="bad"), document("s", en="school"))
    upkeep = keep_up(model, library)
    assert (set(model.store.stamps()), upkeep.waiting(model)) == ({"w", "s"}, 0)
    assert upkeep.compare() == 1
    assert not upkeep.work(1)
    assert [record.getMessage() for record in caplog.records if "no vectors" in record.getMessage()] == [
        "The work b gets no vectors: its document cannot be built."
    ]
    library.build = Library(*library.documents.values()).build
    assert set(keep_up(model, library)._meaning.models[0].store.stamps()) == {"w", "b", "s"}


def test_words_without_meaning_find_nothing(model):
    keep_up(model, Library(document("w", es="agua"), document("s", en="school")))
    assert found(model, "xqzvb flurgle") == []


def test_a_sentence_says_something_with_less_likeness_than_a_few_words(model, monkeypatch):
    monkeypatch.setattr(model.embedder, "noise_floor", 1.2)
    keep_up(model, Library(document("w", es="agua"), document("s", en="school")))
    assert found(model, "water") == []
    assert found(model, "water and water and water") == ["w"]


def test_works_that_were_asked_about_are_compared_however_far(model):
    keep_up(model, Library(document("w", en="water"), document("s", en="school")))
    similar = similarities(Meaning([model]).nearest("water", "en"), ["s", "unknown"])
    assert similar.by_work["s"] == pytest.approx(0.0, abs=0.01)
    assert "unknown" not in similar.by_work


def test_what_does_not_change_is_not_embedded_again(model):
    library = Library(document("w", en="water"), document("s", en="school"))
    keep_up(model, library)
    embedded = len(model.embedder.embedded)
    library.documents["w"] = document("w", "2", en="water")
    library.documents["copy"] = document("copy", en="water")
    keep_up(model, library)
    assert len(model.embedder.embedded) == embedded
    assert set(found(model, "water")) == {"w", "copy"}


def test_changed_and_removed_works_are_found_as_they_are_now(model):
    library = Library(document("w", en="water"), document("s", en="school"))
    keep_up(model, library)
    assert found(model, "school") == ["s"]
    library.documents["w"] = document("w", "2", en="music")
    del library.documents["s"]
    keep_up(model, library)
    assert found(model, "school") == []
    assert found(model, "water") == []
    assert found(model, "music") == ["w"]


def test_vectors_outlive_the_process(model, tmp_path):
    keep_up(model, Library(document("w", en="water")))
    again = Model(SmallEmbedder(), tmp_path)
    keep_up(again, Library(document("w", en="water")))
    assert found(again, "water") == ["w"]
    assert again.embedder.embedded == []


def test_upkeep_stops_when_its_time_is_up_and_goes_on_later(model):
    library = Library(*(document(f"w{number}", en=f"water {number}") for number in range(30)))
    upkeep = Upkeep(Meaning([model]), library.stamps, library.build)
    assert upkeep.compare() == 30
    rounds = 1
    while upkeep.work(0.0001):
        rounds += 1
    assert rounds > 1
    assert model.store.count([EDITION]) == 30
    assert upkeep.compare() == 0


def test_a_changed_work_can_be_noted_without_comparing_all(model):
    library = Library(document("w", en="water"))
    upkeep = keep_up(model, library)
    library.documents["s"] = document("s", en="school")
    Meaning([model]).works_changed(["s"])
    upkeep.note_changed()
    upkeep.work(1)
    assert found(model, "school") == ["s"]
    assert model.store.changed() == []


def test_passages_of_a_changed_work_count_no_more_until_they_are_embedded_anew(model):
    model.store.add({b"a": b"\x01" * 3, b"b": b"\x02" * 3})
    model.store.assign("w", "1", [("en", EDITION, "", b"a"), ("en", TIME, "7/time/en/0", b"b")])
    Meaning([model]).works_changed(["w", "new"])
    assert (model.store.count([EDITION]), model.store.count([TIME])) == (1, 0)
    assert sorted(model.store.changed()) == ["new", "w"]


def test_a_model_that_fails_leaves_the_others_at_work(tmp_path):
    class Failing(SmallEmbedder):
        def embed_passages(self, texts, language):
            raise EmbedderUnavailable("out of order")

    first, second = Model(SmallEmbedder(), tmp_path), Model(Failing("failing-1"), tmp_path)
    meaning = Meaning([first, second])
    library = Library(document("w", en="water"))
    upkeep = Upkeep(meaning, library.stamps, library.build)
    upkeep.compare()
    assert upkeep.work(1) is False
    assert meaning.models_in_use() == [first]
    assert upkeep.compare() == 1


def test_the_mean_of_two_models_counts_once_both_know_the_library(tmp_path):
    first, second = Model(SmallEmbedder(), tmp_path), Model(SmallEmbedder("small-2"), tmp_path)
    meaning, library = Meaning([first, second]), Library(document("w", en="water"))
    keep_up(first, library)
    assert meaning.models_in_use() == [first]
    keep_up(second, library)
    assert meaning.models_in_use() == [first, second]
    assert similarities(meaning.nearest("water", "en")).by_work["w"] == pytest.approx(1.0, abs=0.01)


def test_the_best_passage_of_a_work_counts_and_is_named(model):
    passages = [
        Passage("en", "", "school", TIME, "0"),
        Passage("es", "", "agua", TIME, "30.5"),
        Passage("en", "Recording", "about something"),
    ]
    renew(model.store, model.embedder, "r", "1", passages)
    similar = similarities(Meaning([model]).nearest("water", "en"))
    assert similar.beyond_noise() == ["r"]
    assert [(place.place, place.language) for place in similar.places["r"]] == [("30.5", "es")]


def test_where_few_passages_are_all_models_say_which_is_nearest(two_models):
    first, second = two_models
    library = Library(recording("r", "agua"), recording("s", "escuela"))
    keep_up_all(two_models, library)
    assert second.store.count([TIME]) == 2
    assert places(two_models, "water") == {"r": pytest.approx(1.0, abs=0.01)}
    # One errs, the other does not.
    second.embedder.embed_queries = lambda texts, language: first.embedder.embed_queries(["school"], language)
    assert places(two_models, "water water") == {work: pytest.approx(0.5, abs=0.01) for work in ("r", "s")}


def test_where_many_passages_are_only_the_fast_model_knows_them(two_models, monkeypatch):
    library = Library(recording("r", "agua"), recording("s", "escuela", "ley"))
    keep_up_all(two_models, library)
    assert [model.store.count([TIME]) for model in two_models] == [3, 3]
    for module in ("meaning", "model", "upkeep"):
        monkeypatch.setattr(f"search.vectors.{module}.MOST_FOR_ALL", 2)
    keep_up_all(two_models, library)
    assert [model.store.count([TIME]) for model in two_models] == [3, 0]
    assert [model.store.count([EDITION]) for model in two_models] == [2, 2]
    assert places(two_models, "water") == {"r": pytest.approx(1.0, abs=0.01)}


def test_a_state_that_all_models_hold_is_not_embedded_again(two_models):
    library = Library(recording("r", "agua"), recording("s", "escuela"))
    keep_up_all(two_models, library)
    embedded = [len(model.embedder.embedded) for model in two_models]
    assert keep_up_all(two_models, library).compare() == 0
    assert [len(model.embedder.embedded) for model in two_models] == embedded


def test_eight_bits_keep_cosines():
    units = np.random.default_rng(1).normal(size=(50, 512)).astype(np.float32)
    units /= np.linalg.norm(units, axis=1, keepdims=True)
    kept = to_units([to_bytes(unit) for unit in units], 512)
    assert np.abs(units @ units.T - kept @ kept.T).max() < 0.01


def test_editions_with_little_text_are_embedded_and_empty_ones_left_out(model):
    renew(model.store, model.embedder, "a", "1", [Passage("en", "water", ""), Passage("es", "", " ")])
    assert model.store.count([EDITION]) == 1


def test_the_text_of_an_edition_does_not_repeat_its_title():
    assert Passage("en", "Water", "Water Water is life").groups(False) == [["Water. Water is life"]]
    assert Passage("en", "Water", "").groups(True) == [["Water"]]
