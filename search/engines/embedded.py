"""The embedded engine: a tantivy index in a folder, for one web process.

Each generation is a folder; the file `live` names the one that answers. Publishing replaces that file in one step, and
every reader notices at its next search. tantivy allows one writer at a time per folder, in all processes.
"""

import json
import os
import shutil
import threading
import time
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from tantivy import DocAddress, Occur, Order, Query

from search.documents import IndexDocument
from search.engines.base import Completion, EngineUnavailable, Generation, Hit, IndexEngine, Retrieval, Retrieved
from search.engines.embedded_lexicon import Lexicon, accented_words
from search.engines.embedded_query import finding, scoring, word_query
from search.engines.embedded_schema import STATE_SEPARATOR, as_tantivy, open_index, schema
from search.lexicon import LexiconEntry, typed_starts
from search.query import DEEPEST_RESULT
from search.ranking import EQUAL_SCORES

LIVE = "live"
WRITER_MEMORY = 64_000_000
LOCK_PATIENCE_SECONDS = 10
ABANDONED_AFTER_SECONDS = 24 * 60 * 60
RERANKED = 100
MOST_VALUES = 10_000


class EmbeddedGeneration(Generation):
    """One folder with an index. Holds tantivy's writer from the first change until `close`."""

    def __init__(self, root: Path, name: str):
        self.root, self.name = root, name
        self.folder = root / name
        self._writer = None
        self._spellings: dict[str, LexiconEntry] = {}

    def apply(self, documents: Iterable[IndexDocument], deleted: Iterable[str] = ()) -> int:
        writer = self._open_writer()
        added, learned, is_live = 0, [], self.is_live
        for translation_key in deleted:
            writer.delete_documents_by_term("translation_key", translation_key)
        for document in documents:
            writer.delete_documents_by_term("translation_key", document.translation_key)
            writer.add_document(as_tantivy(document))
            added += 1
            if is_live:
                learned.append(document)
            else:
                self._spellings.update(accented_words(document))
        writer.commit()
        if learned:
            Lexicon(self.folder).learn(learned)
        return added

    @property
    def is_live(self) -> bool:
        return live_name(self.root) == self.name

    def _open_writer(self):
        if self._writer is None:
            index = open_index(str(self.folder))
            give_up = time.monotonic() + LOCK_PATIENCE_SECONDS
            while True:
                try:
                    self._writer = index.writer(heap_size=WRITER_MEMORY, num_threads=1)
                    break
                except ValueError as error:
                    if time.monotonic() > give_up:
                        raise EngineUnavailable(f"The index in {self.folder} is being written: {error}") from error
                    time.sleep(0.05)
        return self._writer

    def close(self) -> None:
        """Lets other writers in."""
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None

    def publish(self) -> None:
        self.close()
        Lexicon(self.folder).fill(open_index(str(self.folder)).searcher(), self._spellings)
        pointer, previous = self.root / LIVE, live_name(self.root)
        draft = self.root / f"{LIVE}.{uuid.uuid4().hex}"
        draft.write_text(self.name)
        os.replace(draft, pointer)
        if previous and previous != self.name:
            shutil.rmtree(self.root / previous, ignore_errors=True)

    def discard(self) -> None:
        self.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def live_name(root: Path) -> str:
    """The name of the generation that answers; empty before the first build."""
    try:
        return (root / LIVE).read_text().strip()
    except FileNotFoundError:
        return ""


class EmbeddedEngine(IndexEngine):
    """Retrieves from the live generation, and reloads when it was written or replaced."""

    name = "embedded"

    def __init__(self, root: Path | None = None):
        self.root = Path(root or settings.SEARCH_INDEX_DIR)
        self._lock = threading.Lock()
        self._index = None
        self._lexicon = None
        self._seen: tuple = ()
        self._searcher = None

    def new_generation(self) -> EmbeddedGeneration:
        self.root.mkdir(parents=True, exist_ok=True)
        self._remove_abandoned()
        generation = EmbeddedGeneration(self.root, f"{time.strftime('%Y%m%d-%H%M%S')}-{uuid.uuid4().hex[:6]}")
        generation.folder.mkdir()
        generation.apply(())
        return generation

    def live_generation(self) -> EmbeddedGeneration | None:
        name = live_name(self.root)
        return EmbeddedGeneration(self.root, name) if name else None

    def _remove_abandoned(self) -> None:
        """Folders of builds that never finished."""
        live = live_name(self.root)
        for folder in self.root.iterdir():
            is_old = time.time() - folder.stat().st_mtime > ABANDONED_AFTER_SECONDS
            if folder.is_dir() and folder.name != live and is_old:
                shutil.rmtree(folder, ignore_errors=True)

    def _open(self):
        """A searcher over the newest committed state of the live generation. Raises EngineUnavailable."""
        name = live_name(self.root)
        if not name:
            raise EngineUnavailable("There is no search index yet. Run: python manage.py rebuild_search")
        try:
            state = (self.root / name / "meta.json").stat()
            seen = (name, state.st_mtime_ns, state.st_ino)
            with self._lock:
                if seen != self._seen:
                    if not self._seen or self._seen[0] != name:
                        self._index = open_index(str(self.root / name))
                        self._lexicon = Lexicon(self.root / name)
                    self._index.reload()
                    self._lexicon.reload()
                    self._searcher, self._seen = self._index.searcher(), seen
                return self._searcher
        except (OSError, ValueError) as error:
            raise EngineUnavailable(
                f"The search index cannot be read ({error}). Run: python manage.py rebuild_search"
            ) from error

    def retrieve(self, retrieval: Retrieval) -> Retrieved:
        searcher = self._open()
        total = searcher.search(finding(retrieval), limit=1).count
        if not total or retrieval.offset + retrieval.limit > DEEPEST_RESULT:
            return Retrieved((), total)
        if retrieval.order == "relevance":
            scored = self._by_relevance(searcher, retrieval)
        else:
            scored = self._by_field(searcher, retrieval)
        return Retrieved(tuple(_hit(searcher, address, score) for score, address in scored), total)

    @staticmethod
    def _by_field(searcher, retrieval: Retrieval) -> list[tuple[float, DocAddress]]:
        field, order = {
            "newest": ("date", Order.Desc),
            "oldest": ("date", Order.Asc),
            "title": (f"sort_title_{retrieval.language}", Order.Asc),
        }[retrieval.order]
        page = {"limit": retrieval.limit, "offset": retrieval.offset, "count": False}
        found = searcher.search(finding(retrieval), order_by_field=field, order=order, **page)
        return [(0.0, address) for _key, address in found.hits]

    @staticmethod
    def _by_relevance(searcher, retrieval: Retrieval) -> list[tuple[float, DocAddress]]:
        """Best first; among equals the newest."""
        wanted = retrieval.offset + retrieval.limit
        scored = searcher.search(scoring(retrieval), limit=max(wanted, RERANKED), count=False).hits
        if not scored:
            return []
        dates = searcher.fast_field_values("date", [address for _score, address in scored])
        step = max(scored[0][0] * EQUAL_SCORES, 1e-9)
        order = sorted(range(len(scored)), key=lambda at: (-round(scored[at][0] / step), -(dates[at] or 0)))
        return [scored[at] for at in order][retrieval.offset : wanted]

    def count(self, retrieval: Retrieval, facets: Iterable[str]) -> dict[str, dict[str, int]]:
        searcher = self._open()
        counts: dict[str, dict[str, int]] = {}
        unselected = [facet for facet in facets if facet not in retrieval.filters]
        for group, left_out in [(unselected, None), *(([facet], facet) for facet in facets if facet not in unselected)]:
            if group:
                asked = {facet: {"terms": {"field": f"facet_{facet}", "size": MOST_VALUES}} for facet in group}
                answer = searcher.aggregate(finding(retrieval, leave_out=left_out), asked)
                for facet in group:
                    counts[facet] = {bucket["key"]: bucket["doc_count"] for bucket in answer[facet]["buckets"]}
        return counts

    def find(self, field_name: str, values: Iterable[str], with_texts: bool = False) -> dict[str, Hit]:
        searcher = self._open()
        found = {}
        for value in values:
            answer = searcher.search(Query.term_query(schema(), field_name, value), limit=1)
            for _score, address in answer.hits:
                found[value] = _hit(searcher, address, 0.0)
        return found

    def frequency(self, word: str) -> int:
        query = word_query(word)
        return self._open().search(query, limit=1).count if query else 0

    def near(self, word: str, edits: int) -> dict[str, str]:
        self._open()
        return {entry.text: entry.language for entry in self._lexicon.near(word, edits)}

    def complete(self, text: str, language: str, limit: int) -> list[Completion]:
        searcher, typed = self._open(), typed_starts(text)
        if not typed:
            return []
        names = [
            Completion(entry.text, entry.kind, entry.language)
            for entry in self._lexicon.starting(typed, 2 * limit)
            if entry.language in ("", language) and self._is_held(searcher, "names", entry.as_term)
        ]
        clauses = [(Occur.Must, Query.term_query(schema(), "starts", start)) for start in typed]
        found = searcher.search(Query.boolean_query(clauses), limit=2 * limit, order_by_field="date", order=Order.Desc)
        return names + [_title(_stored(searcher, address), language) for _key, address in found.hits]

    @staticmethod
    def _is_held(searcher, field: str, term: str) -> bool:
        return searcher.search(Query.term_query(schema(), field, term), limit=1).count > 0

    def stamps(self) -> Iterator[tuple[str, str]]:
        searcher = self._open()
        for state, count in searcher.terms_with_prefix("state", "", filter_query=Query.all_query()):
            if count:
                translation_key, _separator, stamp = state.partition(STATE_SEPARATOR)
                yield translation_key, stamp


def _hit(searcher, address, score: float) -> Hit:
    stored = _stored(searcher, address)
    return Hit(stored["translation_key"], score, stored)


def _stored(searcher, address) -> dict:
    return json.loads(bytes(searcher.doc(address).get_first("stored")))


def _title(stored: dict, language: str) -> Completion:
    titles = stored["titles"]
    shown = language if language in titles else next(iter(titles))
    return Completion(titles[shown], stored["type"], shown, stored["translation_key"])
