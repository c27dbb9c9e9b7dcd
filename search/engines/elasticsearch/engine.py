"""The Elasticsearch engine: an index of works, one of their passages, one of words, in any cluster of version 9."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TypeVar

from search.engines import plan
from search.engines.base import (
    Candidate,
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
from search.engines.elasticsearch.answers import (
    candidate,
    columns,
    counts,
    passage_hit,
    scored,
    stamps_and_last,
    total_of,
    work_hit,
    work_hits,
)
from search.engines.elasticsearch.cluster import BULK_SECONDS, Cluster
from search.engines.elasticsearch.generations import Generations, LiveGeneration, NewGeneration, live_alias
from search.engines.elasticsearch.lexicon import MOST_NEAR, near_query, starting_query
from search.engines.elasticsearch.mappings import LEXICON, PASSAGES, WORKS
from search.engines.elasticsearch.query import (
    filters_of,
    finding,
    passage_scoring,
    scoring,
    translated,
    word_query,
)
from search.engines.nodes import Node
from search.lexicon import LexiconEntry, typed_starts
from search.passages import identity_of
from search.query import DEEPEST_RESULT
from search.ranking import best_first

RERANKED = 100
MOST_VALUES = 10_000
# The same passage has the same score in two questions, but for the order in which it was added up.
SCORE_DIGITS = 3
# As many as a server gives for one group unless told otherwise.
MOST_PASSAGES = 100
STAMPS_TOGETHER = 5_000
# What must be there for the answer to be true: every shard.
WHOLE = {"allow_partial_search_results": False}
_ORDERS = {"newest": {"date": "desc"}, "oldest": {"date": "asc"}}
_LAST = {"translation_key": "asc"}

Answer = TypeVar("Answer")


class ElasticsearchEngine(IndexEngine):
    """Retrieves from the live generation of a cluster."""

    name = "elasticsearch"

    def __init__(self, cluster: Cluster | None = None):
        self.cluster = cluster or Cluster()
        self.generations = Generations(self.cluster)
        self._works, self._passages = live_alias(self.cluster, WORKS), live_alias(self.cluster, PASSAGES)
        self._lexicon = live_alias(self.cluster, LEXICON)
        self.cluster.sample = self._works

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
            return self.generations.trouble()
        except EngineUnavailable as error:
            return str(error)

    def one_search(self) -> AbstractContextManager[None]:
        return self.cluster.one_search()

    def retrieve(self, retrieval: Retrieval) -> Retrieved:
        if retrieval.offset + retrieval.limit > DEEPEST_RESULT:
            return Retrieved((), self._search(retrieval, total_of, size=0))
        if retrieval.order == "relevance":
            return self._by_relevance(retrieval)
        order = _ORDERS.get(retrieval.order) or {f"sort_title_{retrieval.language}": "asc"}
        page = {"size": retrieval.limit, "from_": retrieval.offset, "sort": [order, _LAST]}
        return self._search(retrieval, lambda found: Retrieved(tuple(work_hits(found)), total_of(found)), **page)

    def _by_relevance(self, retrieval: Retrieval) -> Retrieved:
        """Best first; among equals the newest. Only the works of the page are fetched whole."""
        wanted = retrieval.offset + retrieval.limit
        ranked, total = self._ranked(retrieval, wanted)
        scores = {work.translation_key: work.score for work in ranked[retrieval.offset : wanted]}
        return Retrieved(tuple(self._fetch(scores)), total)

    def candidates(self, retrieval: Retrieval, with_total: bool = True) -> Candidates:
        most = min(retrieval.limit, DEEPEST_RESULT)
        if most < 1:
            return Candidates((), self._search(retrieval, total_of, size=0))
        # Where nobody asks how many there are, the server need not look at the faint ones.
        ranked, total = self._ranked(retrieval, most, track_total_hits=with_total)
        return Candidates(tuple(ranked[:most]), total)

    def _ranked(self, retrieval: Retrieval, wanted: int, **options) -> tuple[list[Candidate], int]:
        """At least so many of the best works, if there are, best first, and how many there are in all."""
        asked = columns("date", "text_languages")
        # Equals are put in order here: a server that orders them looks at every work, which takes half as long again.
        found, total = self._search(
            retrieval,
            lambda answer: ([candidate(hit) for hit in answer["hits"]["hits"]], total_of(answer)),
            size=max(wanted, RERANKED),
            **asked,
            **options,
        )
        works = sorted(found, key=lambda work: (-work.score, work.translation_key))
        order = best_first([(work.score, work.date) for work in works])
        return [works[at] for at in order], total

    def _fetch(self, scores: dict[str, float]) -> list[Hit]:
        if not scores:
            return []
        return self.cluster.read(
            lambda client: client.mget(index=self._works, ids=list(scores), realtime=False),
            lambda whole: [work_hit(found, scores[found["_id"]]) for found in whole["docs"] if found.get("found")],
        )

    def _search(self, retrieval: Retrieval, understand: Callable[[dict], Answer], **options) -> Answer:
        # Copies of a shard count deleted works differently: the same words go to the same copy, page after page.
        asked = repr((retrieval.text, sorted(retrieval.filters.items()), retrieval.also, retrieval.among))
        options = {"track_total_hits": True, **options, "preference": f"words-{zlib.crc32(asked.encode())}", **WHOLE}
        query = scoring(retrieval)
        return self._ask(self._works, understand, query=query, search_type="dfs_query_then_fetch", **options)

    def _ask(self, index: str, understand: Callable[[dict], Answer], **search) -> Answer:
        return self.cluster.read(lambda client: client.search(index=index, **search), understand)

    def passage_scores(self, text: TextQuery, limit: int) -> dict[str, float]:
        limit = min(limit, DEEPEST_RESULT)
        if limit <= 0:
            return {}
        found = plan.best_passages(text, limit, self._best_passages)
        return plan.best_of_works((work, score) for (work, _own), score in found.items())

    def _best_passages(self, node: Node, limit: int) -> dict[tuple[str, float], float]:
        """The best passages with their scores; each is known by its work and score, which columns tell."""
        return self._ask(
            self._passages,
            lambda answer: {
                (work, round(score, SCORE_DIGITS)): score for work, score in map(scored, answer["hits"]["hits"])
            },
            query=translated(node),
            size=limit,
            # How many there are in all is not asked: the faint ones need not be looked at.
            track_total_hits=False,
            search_type="dfs_query_then_fetch",
            **columns(),
            **WHOLE,
        )

    def passages_of(self, text: TextQuery, works: Iterable[str], limit: int) -> dict[str, list[PassageHit]]:
        works = list(dict.fromkeys(works))
        if not works or limit <= 0:
            return {}
        best = {"top_hits": {"size": min(limit, MOST_PASSAGES), "_source": ["stored"]}}
        values = {"field": "translation_key", "size": len(works)}
        return self._ask(
            self._passages,
            lambda answer: {
                bucket["key"]: list(map(passage_hit, bucket["best"]["hits"]["hits"]))
                for bucket in answer["aggregations"]["works"]["buckets"]
            },
            query=passage_scoring(text, works),
            aggs={"works": {"terms": values, "aggs": {"best": best}}},
            size=0,
            track_total_hits=False,
            search_type="dfs_query_then_fetch",
            **WHOLE,
        )

    def passages_at(self, places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], PassageHit]:
        identities = {identity_of(*place): place for place in places}
        if not identities:
            return {}
        return self._ask(
            self._passages,
            lambda answer: {identities[hit["_id"]]: passage_hit(hit) for hit in answer["hits"]["hits"]},
            query={"bool": {"filter": [{"ids": {"values": list(identities)}}]}},
            size=len(identities),
            track_total_hits=False,
            **WHOLE,
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
        if not asked:
            return {}
        query = finding(retrieval)
        return self._ask(self._works, counts, query=query, aggs=asked, size=0, track_total_hits=False, **WHOLE)

    def find(self, field_name: str, values: Iterable[str], with_texts: bool = False) -> dict[str, Hit]:
        values = list(values)[:DEEPEST_RESULT]
        if not values:
            return {}
        found = self._ask(
            self._works,
            lambda answer: {hit.stored[field_name]: hit for hit in work_hits(answer)},
            query={"bool": {"filter": [{"terms": {field_name: values}}]}},
            size=len(values),
            source_excludes=None if with_texts else ["stored.texts"],
            **WHOLE,
        )
        if with_texts:
            return found
        return {value: replace(hit, stored={**hit.stored, "texts": {}}) for value, hit in found.items()}

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
        return self._ask(
            self._works,
            lambda answer: {
                name: found["doc_count"] for name, found in answer["aggregations"]["asked"]["buckets"].items()
            },
            aggs={"asked": {"filters": {"filters": queries}}},
            size=0,
            track_total_hits=False,
            **WHOLE,
        )

    def near(self, word: str, edits: int) -> dict[str, str]:
        return {entry.text: entry.language for entry in self._entries(near_query(word, edits), MOST_NEAR)}

    def complete(self, text: str, language: str, limit: int, without: tuple[str, ...] = ()) -> list[Completion]:
        typed = typed_starts(text)
        if not typed:
            return []
        names = self._entries(starting_query(typed, language), 2 * limit)
        others = [{"terms": {"translation_key": list(without)}}] if without else []
        held = self._counts(
            {
                entry.as_term: {"bool": {"filter": [{"term": {"names": entry.as_term}}], "must_not": others}}
                for entry in names
            }
        )
        titles = self._ask(
            self._works,
            lambda answer: [Completion.of_work(hit.stored, language) for hit in work_hits(answer)],
            query={"bool": {"filter": [{"term": {"starts": start}} for start in typed]}},
            sort=[_ORDERS["newest"], _LAST],
            size=2 * limit,
            source=["stored.translation_key", "stored.titles", "stored.type"],
        )
        return [
            *(Completion(entry.text, entry.kind, entry.language) for entry in names if held.get(entry.as_term)),
            *titles,
        ]

    def _entries(self, query: dict, most: int) -> list[LexiconEntry]:
        """Entries of the lexicon, the most frequent first."""
        return self._ask(
            self._lexicon,
            lambda answer: [LexiconEntry.from_term(hit["_source"]["entry"]) for hit in answer["hits"]["hits"]],
            query={"bool": {"filter": [query]}},
            sort=[{"frequency": "desc"}],
            size=most,
        )

    def stamps(self) -> Iterator[tuple[str, str]]:
        after: list | None = None
        while True:
            found, after = self.cluster.look(
                lambda client, after=after: client.search(
                    index=self._works,
                    sort=[_LAST],
                    size=STAMPS_TOGETHER,
                    search_after=after,
                    **columns("stamp"),
                    **WHOLE,
                ),
                understand=stamps_and_last,
                seconds=BULK_SECONDS,
            )
            yield from found
            if len(found) < STAMPS_TOGETHER:
                return
