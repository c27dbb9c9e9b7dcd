"""A bilingual collection of another subject, in two files of JSON lines, as index documents and judged queries.

`docs.jsonl`: id, lang, title, body, pair_id. `queries.jsonl`: lang, text, relevant (pair_ids).
"""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from benchmarks.search_quality.judgments import Judgment
from benchmarks.search_quality.measures import ANSWERS
from resources.cards import KIND_LABELS, WorkCard
from search.analysis import LANGUAGES, collation_key
from search.documents import LONGEST_STORED_BODY, IndexDocument

# task → language of the queries, languages of the pages that are there
TASKS = {
    "en→en": ("en", ("en",)),
    "es→es": ("es", ("es",)),
    "en→es": ("en", ("es",)),
    "es→en": ("es", ("en",)),
    "en→mixed": ("en", ("en", "es")),
    "es→mixed": ("es", ("en", "es")),
}


def collection_documents(folder: Path, languages: tuple[str, ...], apart: bool = False) -> Iterator[IndexDocument]:
    """The works: each pair with its editions in `languages`; `apart`, each page is a work of its own."""
    works: dict[str, dict[str, dict]] = defaultdict(dict)
    for page in _rows(folder / "docs.jsonl"):
        if page["lang"] in languages:
            works[page["id" if apart else "pair_id"]][page["lang"]] = page
    for key, editions in works.items():
        yield _document(key, editions)


def collection_queries(folder: Path, language: str, task: str) -> list[Judgment]:
    return [
        Judgment(row["text"], language, task, dict.fromkeys(row["relevant"], ANSWERS))
        for row in _rows(folder / "queries.jsonl")
        if row["lang"] == language
    ]


def pairs_of_pages(folder: Path) -> dict[str, str]:
    """The pair of every page."""
    return {page["id"]: page["pair_id"] for page in _rows(folder / "docs.jsonl")}


def _rows(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _document(key: str, editions: dict[str, dict]) -> IndexDocument:
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
