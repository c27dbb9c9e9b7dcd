"""A collection of another subject, asked in six ways through the service.

Every page is a work of its own with one edition, so that asking both languages at once is not made easier; either page
of a pair answers, and counts once. The documents go into indexes of their own through the engine's own door. Whether
the public may read them is the one thing that is not looked up: they are no pages of the site.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from django.test import override_settings

from benchmarks.search_quality.asking import Outcome, ask
from benchmarks.search_quality.collection import TASKS, collection_documents, collection_queries, pairs_of_pages
from search.engines import index_engine

TOGETHER = 500


@dataclass(frozen=True)
class PublicEdition:
    """What the service asks of an edition before it shows a work."""

    url: str = "/"


def outcomes_of_collection(collection: Path, folder: Path) -> list[Outcome]:
    """The outcomes of all tasks; the indexes are built under `folder`."""
    pairs, outcomes = pairs_of_pages(collection), []
    for task, (language, there) in TASKS.items():
        index = folder / "-".join(there)
        with override_settings(SEARCH_INDEX_DIR=index), patch("resources.languages.localized", _all_public):
            if not index.exists():
                _build(collection, there)
            outcomes += ask(collection_queries(collection, language, task), pairs)
    return outcomes


def _build(collection: Path, languages: tuple[str, ...]) -> None:
    generation = index_engine().new_generation()
    documents = list(collection_documents(collection, languages, apart=True))
    for start in range(0, len(documents), TOGETHER):
        generation.apply(documents[start : start + TOGETHER])
    generation.publish()


def _all_public(keys: Iterable[str], language: str) -> dict[str, PublicEdition]:
    return dict.fromkeys(keys, PublicEdition())
