"""Measures of ranking: nDCG (Järvelin & Kekäläinen 2002), reciprocal rank and recall (TREC).

What is relevant is a set of keys, or a mapping of keys to grades: 2 answers the query, 1 helps. An answer gains three
times as much as a help.
"""

import math
from collections.abc import Iterable, Mapping, Sequence, Set
from statistics import fmean

ANSWERS = 2
Relevant = Mapping[str, int] | Set[str]


def ndcg(ranking: Sequence[str], relevant: Relevant, depth: int = 10) -> float:
    """Discounted gain of the first `depth` results, as a part of the best possible.

    A query that nothing answers is answered by nothing: 1 for an empty ranking, else 0.
    """
    if not relevant:
        return 0.0 if ranking else 1.0
    gains = {key: 2**grade - 1 for key, grade in relevant.items()} if isinstance(relevant, Mapping) else relevant
    gains = gains if isinstance(gains, dict) else dict.fromkeys(gains, 1)
    best = _discounted(sorted(gains.values(), reverse=True)[:depth])
    return _discounted(gains.get(key, 0) for key in ranking[:depth]) / best if best else 0.0


def _discounted(gains: Iterable[float]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


def reciprocal_rank(ranking: Sequence[str], relevant: Relevant) -> float:
    """One by the place of the first answer; 0 where there is none."""
    answers = answers_among(relevant)
    return next((1 / place for place, key in enumerate(ranking, 1) if key in answers), 0.0)


def recall(ranking: Sequence[str], relevant: Relevant, depth: int = 10) -> float:
    """The part of the answers, as far as they fit there, among the first `depth` results."""
    answers = answers_among(relevant)
    return len(answers & set(ranking[:depth])) / min(len(answers), depth) if answers else 0.0


def answers_among(relevant: Relevant) -> Set[str]:
    """The keys that answer and do not only help."""
    return {key for key, grade in relevant.items() if grade >= ANSWERS} if isinstance(relevant, Mapping) else relevant


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def mean(values: Sequence[float]) -> float:
    return fmean(values) if values else 0.0
