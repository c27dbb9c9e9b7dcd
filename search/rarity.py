"""Rarity: how much the words of a query say, by how few works they stand in.

A sum of inverse document frequencies as BM25 has them: ln(1 + (N − n + ½) / (n + ½)) for a word in n of N works.
"""

import math

from search.engines.base import Engine, Part, Retrieval, TextQuery
from search.versions import Made, index_version

_works: dict[str, Made[int]] = {}


def rarity(engine: Engine, text: TextQuery) -> float:
    """What a work that holds every word of a text once could score by them. Raises EngineUnavailable."""
    asked = [word for part in text.parts for word in _typed(part)]
    counted, works = engine.frequencies(set(asked)), _works_of(engine)
    return sum(math.log(1 + max(works - counted[word] + 0.5, 0.5) / (counted[word] + 0.5)) for word in set(asked))


def _typed(part: Part) -> tuple[str, ...]:
    """The words of a part as they were typed; its other wordings say the same again."""
    return part.alternatives[0].words if part.alternatives else ()


def _works_of(engine: Engine) -> int:
    """How many works an engine holds; counted once for each state of the index."""
    if engine.name not in _works:
        _works[engine.name] = Made(index_version, lambda: engine.candidates(Retrieval(limit=0)).total)
    return _works[engine.name].current()
