"""Meaning: which works, and which passages of them, are about what was asked, in whichever language.

The first embedder is the fast one. It knows every edition and passage; while a library has at most `MOST_FOR_ALL`
editions, the other embedders know its editions too, and the similarity of a work is the mean of what they say: two
models seldom err alike.
"""

import logging
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from search.dictionary import is_sentence
from search.embedders import EmbedderUnavailable, embedders
from search.embedders.base import Embedder
from search.passages import PAGE, TIME
from search.vectors.passages import EDITION

if TYPE_CHECKING:
    from search.vectors.nearest import NearestVectors

logger = logging.getLogger(__name__)

MOST_FOR_ALL = 10_000
# An embedder has a say once it knows this share of the works.
ENOUGH = 0.98
# Nonsense seldom strikes two models in the same way, so that their mean says something earlier.
NOISE_FLOOR_OF_SEVERAL = 0.36
# The best of many passages is near by chance more often than the one vector of a work.
PASSAGE_HANDICAP = 0.05
# Beside the nearest work, those that are at least so near in proportion are shown, and no more than so many.
NEARLY_AS_NEAR, MOST_BEYOND_WORDS = 0.7, 50
# Of a sentence of real words, so much of the noise floor is enough.
FLOOR_OF_SENTENCES = 0.65
NEAREST_EDITIONS, NEAREST_PASSAGES = 150, 100
QUERIES_KEPT = 500


@dataclass(frozen=True)
class PlaceFound:
    """A passage near to what was asked."""

    language: str
    kind: str
    place: str
    similarity: float


@dataclass(frozen=True)
class Similarities:
    """work → similarity, for the works asked about and those that say something by themselves."""

    by_work: dict[str, float] = field(default_factory=dict)
    noise_floor: float = 1.0
    places: dict[str, list[PlaceFound]] = field(default_factory=dict)

    def beyond_noise(self) -> list[str]:
        """Works near enough to be shown without a word in common, nearest first; none where even the best is noise."""
        best = max(self.by_work.values(), default=0.0)
        if best < self.noise_floor:
            return []
        found = [work for work, similarity in self.by_work.items() if similarity >= NEARLY_AS_NEAR * best]
        return sorted(found, key=self.by_work.get, reverse=True)[:MOST_BEYOND_WORDS]

    def said_elsewhere(self, language: str) -> frozenset[str]:
        """Works that are as near as they are by a passage in another language."""
        return frozenset(
            work
            for work, places in self.places.items()
            if places[0].language != language and places[0].similarity - PASSAGE_HANDICAP >= self.by_work.get(work, 0.0)
        )


@dataclass(frozen=True)
class Nearest:
    """What is nearest to a text in the library: by the models asked, each with the vector of the text.

    `floor`: the share of a model's noise floor that says something already.
    """

    asked: tuple[tuple["Model", object], ...] = ()
    works: frozenset[str] = frozenset()
    places: dict[str, list[PlaceFound]] = field(default_factory=dict)
    floor: float = 1.0


class Model:
    """An embedder with the vectors kept for it."""

    def __init__(self, embedder: Embedder, folder: Path):
        from search.vectors.store import VectorStore

        self.embedder = embedder
        self.store = VectorStore(folder / f"{embedder.name}.sqlite3")
        self.query_vector = lru_cache(QUERIES_KEPT)(self._embed_query)

    @cached_property
    def editions(self) -> "NearestVectors":
        return self._nearest([EDITION])

    @cached_property
    def passages(self) -> "NearestVectors":
        return self._nearest([TIME, PAGE])

    def _nearest(self, kinds: Sequence[str]) -> "NearestVectors":
        """Made at the first vector: an endpoint may not be there before."""
        from search.vectors.nearest import NearestVectors

        return NearestVectors(self.store, self.embedder.dimensions, kinds)

    def _embed_query(self, text: str, language: str):
        """The vector of what a reader asks; kept (`query_vector`), since pages and filters ask the same again.

        Raises EmbedderUnavailable.
        """
        return self.embedder.embed_queries([text], language)[0]

    def editions_for_all(self) -> int:
        """How many editions it knows, as far as that decides whether all models have a say; asked at every search."""
        return self.store.count([EDITION], most=MOST_FOR_ALL + 1)

    def nearest_works(self, query) -> list[str]:
        return [entry.work for entry, _cosine in self.editions.search(query, NEAREST_EDITIONS)]

    def similarities(self, query, works: Iterable[str]) -> dict[str, float]:
        """The best cosine of each work's editions."""
        from search.vectors.quantization import to_units

        rows = self.store.entries_of(works, EDITION)
        if not rows:
            return {}
        cosines = to_units([data for _entry, data in rows], self.embedder.dimensions) @ query
        best: dict[str, float] = {}
        for (entry, _data), cosine in zip(rows, cosines.tolist(), strict=True):
            best[entry.work] = max(cosine, best.get(entry.work, -1.0))
        return best


class Meaning:
    """Asks every model that has a say."""

    def __init__(self, models: Sequence[Model]):
        self.models = list(models)

    def models_in_use(self) -> list[Model]:
        """The models that have a say now."""
        first, *others = self.models
        editions = first.editions_for_all()
        if editions > MOST_FOR_ALL:
            return [first]
        return [first, *(model for model in others if model.editions_for_all() >= ENOUGH * editions)]

    def works_changed(self, works: Iterable[str]) -> None:
        """Passages of these works count no more until they are embedded anew: what was in them may be private now."""
        works = list(works)
        for model in self.models:
            model.store.mark_changed(works, [TIME, PAGE])

    def nearest(self, text: str, language: str) -> Nearest:
        """The works and passages nearest to a text; nothing where no model can say anything now."""
        asked = []
        for model in self.models_in_use():
            try:
                asked.append((model, model.query_vector(text, language)))
            except EmbedderUnavailable as error:
                logger.warning("Searching without %s: %s", model.embedder.name, error)
        if not asked:
            return Nearest()
        works = frozenset(work for model, query in asked for work in model.nearest_works(query))
        # Several real words are never mere noise.
        floor = FLOOR_OF_SENTENCES if is_sentence(text, language) else 1.0
        return Nearest(tuple(asked), works, _places(*asked[0], floor), floor)


def similarities(nearest: Nearest, works: Iterable[str] = ()) -> Similarities:
    """How near works are to a text: all of `works`, and the nearest ones in the library."""
    if not nearest.asked:
        return Similarities()
    candidates = nearest.works.union(works, nearest.places)
    said = [model.similarities(query, candidates) for model, query in nearest.asked]
    by_work = {}
    for work in candidates:
        known = [similarity[work] for similarity in said if work in similarity]
        places = nearest.places.get(work, ())
        best = max((place.similarity for place in places), default=-1.0) - PASSAGE_HANDICAP
        if known or places:
            by_work[work] = max(best, sum(known) / len(known) if known else -1.0)
    floor = NOISE_FLOOR_OF_SEVERAL if len(nearest.asked) > 1 else nearest.asked[0][0].embedder.noise_floor
    return Similarities(by_work, floor * nearest.floor, nearest.places)


def _places(model: Model, query, floor: float) -> dict[str, list[PlaceFound]]:
    """work → its passages among the nearest ones of the library, nearest first."""
    places: dict[str, list[PlaceFound]] = {}
    found = model.passages.search(query, NEAREST_PASSAGES)
    least = max(floor * model.embedder.noise_floor, NEARLY_AS_NEAR * found[0][1] if found else 0.0)
    for entry, cosine in found:
        if cosine >= least:
            place = PlaceFound(entry.language, entry.kind, entry.place, cosine)
            places.setdefault(entry.work, []).append(place)
    return places


_starting = threading.Lock()


@cache
def _meaning(folder: Path) -> Meaning | None:
    available = embedders()
    return Meaning([Model(embedder, folder) for embedder in available]) if available else None


def current() -> Meaning | None:
    """The meaning search of this deployment; None where no embedder is available."""
    with _starting:
        return _meaning(Path(settings.SEARCH_VECTORS_DIR))
