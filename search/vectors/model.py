"""A model: an embedder with the vectors kept for it."""

import logging
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from search.embedders.base import Embedder, EmbedderUnavailable, are_units
from search.passages import PAGE, TIME
from search.vectors.passages import EDITION
from search.vectors.store import Entry, VectorStore
from search.vectors.trouble import VectorsUnavailable, other_lengths

if TYPE_CHECKING:
    from search.vectors.nearest import NearestVectors

logger = logging.getLogger(__name__)

# The others than the fast one know editions, and passages, only where there are at most so many.
MOST_FOR_ALL = 10_000
NEAREST_EDITIONS, NEAREST_PASSAGES = 150, 100
QUERIES_KEPT = 500
PASSAGES = (TIME, PAGE)
# What names a passage in the stores of all models: work, language, kind, place.
PassageName = tuple[str, str, str, str]


class Model:
    """An embedder with the vectors kept for it."""

    def __init__(self, embedder: Embedder, folder: Path):
        self.embedder = embedder
        self.store = VectorStore(folder / f"{embedder.name}.sqlite3")
        self._kept_query = lru_cache(QUERIES_KEPT)(self._embed_query)

    @cached_property
    def editions(self) -> "NearestVectors":
        return self._nearest([EDITION])

    @cached_property
    def passages(self) -> "NearestVectors":
        return self._nearest(PASSAGES)

    def _nearest(self, kinds: Sequence[str]) -> "NearestVectors":
        from search.vectors.nearest import NearestVectors

        return NearestVectors(self.store, kinds)

    def prepare(self, is_thorough: bool) -> bool:
        """Makes its store where there is none, or where its model has other dimensions now; for the worker.

        Returns whether there was none: a new file may look like the one that was deleted.

        `is_thorough`: reads all of it, and asks the model. Raises VectorsUnavailable.
        """
        is_new = self.store.file.make()
        if is_thorough:
            self.store.file.check()
            if other := self._surely_other_dimensions():
                self.begin_anew("other-dimensions", other)
            self.editions.build_index()
            self.passages.build_index()
        return is_new

    def _surely_other_dimensions(self) -> str:
        """What `_other_dimensions` says; nothing where the model cannot be asked, since its vectors are dear."""
        try:
            return self._other_dimensions()
        except VectorsUnavailable:
            raise
        except EmbedderUnavailable:
            return ""

    def _other_dimensions(self) -> str:
        """That vectors kept are not as long as those of the model, in a sentence; empty where they are.

        Raises EmbedderUnavailable.
        """
        kept = self.store.lengths()
        lengths = {*kept, self.embedder.dimensions} if kept else kept
        return str(other_lengths(self.store.path, lengths)) if len(lengths) > 1 else ""

    def begin_anew(self, ending: str, why: str) -> None:
        """Sets its store aside under a name with this ending, and makes an empty one. Raises VectorsUnavailable."""
        logger.warning("%s It was renamed with the ending .%s.", why, ending)
        self.store.file.set_aside(ending)
        self.store.file.make()

    def trouble(self) -> str:
        """Why it has no say though its embedder is there; empty where it may have one."""
        try:
            self.editions_for_all()
            self.store.file.check()
            return self._other_dimensions() or self.store.file.unwritable()
        except EmbedderUnavailable as error:
            return str(error)

    def query_vector(self, text: str, language: str):
        """The vector of what a reader asks; kept, since pages and filters ask the same again.

        Raises EmbedderUnavailable, also where it is no vector to compare with those that are kept.
        """
        vector = self._kept_query(text, language)
        if (kept := self.store.dimensions) and kept != len(vector):
            self._kept_query.cache_clear()
            raise other_lengths(self.store.path, {kept, len(vector)})
        return vector

    def _embed_query(self, text: str, language: str):
        vectors = self.embedder.embed_queries([text], language)
        if len(vectors) != 1 or not are_units(vectors):
            raise EmbedderUnavailable(f"{self.embedder.name} gave no usable vector for a query.")
        return vectors[0]

    def editions_for_all(self) -> int:
        """How many editions it knows, as far as that decides whether all models have a say; asked at every search."""
        return self.store.count([EDITION], most=MOST_FOR_ALL + 1)

    def passages_for_all(self) -> int:
        """The same of passages."""
        return self.store.count(PASSAGES, most=MOST_FOR_ALL + 1)

    def nearest_works(self, query) -> list[str]:
        return [entry.work for entry, _cosine in self.editions.search(query, NEAREST_EDITIONS)]

    def nearest_passages(self, query) -> dict[PassageName, float]:
        """Passage → cosine, of the nearest ones."""
        return {name_of(entry): cosine for entry, cosine in self.passages.search(query, NEAREST_PASSAGES)}

    def similarities(self, query, works: Iterable[str]) -> dict[str, float]:
        """The best cosine of each work's editions."""
        best: dict[str, float] = {}
        for entry, cosine in self._cosines(query, self.store.entries_of(works, EDITION)):
            best[entry.work] = max(cosine, best.get(entry.work, -1.0))
        return best

    def similarities_of_passages(self, query, places: Iterable[PassageName]) -> dict[PassageName, float]:
        """The cosines of given passages, as far as they are known here."""
        wanted = set(places)
        rows = self.store.entries_at({(work, kind, place) for work, _language, kind, place in wanted})
        found = {name_of(entry): cosine for entry, cosine in self._cosines(query, rows)}
        return {place: found[place] for place in wanted & found.keys()}

    def _cosines(self, query, rows: Sequence[tuple[Entry, bytes]]) -> list[tuple[Entry, float]]:
        from search.vectors.quantization import to_units

        if not rows:
            return []
        cosines = to_units([data for _entry, data in rows], len(query)) @ query
        return list(zip([entry for entry, _data in rows], cosines.tolist(), strict=True))


def name_of(entry: Entry) -> PassageName:
    return entry.work, entry.language, entry.kind, entry.place
