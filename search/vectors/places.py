"""Places: the passages of the library nearest to what was asked, by every model that knows them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from search.vectors.model import NEAREST_PASSAGES, Model

# Beside the nearest passage, those that are at least so near in proportion.
NEARLY_AS_NEAR = 0.7


@dataclass(frozen=True)
class PlaceFound:
    """A passage near to what was asked."""

    language: str
    kind: str
    place: str
    similarity: float


def nearest_places(asked: Sequence[tuple[Model, object]], noise_floor: float) -> dict[str, list[PlaceFound]]:
    """work → its passages among the nearest ones of the library, nearest first.

    `asked`: models that know the passages, each with the vector of the text. The similarity of a passage is the mean of
    what they say. None whose similarity is below `noise_floor`.
    """
    said = [model.nearest_passages(query) for model, query in asked]
    found = list(dict.fromkeys(place for cosines in said for place in cosines))
    for (model, query), cosines in zip(asked, said, strict=True):
        if missing := [place for place in found if place not in cosines]:
            cosines |= model.similarities_of_passages(query, missing)
    similarity = {place: fmean(cosines[place] for cosines in said if place in cosines) for place in found}
    least = max(noise_floor, NEARLY_AS_NEAR * max(similarity.values(), default=0.0))
    places: dict[str, list[PlaceFound]] = defaultdict(list)
    for work, language, kind, place in sorted(found, key=similarity.__getitem__, reverse=True)[:NEAREST_PASSAGES]:
        near = similarity[work, language, kind, place]
        if near >= least:
            places[work].append(PlaceFound(language, kind, place, near))
    return dict(places)
