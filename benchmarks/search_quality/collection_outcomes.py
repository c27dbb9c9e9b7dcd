"""A bilingual collection, asked in six ways through the service.

Every page is a work of its own with one edition, so that asking both languages at once is not made easier; either page
of a pair answers, and counts once. The documents go into indexes of their own through the engine's own door. Whether
the public may read them is the one thing that is not looked up: they are no pages of the site.
"""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from unittest.mock import patch

from django.test import override_settings

from benchmarks.search_quality.asking import Outcome, ask
from benchmarks.search_quality.collection import ROUTES, Collection
from search.analysis import LANGUAGES
from search.documents import IndexDocument
from search.embedders import embedders
from search.engines import index_engine
from search.vectors.meaning import Meaning
from search.vectors.model import Model
from search.vectors.upkeep import Upkeep
from search.versions import index_version

TOGETHER = 500


@dataclass(frozen=True)
class PublicEdition:
    """What the service asks of an edition before it shows a work."""

    url: str = "/"
    editions: tuple[str, ...] = LANGUAGES


def outcomes_of_collection(collection: Collection, folder: Path, vectors: Path) -> list[Outcome]:
    """The outcomes of all routes; indexes are built under `folder`, vectors of the collection are kept in `vectors`."""
    pages, outcomes = list(collection.documents(LANGUAGES)), []
    names = {page.key: collection.name_of(page.key) for page in pages}
    _embed(pages, vectors)
    for route, (_language, there) in ROUTES.items():
        index = folder / "-".join(there)
        is_new = not index.exists()
        with (
            override_settings(SEARCH_INDEX_DIR=index, ELASTICSEARCH_PREFIX=f"measured-{folder.name}-{index.name}"),
            patch("resources.languages.localized", _all_public),
            patch("search.relevance.meaning.current", partial(_meaning, index / "vectors")),
        ):
            if is_new:
                documents = list(collection.documents(there))
                _build(documents)
                # Vectors of pages that are not there must not take part.
                shutil.copytree(vectors, index / "vectors")
                _embed(documents, index / "vectors")
            outcomes += ask(collection.queries(route), names)
    return outcomes


@cache
def _meaning(folder: Path) -> Meaning | None:
    folder.mkdir(parents=True, exist_ok=True)
    available = embedders()
    return Meaning([Model(embedder, folder) for embedder in available]) if available else None


def _embed(documents: list[IndexDocument], folder: Path) -> None:
    """Makes a folder hold the vectors of these documents and no others."""
    by_key = {document.translation_key: document for document in documents}
    if found := _meaning(folder):
        upkeep = Upkeep(
            found, lambda: dict.fromkeys(by_key, "made"), lambda keys: [by_key[k] for k in keys if k in by_key]
        )
        upkeep.compare()
        while upkeep.work(seconds=60):
            continue


def _build(documents: list[IndexDocument]) -> None:
    generation = index_engine().new_generation()
    for start in range(0, len(documents), TOGETHER):
        generation.apply(documents[start : start + TOGETHER])
    generation.publish()
    index_version.forget()


def _all_public(keys: Iterable[str], language: str) -> dict[str, PublicEdition]:
    return dict.fromkeys(keys, PublicEdition())
