"""Measures of ranking (Järvelin & Kekäläinen 2002 for nDCG; TREC for MRR and recall), with binary relevance."""

import math
from collections.abc import Sequence, Set
from statistics import fmean


def ndcg(ranking: Sequence[str], relevant: Set[str], depth: int = 10) -> float:
    """Discounted gain of the first `depth` results, as a part of the best possible."""
    gain = sum(1 / math.log2(place + 2) for place, key in enumerate(ranking[:depth]) if key in relevant)
    best = sum(1 / math.log2(place + 2) for place in range(min(depth, len(relevant))))
    return gain / best if best else 0.0


def reciprocal_rank(ranking: Sequence[str], relevant: Set[str]) -> float:
    return next((1 / place for place, key in enumerate(ranking, 1) if key in relevant), 0.0)


def recall(ranking: Sequence[str], relevant: Set[str], depth: int = 10) -> float:
    return len(relevant & set(ranking[:depth])) / len(relevant) if relevant else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def mean(values: Sequence[float]) -> float:
    return fmean(values) if values else 0.0
