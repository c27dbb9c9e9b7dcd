"""Bilingual collections to search in: their pages as index documents, and judged queries.

Those of others come in two files of JSON lines. `docs.jsonl`: id, lang, title, body, pair_id. `queries.jsonl`: lang,
text, relevant (pair_ids).
"""

import json
import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from benchmarks.search_quality.judgments import Judgment
from benchmarks.search_quality.measures import ANSWERS
from resources.cards import KIND_LABELS, WorkCard
from search.analysis import LANGUAGES, collation_key
from search.documents import LONGEST_STORED_BODY, IndexDocument

# route → language of the queries, languages of the pages that are there
ROUTES = {
    "en→en": ("en", ("en",)),
    "es→es": ("es", ("es",)),
    "en→es": ("en", ("es",)),
    "es→en": ("es", ("en",)),
    "en→mixed": ("en", ("en", "es")),
    "es→mixed": ("es", ("en", "es")),
}


class Collection(ABC):
    """Pages in two languages, each a work of its own, and what is asked of them."""

    @abstractmethod
    def documents(self, languages: tuple[str, ...]) -> Iterable[IndexDocument]:
        """The works of the pages in some languages."""

    @abstractmethod
    def queries(self, route: str) -> list[Judgment]:
        """What is asked on a route (see `ROUTES`)."""

    @abstractmethod
    def name_of(self, key: str) -> str:
        """The name under which judgments know a page, the same in both languages."""


class CollectionInFolder(Collection):
    """A bilingual collection in two files of JSON lines."""

    def __init__(self, folder: Path):
        self._pages, self._queries = rows(folder / "docs.jsonl"), rows(folder / "queries.jsonl")
        self._names = {page["id"]: page["pair_id"] for page in self._pages}

    def documents(self, languages: tuple[str, ...]) -> Iterator[IndexDocument]:
        for page in self._pages:
            if page["lang"] in languages:
                yield document_of_editions(page["id"], {page["lang"]: page})

    def queries(self, route: str) -> list[Judgment]:
        language, _there = ROUTES[route]
        return [
            Judgment(row["text"], language, route, dict.fromkeys(row["relevant"], ANSWERS))
            for row in self._queries
            if row["lang"] == language
        ]

    def name_of(self, key: str) -> str:
        return self._names[key]


def rows(path: Path) -> list[dict]:
    """The lines of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def document_of_editions(key: str, editions: dict[str, dict]) -> IndexDocument:
    """A work with an edition of each language: its `title` and `body`."""
    titles = {language: page["title"] for language, page in editions.items()}
    bodies = {language: page["body"] for language, page in editions.items()}
    any_title = next(iter(titles.values()))
    translation_key = str(uuid.uuid5(uuid.NAMESPACE_URL, key))
    return IndexDocument(
        translation_key=translation_key,
        key=key,
        stamp="made",
        texts={language: {"title": (titles[language],), "body": (bodies[language],)} for language in editions},
        identifiers=(),
        names=(),
        facets={"type": ("resource",), "language": tuple(sorted(editions))},
        date=0,
        sort_titles={language: collation_key(titles.get(language, any_title), language) for language in LANGUAGES},
        stored={
            "translation_key": translation_key,
            "key": key,
            "type": "resource",
            "resource_type": "",
            "languages": sorted(editions),
            "editions": sorted(editions),
            "titles": titles,
            "short_name": "",
            "texts": {
                language: {"summary": "", "body": bodies.get(language, "")[:LONGEST_STORED_BODY]}
                for language in LANGUAGES
            },
            "cards": {reader: _card(key, titles, reader) for reader in LANGUAGES},
        },
    )


def _card(key: str, titles: dict[str, str], reader: str) -> dict:
    language = reader if reader in titles else next(iter(titles))
    card = WorkCard(
        key=key,
        work_type="resource",
        kind_label=str(KIND_LABELS["resource"]),
        url="",
        title=titles[language],
        lang=language,
        summary="",
        is_fallback=language != reader,
        is_sample=False,
        translation_key=key,
    )
    return asdict(card)
