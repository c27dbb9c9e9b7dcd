"""Meaning: which works, and which passages of them, are about what was asked, in whichever language.

The first embedder is the fast one. It knows every edition and passage; while a library has at most `MOST_FOR_ALL`
editions, the other embedders know its editions too, and as many passages at most. The similarity of a work or a passage
is the mean of what the embedders that know it say: two models seldom err alike.
"""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.conf import settings

from search.dictionary import is_sentence
from search.embedders import EmbedderUnavailable, embedders
from search.vectors.model import MOST_FOR_ALL, PASSAGES, Model
from search.vectors.places import NEARLY_AS_NEAR, PlaceFound, nearest_places
from search.vectors.trouble import VectorsUnavailable, tell

# An embedder has a say once it knows this share of the works.
ENOUGH = 0.98
# Nonsense seldom strikes two models in the same way, so that their mean says something earlier.
NOISE_FLOOR_OF_SEVERAL = 0.36
# The best of many passages is near by chance more often than the one vector of a work.
PASSAGE_HANDICAP = 0.05
# Beside the nearest work, works nearly as near are shown, and no more than so many.
MOST_BEYOND_WORDS = 50
# Of a sentence of real words, so much of the noise floor is enough.
FLOOR_OF_SENTENCES = 0.65

# Models, each with the vector of what was asked.
Asked = tuple[tuple[Model, object], ...]


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

    asked: Asked = ()
    works: frozenset[str] = frozenset()
    places: dict[str, list[PlaceFound]] = field(default_factory=dict)
    floor: float = 1.0


class Meaning:
    """Asks every model that has a say."""

    def __init__(self, models: Sequence[Model]):
        self.models = list(models)

    def models_in_use(self) -> list[Model]:
        """The models that have a say now."""
        first, *others = self.models
        editions = _editions(first)
        if editions < 0:
            return []
        if editions > MOST_FOR_ALL:
            return [first]
        return [first, *(model for model in others if _editions(model) >= ENOUGH * editions)]

    def _know_passages(self, asked: Asked) -> Asked:
        """Those of the models asked that have a say on passages."""
        first, *others = asked
        known = first[0].passages_for_all()
        if first[0] is not self.models[0] or known > MOST_FOR_ALL:
            return (first,)
        return (first, *(other for other in others if other[0].passages_for_all() >= ENOUGH * known))

    def works_changed(self, works: Iterable[str]) -> None:
        """Passages of these works count no more until they are embedded anew: what was in them may be private now."""
        works = list(works)
        for model in self.models:
            try:
                model.store.mark_changed(works, PASSAGES)
            except VectorsUnavailable as error:
                # The worker finds them by comparing; the index is not held up.
                tell(str(error))

    def nearest(self, text: str, language: str) -> Nearest:
        """The works and passages nearest to a text; nothing where no model can say anything now."""
        try:
            return self._nearest(text, language)
        except EmbedderUnavailable as error:
            tell(f"Searching by words alone: {error}")
            return Nearest()

    def _nearest(self, text: str, language: str) -> Nearest:
        asked = []
        for model in self.models_in_use():
            try:
                asked.append((model, model.query_vector(text, language)))
            except EmbedderUnavailable as error:
                tell(f"Searching without {model.embedder.name}: {error}")
        if not asked:
            return Nearest()
        works = frozenset(work for model, query in asked for work in model.nearest_works(query))
        # Several real words are never mere noise.
        floor = FLOOR_OF_SENTENCES if is_sentence(text, language) else 1.0
        say_where = self._know_passages(tuple(asked))
        return Nearest(tuple(asked), works, nearest_places(say_where, floor * noise_floor(say_where)), floor)


def _editions(model: Model) -> int:
    """How many editions a model knows; below zero where it cannot say."""
    try:
        return model.editions_for_all()
    except VectorsUnavailable as error:
        tell(f"Searching without {model.embedder.name}: {error}")
        return -1


def similarities(nearest: Nearest, works: Iterable[str] = ()) -> Similarities:
    """How near works are to a text: all of `works`, and the nearest ones in the library; none where no vectors are."""
    try:
        return _similarities(nearest, works) if nearest.asked else Similarities()
    except EmbedderUnavailable as error:
        tell(f"Searching by words alone: {error}")
        return Similarities()


def _similarities(nearest: Nearest, works: Iterable[str]) -> Similarities:
    candidates = nearest.works.union(works, nearest.places)
    said = [model.similarities(query, candidates) for model, query in nearest.asked]
    by_work = {}
    for work in candidates:
        known = [similarity[work] for similarity in said if work in similarity]
        places = nearest.places.get(work, ())
        best = max((place.similarity for place in places), default=-1.0) - PASSAGE_HANDICAP
        if known or places:
            by_work[work] = max(best, sum(known) / len(known) if known else -1.0)
    return Similarities(by_work, noise_floor(nearest.asked) * nearest.floor, nearest.places)


def noise_floor(asked: Asked) -> float:
    """The similarity that words without meaning seldom reach, by these models."""
    return NOISE_FLOOR_OF_SEVERAL if len(asked) > 1 else asked[0][0].embedder.noise_floor


_starting = threading.Lock()


@cache
def _meaning(folder: Path) -> Meaning | None:
    available = embedders()
    return Meaning([Model(embedder, folder) for embedder in available]) if available else None


def current() -> Meaning | None:
    """The meaning search of this deployment; None where no embedder is available."""
    with _starting:
        return _meaning(Path(settings.SEARCH_VECTORS_DIR))
