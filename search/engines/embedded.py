"""The embedded engine: a tantivy index in a folder, for one web process. See `embedded_generation` for its writing."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from pathlib import Path

import tantivy
from django.conf import settings
from tantivy import DocAddress, Occur, Order, Query

from search.engines import embedded_passages
from search.engines.base import (
    Candidates,
    Completion,
    EngineUnavailable,
    Hit,
    IndexEngine,
    PassageHit,
    Retrieval,
    Retrieved,
    TextQuery,
)
from search.engines.embedded_generation import EmbeddedGeneration, is_readable, live_name, new_generation
from search.engines.embedded_lexicon import Lexicon
from search.engines.embedded_schema import STATE_SEPARATOR, of_json, open_index, schema
from search.engines.embedded_works import Works
from search.lexicon import LexiconEntry, of_both, typed_starts
from search.query import DEEPEST_RESULT


@dataclass(frozen=True)
class _Opened:
    """One committed state of a generation: its works, passages and lexicon."""

    generation: str
    state: tuple[int, int]
    works: Works
    passages: tantivy.Searcher
    lexicon: Lexicon


# Within one search: root of an index → the state that its first question met.
_met: ContextVar[dict[Path, _Opened] | None] = ContextVar("met", default=None)


class EmbeddedEngine(IndexEngine):
    """Retrieves from the live generation, and reloads when it was written or replaced."""

    name = "embedded"

    def __init__(self, root: Path | None = None):
        self.root = Path(root or settings.SEARCH_INDEX_DIR)
        self._lock = threading.Lock()
        self._indices: tuple[tantivy.Index, tantivy.Index] | None = None
        self._opened: _Opened | None = None

    def new_generation(self) -> EmbeddedGeneration:
        return new_generation(self.root)

    def live_generation(self) -> EmbeddedGeneration | None:
        """None also when it has the form of another release."""
        name = live_name(self.root)
        return EmbeddedGeneration(self.root, name) if name and is_readable(name) else None

    @contextmanager
    def one_search(self) -> Iterator[None]:
        """All questions inside read the same state of the index, in whatever thread they are asked."""
        token = _met.set({}) if _met.get() is None else None
        try:
            yield
        finally:
            if token:
                _met.reset(token)

    def _open(self) -> _Opened:
        """The newest committed state of the live generation, or that of this search. Raises EngineUnavailable."""
        met = _met.get()
        if met is None:
            return self._newest()
        return met.get(self.root) or met.setdefault(self.root, self._newest())

    def _newest(self) -> _Opened:
        name = live_name(self.root)
        if not name:
            raise EngineUnavailable("There is no search index yet. Run: python manage.py rebuild_search")
        if not is_readable(name):
            raise EngineUnavailable("The search index is of another release. Run: python manage.py rebuild_search")
        try:
            meta = (self.root / name / "meta.json").stat()
            state = (meta.st_mtime_ns, meta.st_ino)
            with self._lock:
                opened = self._opened
                if opened is None or (opened.generation, opened.state) != (name, state):
                    self._opened = opened = self._reload(name, state)
                return opened
        except (OSError, ValueError) as error:
            raise EngineUnavailable(
                f"The search index cannot be read ({error}). Run: python manage.py rebuild_search"
            ) from error

    def _reload(self, name: str, state: tuple[int, int]) -> _Opened:
        folder = self.root / name
        if self._opened and self._indices and self._opened.generation == name:
            indices, lexicon = self._indices, self._opened.lexicon
        else:
            indices = open_index(schema(), str(folder)), embedded_passages.open_passages(folder)
            lexicon = Lexicon(folder)
        # Passages are written first, so they are read last: a work that is found has its passages.
        for index in indices:
            index.reload()
        lexicon.reload()
        self._indices = indices
        return _Opened(name, state, Works(indices[0].searcher()), indices[1].searcher(), lexicon)

    def retrieve(self, retrieval: Retrieval) -> Retrieved:
        works = self._open().works
        if retrieval.offset + retrieval.limit > DEEPEST_RESULT:
            return Retrieved((), works.total(retrieval))
        scored, total = works.page(retrieval)
        return Retrieved(tuple(_hit(works.searcher, address, score) for score, address in scored), total)

    def candidates(self, retrieval: Retrieval, with_total: bool = True) -> Candidates:
        works = self._open().works
        scored, total = works.page(replace(retrieval, limit=min(retrieval.limit, DEEPEST_RESULT)))
        return Candidates(works.candidates(scored), total)

    def passage_scores(self, text: TextQuery, limit: int) -> dict[str, float]:
        return embedded_passages.best_scores(self._open().passages, text, limit)

    def passages_of(self, text: TextQuery, works: Iterable[str], limit: int) -> dict[str, list[PassageHit]]:
        return embedded_passages.best_of(self._open().passages, text, works, limit)

    def passages_at(self, places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], PassageHit]:
        return embedded_passages.at(self._open().passages, places)

    def count(self, retrieval: Retrieval, facets: Iterable[str]) -> dict[str, dict[str, int]]:
        return self._open().works.counts(retrieval, facets)

    def find(self, field_name: str, values: Iterable[str], with_texts: bool = False) -> dict[str, Hit]:
        works = self._open().works.searcher
        found = {}
        for value in values:
            answer = works.search(Query.term_query(schema(), field_name, value, "basic"), limit=1, count=False)
            for _score, address in answer.hits:
                found[value] = _hit(works, address, 0.0, with_texts)
        return found

    def frequency(self, word: str) -> int:
        return self._open().works.frequency(word)

    def near(self, word: str, edits: int) -> dict[str, str]:
        found: dict[str, LexiconEntry] = {}
        for entry in self._open().lexicon.near(word, edits):
            found[entry.text] = of_both(found.get(entry.text), entry)
        return {text: entry.language for text, entry in found.items()}

    def complete(self, text: str, language: str, limit: int, without: tuple[str, ...] = ()) -> list[Completion]:
        opened, typed = self._open(), typed_starts(text)
        works = opened.works.searcher
        if not typed:
            return []
        names = [
            Completion(entry.text, entry.kind, entry.language)
            for entry in opened.lexicon.starting(typed, 2 * limit)
            if entry.language in ("", language) and _is_held(works, entry.as_term, without)
        ]
        clauses = [(Occur.Must, Query.term_query(schema(), "starts", start, "basic")) for start in typed]
        query = Query.boolean_query(clauses)
        newest = {"order_by_field": "newest_first", "order": Order.Desc, "count": False}
        found = works.search(query, limit=2 * limit, **newest)
        stored = [_hit(works, address, 0.0, with_texts=False).stored for _key, address in found.hits]
        return names + [Completion.of_work(each, language) for each in stored]

    def stamps(self) -> Iterator[tuple[str, str]]:
        works = self._open().works.searcher
        for state, count in works.terms_with_prefix("state", "", filter_query=Query.all_query()):
            if count:
                translation_key, _separator, stamp = state.partition(STATE_SEPARATOR)
                yield translation_key, stamp


def _is_held(works: tantivy.Searcher, name: str, without: tuple[str, ...]) -> bool:
    """Whether a work other than those holds a name."""
    clauses = [(Occur.Must, Query.term_query(schema(), "names", name, "basic"))]
    clauses += [(Occur.MustNot, Query.term_query(schema(), "translation_key", key, "basic")) for key in without]
    return works.search(Query.boolean_query(clauses), limit=1).count > 0


def _hit(works: tantivy.Searcher, address: DocAddress, score: float, with_texts: bool = True) -> Hit:
    row = works.doc(address)
    stored = of_json(row, "stored")
    stored["texts"] = of_json(row, "texts") if with_texts else {}
    return Hit(stored["translation_key"], score, stored)
