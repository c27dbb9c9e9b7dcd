"""The index of passages beside that of works: its fields, and how passages are written, found and read."""

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
    of_json,
    open_index,
)
from search.engines.nodes import Node
from search.engines.spaced_terms import Spaced
from search.passages import identity_of

FOLDER = "passages"
# As many passages of a page's works are ranked together; beyond that, each work is asked by itself.
MOST_TOGETHER = 1000
Scored = tuple[float, tantivy.DocAddress]


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


def rows(document: IndexDocument, spaced: Spaced) -> Iterable[tantivy.Document]:
    """The passages of a work."""
    for passage in document.passages:
        row = tantivy.Document()
        add_key(row, document.translation_key)
        row.add_text("identity", identity_of(document.translation_key, passage.place))
        row.add_text(f"text_{passage.language}", spaced(passage.text, passage.language))
        row.add_bytes("stored", as_json(passage.stored))
        yield row


def best_scores(searcher: tantivy.Searcher, text: TextQuery, limit: int) -> dict[str, float]:
    """translation_key → the score of its best passage, of the works that have the best passages of all."""

    def ask(node: Node, limit: int) -> dict[tuple[int, int], float]:
        return {(at.segment_ord, at.doc): score for score, at in _scored(searcher, node, limit)}

    found = plan.best_passages(text, limit, ask)
    works = keys_at(searcher, [tantivy.DocAddress(*place) for place in found])
    return plan.best_of_works(zip(works, found.values(), strict=True))


def best_of(searcher: tantivy.Searcher, text: TextQuery, works: Iterable[str], limit: int) -> dict[str, list]:
    """translation_key → its best passages: one question for all works, and one for each that others crowded out."""
    works, node = list(works), plan.passage_scoring(text)
    found = _scored(searcher, node, MOST_TOGETHER, works)
    by_work: dict[str, list[Scored]] = {work: [] for work in works}
    for key, each in zip(keys_at(searcher, [at for _score, at in found]), found, strict=True):
        by_work[key].append(each)
    if len(found) == MOST_TOGETHER:
        crowded = [work for work, hits in by_work.items() if len(hits) < limit]
        by_work |= {work: _scored(searcher, node, limit, [work]) for work in crowded}
    return {work: [_hit(searcher, work, *each) for each in hits[:limit]] for work, hits in by_work.items() if hits}


def at(searcher: tantivy.Searcher, places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], PassageHit]:
    """(translation_key, place) → the passage that stands there."""
    found = {}
    for work, place in places:
        query = Query.term_query(schema(), "identity", identity_of(work, place), "basic")
        for score, address in searcher.search(query, limit=1, count=False).hits:
            found[work, place] = _hit(searcher, work, score, address)
    return found


def _scored(searcher: tantivy.Searcher, node: Node, limit: int, works: list[str] | None = None) -> list[Scored]:
    """The best passages that a node finds, of some works or of all."""
    query = translated(node, schema())
    if works is not None:
        keys = [Query.term_query(schema(), "translation_key", work, "basic") for work in works]
        own = Query.boolean_query([(Occur.Should, key) for key in keys]) if keys else Query.empty_query()
        query = Query.boolean_query([(Occur.Must, Query.const_score_query(own, 0.0)), (Occur.Must, query)])
    return searcher.search(query, limit=limit, count=False).hits if limit > 0 else []


def _hit(searcher: tantivy.Searcher, key: str, score: float, address: tantivy.DocAddress) -> PassageHit:
    return PassageHit(key, score, of_json(searcher.doc(address), "stored"))
