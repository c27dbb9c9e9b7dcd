"""Writing the embedded index: generations, each a folder with an index of works, one of passages, and a lexicon.

The file `live` names the generation that answers. Publishing replaces that file in one step, and every reader notices
at its next search. tantivy allows one writer at a time per folder, in all processes.
"""

import json
import logging
import os
import shutil
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import tantivy

from search.analysis import LANGUAGES
from search.documents import IndexDocument
from search.engines import embedded_passages, embedded_schema
from search.engines.base import EngineUnavailable, Generation
from search.engines.embedded_lexicon import Lexicon, ReadPieces, Spellings
from search.engines.embedded_schema import as_tantivy, open_index
from search.engines.spaced_terms import Spaced, fingerprint, spaced, spaced_by

logger = logging.getLogger(__name__)

LIVE = "live"
# A new generation is written with one thread for works and one for passages, and much memory, for few and large pieces.
NEW_MEMORY, LIVE_MEMORY = 50_000_000, 16_000_000
LOCK_PATIENCE_SECONDS = 10
ABANDONED_AFTER_SECONDS = 24 * 60 * 60


@cache
def form() -> str:
    """A fingerprint of everything that makes an index of another release unreadable for this one."""
    return fingerprint([json.dumps(embedded_schema.work_fields()), json.dumps(embedded_passages.passage_fields())])


def live_name(root: Path) -> str:
    """The name of the generation that answers; empty before the first build."""
    try:
        return (root / LIVE).read_text().strip()
    except FileNotFoundError:
        return ""


def is_readable(name: str) -> bool:
    """Whether a generation has this release's form: its name ends with the fingerprint of it."""
    return name.endswith(f"-{form()}")


def new_generation(root: Path) -> "EmbeddedGeneration":
    """An empty one, in a folder of its own."""
    root.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(root)
    name = f"{time.strftime('%Y%m%d-%H%M%S')}-{uuid.uuid4().hex[:6]}-{form()}"
    (root / name).mkdir()
    return EmbeddedGeneration(root, name)


def _remove_abandoned(root: Path) -> None:
    """Folders of builds that never finished."""
    live = live_name(root)
    for folder in root.iterdir():
        is_old = time.time() - folder.stat().st_mtime > ABANDONED_AFTER_SECONDS
        if folder.is_dir() and folder.name != live and is_old:
            _clear_away(folder)


def _clear_away(folder: Path) -> None:
    """What cannot be removed now is removed by a later build."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        logger.warning("%s is no longer needed, but cannot be removed now.", folder)


class EmbeddedGeneration(Generation):
    """One folder. Holds tantivy's writers from the first change until `close`."""

    def __init__(self, root: Path, name: str):
        self.root, self.name = root, name
        self.folder = root / name
        self._writers: _Writers | None = None
        self._spellings = Spellings()
        pieces = {language: ReadPieces(language, self._spellings) for language in LANGUAGES}
        self._spaced = spaced_by(pieces.__getitem__)
        self._written: set[str] = set()

    def apply(self, documents: Iterable[IndexDocument], deleted: Iterable[str] = ()) -> int:
        """What readers already see is committed at once; an unpublished generation when it is closed."""
        writers, is_live = self._open_writers(), self.is_live
        added, learned = 0, []
        for translation_key in deleted:
            self._delete(writers, translation_key, is_live)
        for document in documents:
            self._delete(writers, document.translation_key, is_live)
            writers.add(document)
            added += 1
            if is_live:
                learned.append(document)
            else:
                self._written.add(document.translation_key)
        if is_live:
            writers.commit()
            if learned:
                with _written(self.folder):
                    Lexicon(self.folder).learn(learned)
        return added

    def _delete(self, writers: "_Writers", translation_key: str, is_live: bool) -> None:
        """Looking for what was never written would cost more than all writing."""
        if is_live or translation_key in self._written:
            writers.delete(translation_key)

    @property
    def is_live(self) -> bool:
        return live_name(self.root) == self.name

    def _open_writers(self) -> "_Writers":
        if self._writers is None:
            give_up = time.monotonic() + LOCK_PATIENCE_SECONDS
            while True:
                try:
                    memory, how = (LIVE_MEMORY, spaced) if self.is_live else (NEW_MEMORY, self._spaced)
                    self._writers = _Writers(self.folder, memory, how)
                    break
                except ValueError as error:
                    if time.monotonic() > give_up:
                        raise EngineUnavailable(f"The index in {self.folder} is being written: {error}") from error
                    time.sleep(0.05)
        return self._writers

    def close(self) -> None:
        """Lets other writers in. Raises EngineUnavailable where what was written cannot be kept."""
        writers, self._writers = self._writers, None
        if writers is not None:
            try:
                if not self.is_live:
                    writers.commit()
            finally:
                writers.close()

    def publish(self) -> None:
        self._open_writers()
        self.close()
        with _written(self.folder):
            works = open_index(embedded_schema.schema(), str(self.folder)).searcher()
            Lexicon(self.folder).fill(works, self._spellings)
        pointer, previous = self.root / LIVE, live_name(self.root)
        draft = self.root / f"{LIVE}.{uuid.uuid4().hex}"
        draft.write_text(self.name)
        os.replace(draft, pointer)
        if previous and previous != self.name:
            _clear_away(self.root / previous)

    def discard(self) -> None:
        writers, self._writers = self._writers, None
        try:
            if writers is not None:
                writers.close()
        except EngineUnavailable as error:
            logger.warning("%s", error)
        try:
            is_live = self.is_live
        except OSError as error:
            logger.warning("%s stays, since it may be the live index: %s", self.folder, error)
            return
        if not is_live:
            _clear_away(self.folder)


@contextmanager
def _written(folder: Path) -> Iterator[None]:
    """Around what tantivy writes: a full disk is the fault of no work. Raises EngineUnavailable."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise EngineUnavailable(f"The index in {folder} cannot be written: {error}") from error


class _Writers:
    """The writers of one folder. Raises ValueError while another process or thread holds them."""

    def __init__(self, folder: Path, memory: int, spaced: Spaced):
        self._spaced, self._folder = spaced, folder
        works = open_index(embedded_schema.schema(), str(folder))
        self._works: tantivy.IndexWriter = works.writer(heap_size=memory, num_threads=1)
        self._passages: tantivy.IndexWriter = embedded_passages.open_passages(folder).writer(
            heap_size=memory, num_threads=1
        )

    def delete(self, translation_key: str) -> None:
        self._passages.delete_documents_by_term("translation_key", translation_key)
        self._works.delete_documents_by_term("translation_key", translation_key)

    def add(self, document: IndexDocument) -> None:
        rows, work = list(embedded_passages.rows(document, self._spaced)), as_tantivy(document, self._spaced)
        with _written(self._folder):
            for row in rows:
                self._passages.add_document(row)
            self._works.add_document(work)

    def commit(self) -> None:
        """Passages first: a work that shows has its passages."""
        with _written(self._folder):
            self._passages.commit()
            self._works.commit()

    def close(self) -> None:
        with _written(self._folder):
            self._passages.wait_merging_threads()
            self._works.wait_merging_threads()
