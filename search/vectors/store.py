"""The vectors of one embedder, in a SQLite file of their own.

They are a cache of what a model says about a text, dear to compute and worth nothing in a backup: so they stand
neither in the site's database nor inside a generation of the index, and outlive rebuilds of both. A vector is kept
under the hash of its text; entries say which work holds which text now. Entry ids only grow, so whoever has read up to
an id finds what is new behind it. Several processes may read while one writes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from search.vectors.file import Identity, StoreFile
from search.vectors.trouble import other_lengths

SCHEMA = """
CREATE TABLE IF NOT EXISTS vector (hash BLOB PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    work TEXT NOT NULL, language TEXT NOT NULL, kind TEXT NOT NULL, place TEXT NOT NULL, hash BLOB NOT NULL
);
DROP INDEX IF EXISTS entry_of_work;
CREATE INDEX IF NOT EXISTS entry_of_work_and_kind ON entry (work, kind);
CREATE INDEX IF NOT EXISTS entry_of_kind ON entry (kind, id);
CREATE TABLE IF NOT EXISTS work (work TEXT PRIMARY KEY, stamp TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS changed_work ON work (work) WHERE stamp = '';
"""
VARIABLES = 500


@dataclass(frozen=True)
class Entry:
    """A text that a work holds now."""

    id: int
    work: str
    language: str
    kind: str
    place: str


class VectorStore:
    """Keeps vectors and says where they belong. Whatever it is asked raises VectorsUnavailable where it cannot be."""

    def __init__(self, path: Path):
        self.path = path
        self.file = StoreFile(path, SCHEMA)
        self._writing = self.file.writing
        self._known: tuple[Identity | None, int] = (None, 0)

    def _rows(self, question: str, values: Sequence = ()) -> Iterator[tuple]:
        with self.file.guarded():
            if connection := self.file.connection():
                yield from connection.execute(question, values)

    @property
    def dimensions(self) -> int:
        """The length of the vectors kept, asked once of each file; 0 while there are none."""
        file, length = self._known
        if not length or file != self.file.current():
            length = sum(row[0] for row in self._rows("SELECT length(data) FROM vector LIMIT 1"))
            self._known = (self.file.opened, length)
        return length

    def lengths(self) -> set[int]:
        """All lengths of vectors kept: more than one where what was kept is of no use."""
        shortest_and_longest = self._rows("SELECT min(length(data)), max(length(data)) FROM vector")
        return {length for row in shortest_and_longest for length in row if length is not None}

    def missing(self, hashes: Iterable[bytes]) -> set[bytes]:
        """Those of the hashes that have no vector yet."""
        wanted = list(dict.fromkeys(hashes))
        known = self._in_pieces("SELECT hash FROM vector WHERE hash IN ({})", wanted)
        return set(wanted) - {row[0] for row in known}

    def add(self, vectors: dict[bytes, bytes]) -> None:
        """Raises EmbedderUnavailable where they are not as long as each other and as those that are kept."""
        with self._writing() as connection:
            kept = connection.execute("SELECT length(data) FROM vector LIMIT 1").fetchone() or ()
            if len(lengths := {*map(len, vectors.values()), *kept}) > 1:
                raise other_lengths(self.path, lengths)
            connection.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", vectors.items())

    def assign(self, work: str, stamp: str, wanted: Sequence[tuple[str, str, str, bytes]]) -> None:
        """Sets what a work holds: (language, kind, place, hash) rows. What stays the same keeps its id."""
        with self._writing() as connection:
            held = connection.execute("SELECT language, kind, place, hash, id FROM entry WHERE work = ?", [work])
            held = {row[:4]: row[4] for row in held}
            gone = [(held[row],) for row in held.keys() - set(wanted)]
            connection.executemany("DELETE FROM entry WHERE id = ?", gone)
            new = [(work, *row) for row in dict.fromkeys(wanted) if row not in held]
            connection.executemany("INSERT INTO entry (work, language, kind, place, hash) VALUES (?, ?, ?, ?, ?)", new)
            connection.execute("INSERT OR REPLACE INTO work VALUES (?, ?)", [work, stamp])

    def mark_changed(self, works: Iterable[str], kinds: Sequence[str]) -> None:
        """Works whose texts may be others now: until they are assigned anew they hold nothing of some kinds."""
        with self._writing() as connection:
            for work in works:
                connection.execute("INSERT OR REPLACE INTO work VALUES (?, '')", [work])
                delete = f"DELETE FROM entry WHERE work = ? AND kind IN ({_marks(kinds)})"  # noqa: S608 - marks alone
                connection.execute(delete, [work, *kinds])

    def changed(self) -> list[str]:
        """The works that were marked so and not assigned or removed since."""
        return [row[0] for row in self._rows("SELECT work FROM work WHERE stamp = ''")]

    def remove(self, works: Iterable[str]) -> None:
        with self._writing() as connection:
            rows = [(work,) for work in works]
            connection.executemany("DELETE FROM entry WHERE work = ?", rows)
            connection.executemany("DELETE FROM work WHERE work = ?", rows)

    def stamps(self) -> dict[str, str]:
        """work → the stamp of the state whose vectors are here."""
        return dict(self._rows("SELECT work, stamp FROM work"))

    def sweep(self) -> int:
        """Removes vectors that no work holds any more; returns how many."""
        with self._writing() as connection:
            return connection.execute("DELETE FROM vector WHERE hash NOT IN (SELECT hash FROM entry)").rowcount

    def count(self, kinds: Sequence[str], after: int = 0, most: int = -1) -> int:
        """How many entries of some kinds came after an id; counting ends at `most`, if that is not negative."""
        question = "SELECT count(*) FROM (SELECT 1 FROM entry WHERE id > ? AND kind IN ({}) LIMIT ?)"
        return sum(row[0] for row in self._rows(question.format(_marks(kinds)), [after, *kinds, most]))

    def last_id(self) -> int:
        return sum(row[0] for row in self._rows("SELECT coalesce(max(id), 0) FROM entry"))

    def vectors_after(self, last_id: int, kinds: Sequence[str]) -> Iterator[tuple[int, bytes]]:
        """id and vector of every entry of some kinds that came after an id, in order."""
        question = "SELECT id, data FROM entry JOIN vector USING (hash) WHERE id > ? AND kind IN ({}) ORDER BY id"
        return self._rows(question.format(_marks(kinds)), [last_id, *kinds])

    def entries(self, ids: Iterable[int]) -> dict[int, Entry]:
        """Those of the ids that still stand."""
        question = "SELECT id, work, language, kind, place FROM entry WHERE id IN ({})"
        return {row[0]: Entry(*row) for row in self._in_pieces(question, list(ids))}

    def entries_of(self, works: Iterable[str], kind: str) -> list[tuple[Entry, bytes]]:
        """What some works hold of a kind, with the vectors."""
        return list(self._with_vectors("work IN ({}) AND kind = ?", list(works), kind))

    def entries_at(self, places: Iterable[tuple[str, str, str]]) -> list[tuple[Entry, bytes]]:
        """What is held at some (work, kind, place), with the vectors."""
        by_work: dict[tuple[str, str], list[str]] = defaultdict(list)
        for work, kind, place in places:
            by_work[work, kind].append(place)
        return [
            found
            for (work, kind), wanted in by_work.items()
            for found in self._with_vectors("place IN ({}) AND work = ? AND kind = ?", wanted, work, kind)
        ]

    def _with_vectors(self, condition: str, values: list[str], *more: str) -> Iterator[tuple[Entry, bytes]]:
        question = "SELECT id, work, language, kind, place, data FROM entry JOIN vector USING (hash) WHERE "
        for *entry, data in self._in_pieces(question + condition, values, *more):
            yield Entry(*entry), data

    def _in_pieces(self, question: str, values: list, *more: str) -> Iterator[tuple]:
        for start in range(0, len(values), VARIABLES):
            piece = values[start : start + VARIABLES]
            yield from self._rows(question.format(_marks(piece)), [*piece, *more])


def _marks(values: Sequence) -> str:
    return ",".join("?" * len(values))
