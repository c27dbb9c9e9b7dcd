"""The index of passages beside that of works: its fields, and how passages are written, found and read."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from search.analysis import LANGUAGES
from search.documents import IndexDocument
from search.engines import plan
from search.engines.base import PassageHit, TextQuery
from search.engines.embedded_query import translated
from search.engines.embedded_schema import (
    KEY_COLUMNS,
    RAW,
    TERMS,
    Fields,
    add_key,
    as_json,
    build_schema,
    keys_at,
    open_index,
)
from search.engines.spaced_terms import spaced

FOLDER = "passages"


@cache
def passage_fields() -> Fields:
    """Field → its kind and options; one document a passage, its words in the field of its language."""
    texts: Fields = {f"text_{language}": ("text", TERMS) for language in LANGUAGES}
    keys = {"translation_key": ("text", RAW), "identity": ("text", RAW)}
    return {**keys, **texts, **KEY_COLUMNS, "stored": ("bytes", {"stored": True})}


@cache
def schema() -> tantivy.Schema:
    return build_schema(passage_fields())


def open_passages(generation: Path) -> tantivy.Index:
    folder = generation / FOLDER
    folder.mkdir(exist_ok=True)
    return open_index(schema(), str(folder))


def rows(document: IndexDocument) -> Iterable[tantivy.Document]:
    """The passages of a work."""
    for passage in document.passages:
        row = tantivy.Document()
        add_key(row, document.translation_key)
        row.add_text("identity", _identity(document.translation_key, passage.place))
        row.add_text(f"text_{passage.language}", spaced(passage.text, passage.language))
        row.add_bytes("stored", as_json(passage.stored))
        yield row


def best(searcher: tantivy.Searcher, text: TextQuery, limit: int) -> list[PassageHit]:
    """The best passages of all works."""
    return _hits(searcher, translated(plan.passage_scoring(text), schema()), limit)


def best_of(searcher: tantivy.Searcher, text: TextQuery, works: Iterable[str], limit: int) -> dict[str, list]:
    """translation_key → its best passages. A question for each work, which none can crowd out of another's."""
    query = (Occur.Must, translated(plan.passage_scoring(text), schema()))
    found = {}
    for work in works:
        its_own = Query.const_score_query(Query.term_query(schema(), "translation_key", work, "basic"), 0.0)
        if hits := _hits(searcher, Query.boolean_query([(Occur.Must, its_own), query]), limit):
            found[work] = hits
    return found


def at(searcher: tantivy.Searcher, places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], PassageHit]:
    """(translation_key, place) → the passage that stands there."""
    found = {}
    for work, place in places:
        for hit in _hits(searcher, Query.term_query(schema(), "identity", _identity(work, place), "basic"), 1):
            found[work, place] = hit
    return found


def _identity(work: str, place: str) -> str:
    return f"{work}/{place}"


def _hits(searcher: tantivy.Searcher, query: Query, limit: int) -> list[PassageHit]:
    found = searcher.search(query, limit=limit, count=False).hits if limit > 0 else []
    keys = keys_at(searcher, [address for _score, address in found])
    return [
        PassageHit(key, score, json.loads(bytes(searcher.doc(address).get_first("stored"))))
        for key, (score, address) in zip(keys, found, strict=True)
    ]
