"""The passages of works: written before their work's document, removed with it, and none left over.

A passage keeps its identity from build to build, so that writing it again replaces it. What a work no longer has is
known by not being of the last writing.
"""

import uuid
from collections.abc import Iterable, Iterator

from search.documents import IndexDocument
from search.engines.elasticsearch.bulk import replacement, send
from search.engines.elasticsearch.cluster import BULK_SECONDS, Cluster
from search.engines.elasticsearch.mappings import passage_source
from search.passages import identity_of

REMOVED_TOGETHER = 1_000


def new_writing() -> str:
    """A name for the passages that are written together."""
    return uuid.uuid4().hex[:12]


def work_of(identity: str) -> str:
    """The translation key of a passage's work, from its identity."""
    return identity.partition("/")[0]


class Passages:
    """Writes the passages of one alias."""

    def __init__(self, cluster: Cluster, alias: str):
        self._cluster, self._alias = cluster, alias

    def replacements(self, document: IndexDocument, written: str) -> Iterator[dict]:
        """Actions that write a work's passages."""
        key = document.translation_key
        for passage in document.passages:
            yield {
                "_index": self._alias,
                **replacement(identity_of(key, passage.place), passage_source(key, passage, written)),
            }

    def replace(self, documents: Iterable[IndexDocument], deleted: Iterable[str]) -> dict[str, str]:
        """Writes the passages of works and removes all others of them, and all of `deleted`; shows at once.

        Returns translation_key → reason for works with a passage that was refused. Raises EngineUnavailable.
        """
        documents, written = list(documents), new_writing()
        actions = (action for document in documents for action in self.replacements(document, written))
        refused = send(self._cluster, self._alias, actions)
        self.remove_others([*(document.translation_key for document in documents), *deleted], written)
        return {work_of(identity): reason for identity, reason in refused.items()}

    def remove_others(self, works: list[str], written: str) -> None:
        """Removes the passages of works, save those of one writing."""
        if not works:
            return
        # What is deleted by a query is what a search would show, so everything must show first.
        self._cluster.write(lambda client: client.indices.refresh(index=self._alias), BULK_SECONDS)
        for start in range(0, len(works), REMOVED_TOGETHER):
            those = {"terms": {"translation_key": works[start : start + REMOVED_TOGETHER]}}
            query = {"bool": {"filter": [those], "must_not": [{"term": {"written": written}}]}}
            self._cluster.write(
                lambda client, query=query: client.delete_by_query(
                    index=self._alias, query=query, conflicts="proceed", refresh=True, scroll_size=5_000
                ),
                BULK_SECONDS,
            )
