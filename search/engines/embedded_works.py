"""Searching one committed state of the index of works: pages, candidates and counts.

One search asks several times for the same words (candidates, a total, the next page, counts); answers are kept, which
nothing can make stale, since a changed index is another state.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from weakref import WeakMethod

import tantivy
from tantivy import DocAddress, Occur, Order, Query

from search.engines import plan
from search.engines.base import Candidate, Retrieval
from search.engines.embedded_query import finding, scoring, translated, unscored
from search.engines.embedded_schema import keys_at, languages_of_bits, schema
from search.engines.nodes import Term
from search.ranking import best_first

RERANKED = 200
MOST_VALUES = 10_000
COMMON = 1_000
ANSWERS_KEPT = 64
WORDS_KEPT = 5_000
Scored = tuple[float, DocAddress]
Counts = dict[str, dict[str, int]]
# The parts of a retrieval that decide what is found: text, filters, also, among, without.
Asked = tuple


class Works:
    """The works of one state of an index."""

    def __init__(self, searcher: tantivy.Searcher):
        self.searcher = searcher
        self._totals: dict[Asked, int] = {}
        self._kept_best = _remembered(self._best, ANSWERS_KEPT)
        self._kept_counts = _remembered(self._count, ANSWERS_KEPT)
        self.frequency = _remembered(self._frequency, WORDS_KEPT)

    def page(self, retrieval: Retrieval) -> tuple[list[Scored], int]:
        """A page of scored works, and how many there are in all."""
        if retrieval.limit < 1:
            return [], self.total(retrieval)
        if retrieval.order == "relevance" and retrieval.text:
            return self._by_relevance(retrieval)
        field, order = {
            "oldest": ("oldest_first", Order.Asc),
            "title": (f"sort_title_{retrieval.language}", Order.Asc),
        }.get(retrieval.order, ("newest_first", Order.Desc))
        place = {"limit": retrieval.limit, "offset": retrieval.offset}
        found = self.searcher.search(finding(retrieval), order_by_field=field, order=order, **place)
        return [(0.0, address) for _key, address in found.hits], found.count

    def total(self, retrieval: Retrieval) -> int:
        asked = _asked(retrieval)
        total = self._totals.get(asked)
        if total is None:
            total = self._how_many(finding(retrieval))
            self._keep_total(asked, total)
        return total

    def _keep_total(self, asked: Asked, total: int) -> None:
        if len(self._totals) >= ANSWERS_KEPT:
            self._totals.clear()
        self._totals[asked] = total

    def _by_relevance(self, retrieval: Retrieval) -> tuple[list[Scored], int]:
        """Only the first ones are kept: a page far behind costs as much memory as all before it."""
        wanted = retrieval.offset + retrieval.limit
        if wanted <= RERANKED:
            ranked, total = self._kept_best(_asked(retrieval), RERANKED)
        else:
            ranked, total = self._best(_asked(retrieval), wanted)
        return ranked[retrieval.offset : wanted], total

    def _best(self, asked: Asked, wanted: int) -> tuple[list[Scored], int]:
        """Best first; among equals the newest; last what no word found."""
        found = self.searcher.search(scoring(_retrieval(asked)), limit=wanted)
        scored = found.hits
        dates = self.searcher.fast_field_values("date", [address for _score, address in scored])
        order = best_first([(score, date) for (score, _address), date in zip(scored, dates, strict=True)])
        self._keep_total(asked, found.count)
        return [scored[at] for at in order], found.count

    def _frequency(self, word: str) -> int:
        """In how many works a word stands; of a common one about how many, which the index knows without counting."""
        node = plan.word(word)
        if node is None:
            return 0
        terms = [node] if isinstance(node, Term) else node.should
        counts = {term: self.searcher.doc_freq(term.field, term.term) for term in terms}
        commonest = max(counts, key=counts.__getitem__)
        # Works that were taken away are among them for a while: at least one must be there.
        if counts[commonest] >= COMMON and self._finds(translated(commonest, schema())):
            return counts[commonest]
        return self._how_many(unscored(translated(node, schema())))

    def _finds(self, query: Query) -> bool:
        return bool(self.searcher.search(query, limit=1, count=False).hits)

    def candidates(self, scored: list[Scored]) -> tuple[Candidate, ...]:
        """Scored works with what columns say of them."""
        addresses = [address for _score, address in scored]
        dates, bits = (self.searcher.fast_field_values(name, addresses) for name in ("date", "languages"))
        rows = zip(keys_at(self.searcher, addresses), scored, dates, bits, strict=True)
        return tuple(Candidate(key, score, date, languages_of_bits(bit)) for key, (score, _), date, bit in rows)

    def counts(self, retrieval: Retrieval, facets: Iterable[str]) -> Counts:
        """facet → value → number of works; a facet's own filter does not apply to it."""
        return {facet: dict(values) for facet, values in self._kept_counts(_asked(retrieval), tuple(facets)).items()}

    def _count(self, asked: Asked, facets: tuple[str, ...]) -> Counts:
        retrieval = _retrieval(asked)
        counts: Counts = {}
        unselected = [facet for facet in facets if facet not in retrieval.filters]
        groups = [(unselected, None), *(([facet], facet) for facet in facets if facet in retrieval.filters)]
        for group, left_out in groups:
            if group:
                filters = {name: values for name, values in retrieval.filters.items() if name != left_out}
                counts |= self._counted(replace(retrieval, filters=filters), tuple(group))
        return counts

    def _counted(self, retrieval: Retrieval, facets: tuple[str, ...]) -> Counts:
        """Where words find more than half of what there is, the rest is counted and taken away: less work for more."""
        found = finding(retrieval)
        if retrieval.text is None:
            return self._values(found, facets)
        every = replace(retrieval, text=None, also=())
        there = finding(every)
        if 2 * self.total(retrieval) <= self.total(every):
            return self._values(found, facets)
        whole = self._kept_counts(_asked(every), facets)
        others = self._values(Query.boolean_query([(Occur.Must, there), (Occur.MustNot, found)]), facets)
        return {facet: _without(whole[facet], others[facet]) for facet in facets}

    def _how_many(self, query: Query) -> int:
        return self.searcher.search(query, limit=1).count

    def _values(self, query: Query, facets: tuple[str, ...]) -> Counts:
        terms = {facet: {"terms": {"field": f"facet_{facet}", "size": MOST_VALUES}} for facet in facets}
        answer = self.searcher.aggregate(query, terms)
        return {facet: {each["key"]: each["doc_count"] for each in answer[facet]["buckets"]} for facet in facets}


def _remembered(method: Callable, most: int) -> Callable:
    """A method whose answers are remembered by its object, which goes with its last reader: no cycle holds it, and
    with it the files of an index that another has replaced."""
    reference = WeakMethod(method)
    return lru_cache(most)(lambda *asked: reference()(*asked))


def _without(counts: dict[str, int], others: dict[str, int]) -> dict[str, int]:
    left = {value: count - others.get(value, 0) for value, count in counts.items()}
    return {value: count for value, count in left.items() if count}


def _asked(retrieval: Retrieval) -> Asked:
    filters = tuple((facet, tuple(values)) for facet, values in sorted(retrieval.filters.items()))
    among = None if retrieval.among is None else tuple(retrieval.among)
    return retrieval.text, filters, tuple(retrieval.also), among, tuple(retrieval.without)


def _retrieval(asked: Asked) -> Retrieval:
    text, filters, also, among, without = asked
    return Retrieval(text, dict(filters), also=also, among=among, without=without)
