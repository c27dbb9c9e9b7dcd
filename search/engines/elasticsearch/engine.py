"""The Elasticsearch engine: one index of works, one of words, in any cluster of version 9."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from search.engines.base import Completion, EngineUnavailable, Hit, IndexEngine, Retrieval, Retrieved
from search.engines.elasticsearch.cluster import Cluster
from search.engines.elasticsearch.generations import Generations, LiveGeneration, NewGeneration, live_alias
from search.engines.elasticsearch.lexicon import MOST_NEAR, near_query, starting_query
from search.engines.elasticsearch.mappings import LEXICON, WORKS
from search.engines.elasticsearch.query import filters_of, finding, scoring, word_query
from search.engines.elasticsearch.troubles import NO_INDEX
from search.lexicon import LexiconEntry, typed_starts
from search.query import DEEPEST_RESULT
from search.ranking import EQUAL_SCORES

RERANKED = 100
MOST_VALUES = 10_000
STAMPS_TOGETHER = 5_000
# What must be there for the answer to be true: every shard.
WHOLE = {"allow_partial_search_results": False}
_ORDERS = {"newest": {"date": "desc"}, "oldest": {"date": "asc"}}
_LAST = {"translation_key": "asc"}


class ElasticsearchEngine(IndexEngine):
    """Retrieves from the live generation of a cluster."""

    name = "elasticsearch"

    def __init__(self, cluster: Cluster | None = None):
        self.cluster = cluster or Cluster()
        self.generations = Generations(self.cluster)
        self._works, self._lexicon = live_alias(self.cluster, WORKS), live_alias(self.cluster, LEXICON)

    def new_generation(self) -> NewGeneration:
        return self.generations.create()

    def live_generation(self) -> LiveGeneration | None:
        name = self.generations.live()
        return LiveGeneration(self.cluster, name) if name else None

    def roll_back(self) -> str:
        """Makes the generation before the live one live again; what changed since heals as drift. Returns its name."""
        return self.generations.roll_back()

    def trouble(self) -> str:
        """One sentence on what keeps the engine from answering, with its remedy; empty when all is well."""
        try:
            self.cluster.probe()
            return "" if self.generations.live() else NO_INDEX
        except EngineUnavailable as error:
            return str(error)

    def retrieve(self, retrieval: Retrieval) -> Retrieved:
        if retrieval.offset + retrieval.limit > DEEPEST_RESULT:
            return Retrieved((), _total(self._search(retrieval, size=0)))
        if retrieval.order == "relevance":
            return self._by_relevance(retrieval)
        order = _ORDERS.get(retrieval.order) or {f"sort_title_{retrieval.language}": "asc"}
        found = self._search(retrieval, size=retrieval.limit, from_=retrieval.offset, sort=[order, _LAST])
        return Retrieved(tuple(_hit(hit, 0.0) for hit in found["hits"]["hits"]), _total(found))

    def _by_relevance(self, retrieval: Retrieval) -> Retrieved:
        """Best first; among equals the newest. Only the works of the page are fetched whole."""
        wanted = retrieval.offset + retrieval.limit
        found = self._search(retrieval, size=max(wanted, RERANKED), sort=["_score", _LAST], **_columns("date"))
        hits = found["hits"]["hits"]
        if not hits:
            return Retrieved((), _total(found))
        step = max(hits[0]["_score"] * EQUAL_SCORES, 1e-9)
        hits.sort(key=lambda hit: (-round(hit["_score"] / step), -hit["fields"]["date"][0]))
        scores = {hit["fields"]["translation_key"][0]: hit["_score"] for hit in hits[retrieval.offset : wanted]}
        return Retrieved(tuple(self._fetch(scores)), _total(found))

    def _fetch(self, scores: dict[str, float]) -> Iterator[Hit]:
        if not scores:
            return
        whole = self.cluster.read(lambda client: client.mget(index=self._works, ids=list(scores), realtime=False))
        yield from (_hit(found, scores[found["_id"]]) for found in whole["docs"] if found.get("found"))

    def _search(self, retrieval: Retrieval, **options) -> dict:
        # Copies of a shard count deleted works differently: the same words go to the same copy, page after page.
        asked = repr((retrieval.text, sorted(retrieval.filters.items())))
        options |= {"preference": f"words-{zlib.crc32(asked.encode())}", "track_total_hits": True, **WHOLE}
        return self.cluster.read(
            lambda client: client.search(
                index=self._works, query=scoring(retrieval), search_type="dfs_query_then_fetch", **options
            )
        )

    def count(self, retrieval: Retrieval, facets: Iterable[str]) -> dict[str, dict[str, int]]:
        facets = list(facets)
        groups = {"": [facet for facet in facets if facet not in retrieval.filters]}
        groups |= {facet: [facet] for facet in facets if facet in retrieval.filters}
        asked = {
            f"without {left_out}": {
                "filter": {"bool": {"filter": filters_of(retrieval.filters, left_out)}},
                "aggs": {facet: {"terms": {"field": f"facet_{facet}", "size": MOST_VALUES}} for facet in group},
            }
            for left_out, group in groups.items()
            if group
        }
        answer = self.cluster.read(
            lambda client: client.search(
                index=self._works,
                query=finding(retrieval),
                aggs=asked,
                size=0,
                track_total_hits=False,
                **WHOLE,
            )
        )
        return {
            facet: {bucket["key"]: bucket["doc_count"] for bucket in values["buckets"]}
            for group in answer.get("aggregations", {}).values()
            for facet, values in group.items()
            if facet != "doc_count"
        }

    def find(self, field_name: str, values: Iterable[str], with_texts: bool = False) -> dict[str, Hit]:
        """Without their texts, which nobody who asks by key shows."""
        values = list(values)[:DEEPEST_RESULT]
        if not values:
            return {}
        answer = self.cluster.read(
            lambda client: client.search(
                index=self._works,
                query={"bool": {"filter": [{"terms": {field_name: values}}]}},
                size=len(values),
                source_excludes=["stored.texts"],
                **WHOLE,
            )
        )
        hits = [_hit(found, 0.0) for found in answer["hits"]["hits"]]
        return {hit.stored[field_name]: replace(hit, stored={**hit.stored, "texts": {}}) for hit in hits}

    def frequency(self, word: str) -> int:
        return self.frequencies([word])[word]

    def frequencies(self, words: Iterable[str]) -> dict[str, int]:
        """In how many works each word stands, in any form, with one question."""
        words = list(words)
        queries = {word: query for word in words if (query := word_query(word))}
        return dict.fromkeys(words, 0) | self._counts(queries)

    def _counts(self, queries: dict[str, dict]) -> dict[str, int]:
        """How many works each of the queries finds."""
        if not queries:
            return {}
        answer = self.cluster.read(
            lambda client: client.search(
                index=self._works,
                aggs={"asked": {"filters": {"filters": queries}}},
                size=0,
                track_total_hits=False,
                **WHOLE,
            )
        )
        return {name: found["doc_count"] for name, found in answer["aggregations"]["asked"]["buckets"].items()}

    def near(self, word: str, edits: int) -> dict[str, str]:
        return {entry.text: entry.language for entry in self._entries(near_query(word, edits), MOST_NEAR)}

    def complete(self, text: str, language: str, limit: int) -> list[Completion]:
        typed = typed_starts(text)
        if not typed:
            return []
        names = self._entries(starting_query(typed, language), 2 * limit)
        held = self._counts({entry.as_term: {"term": {"names": entry.as_term}} for entry in names})
        titles = self.cluster.read(
            lambda client: client.search(
                index=self._works,
                query={"bool": {"filter": [{"term": {"starts": start}} for start in typed]}},
                sort=[_ORDERS["newest"], _LAST],
                size=2 * limit,
                source=["stored.translation_key", "stored.titles", "stored.type"],
            )
        )
        return [
            *(Completion(entry.text, entry.kind, entry.language) for entry in names if held.get(entry.as_term)),
            *(_title(hit["_source"]["stored"], language) for hit in titles["hits"]["hits"]),
        ]

    def _entries(self, query: dict, most: int) -> list[LexiconEntry]:
        """Entries of the lexicon, the most frequent first."""
        answer = self.cluster.read(
            lambda client: client.search(
                index=self._lexicon, query={"bool": {"filter": [query]}}, sort=[{"frequency": "desc"}], size=most
            )
        )
        return [LexiconEntry.from_term(hit["_source"]["entry"]) for hit in answer["hits"]["hits"]]

    def stamps(self) -> Iterator[tuple[str, str]]:
        after: list | None = None
        while True:
            answer = self.cluster.write(
                lambda client, after=after: client.search(
                    index=self._works,
                    sort=[_LAST],
                    size=STAMPS_TOGETHER,
                    search_after=after,
                    **_columns("stamp"),
                    **WHOLE,
                )
            )
            hits = answer["hits"]["hits"]
            yield from ((hit["fields"]["translation_key"][0], hit["fields"]["stamp"][0]) for hit in hits)
            if len(hits) < STAMPS_TOGETHER:
                return
            after = hits[-1]["sort"]


def _columns(name: str) -> dict:
    """Asks for keys and one value from columns: stored works, even only their ids, take five times as long to read."""
    return {"stored_fields": "_none_", "docvalue_fields": ["translation_key", name]}


def _total(answer: dict) -> int:
    return answer["hits"]["total"]["value"]


def _hit(found: dict, score: float) -> Hit:
    return Hit(found["_id"], score, found["_source"]["stored"])


def _title(stored: dict, language: str) -> Completion:
    titles = stored["titles"]
    shown = language if language in titles else next(iter(titles))
    return Completion(titles[shown], stored["type"], shown, stored["translation_key"])
