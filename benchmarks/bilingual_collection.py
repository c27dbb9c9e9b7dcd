"""A bilingual collection in a folder (see `benchmarks.search_quality.collection`): documents and queries of tasks."""

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.search_quality.collection import document_of_editions, rows
from search.analysis import LANGUAGES
from search.documents import IndexDocument

# Kinds of tasks: which editions are there, and in how many works.
SAME, ACROSS, MIXED, APART, EITHER = "same", "across", "mixed", "apart", "either"
KINDS = (SAME, ACROSS, MIXED, APART, EITHER)


@dataclass(frozen=True)
class Query:
    """A query with the pairs that answer it."""

    text: str
    language: str
    relevant: frozenset[str]


@dataclass(frozen=True)
class Task:
    """Queries in one language over a library of some make-up."""

    kind: str
    language: str

    @property
    def name(self) -> str:
        other = next(language for language in LANGUAGES if language != self.language)
        return f"{self.language}→" + {SAME: self.language, ACROSS: other}.get(self.kind, self.kind)


TASKS = tuple(Task(kind, language) for kind in KINDS for language in LANGUAGES)


class Collection:
    """The pages and queries of a folder."""

    def __init__(self, folder: Path):
        self._pairs: dict[str, dict[str, dict]] = defaultdict(dict)
        for row in rows(folder / "docs.jsonl"):
            self._pairs[row["pair_id"]][row["lang"]] = row
        self._queries = [
            Query(row["text"], row["lang"], frozenset(row["relevant"])) for row in rows(folder / "queries.jsonl")
        ]

    def queries(self, task: Task) -> list[Query]:
        return [query for query in self._queries if query.language == task.language]

    def documents(self, task: Task) -> list[IndexDocument]:
        """The works of a task. `mixed`: both editions in one work; `apart`: each a work; `either`: one of the two."""
        documents = []
        for at, (pair, editions) in enumerate(self._pairs.items()):
            there = {
                SAME: [task.language],
                ACROSS: [language for language in LANGUAGES if language != task.language],
                EITHER: [LANGUAGES[at % len(LANGUAGES)]],
            }.get(task.kind, list(LANGUAGES))
            there = [language for language in there if language in editions]
            groups = [[language] for language in there] if task.kind == APART else [there]
            documents += [_document(pair, {each: editions[each] for each in group}) for group in groups if group]
        return documents

    def all_documents(self) -> list[IndexDocument]:
        return [_document(pair, editions) for pair, editions in self._pairs.items()]


def _document(pair: str, editions: dict[str, dict]) -> IndexDocument:
    document = document_of_editions(f"{pair} {'-'.join(editions)}", editions)
    return replace(document, stored={**document.stored, "pair": pair})
