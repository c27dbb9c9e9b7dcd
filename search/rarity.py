"""Rarity: how much the words of a query say, by how few works they stand in.

A sum of inverse document frequencies as BM25 has them: ln(1 + (N − n + ½) / (n + ½)) for a word in n of N works.
"""

import math
from dataclasses import replace
from weakref import WeakKeyDictionary

from search.analysis import LANGUAGES, is_stop_word
from search.engines.base import Engine, Part, Retrieval, TextQuery
from search.versions import index_version

# A word that so many works hold tells hardly any two of them apart, and looking for it twice takes time.
MOST_TOLD_APART = 20_000
# The state of the index, and how many works it holds.
_counted: WeakKeyDictionary[Engine, tuple[str, int]] = WeakKeyDictionary()


def rarity(engine: Engine, text: TextQuery) -> float:
    """What a work that holds every word of a text once could score by them; 0 where scores are no BM25.

    Raises EngineUnavailable.
    """
    if engine.is_degraded:
        return 0.0
    counted = engine.frequencies({word for part in text.parts for word in _typed(part)})
    works = _works_of(engine)
    return sum(math.log(1 + max(works - count + 0.5, 0.5) / (count + 0.5)) for count in counted.values())


def with_common_marked(engine: Engine, text: TextQuery) -> TextQuery:
    """The same text with those words marked that more than `MOST_TOLD_APART` works hold, unless all of them are such.

    Raises EngineUnavailable.
    """
    single = {part: word for part in text.parts if (word := _single_word(part))}
    if engine.is_degraded or not single or len(text.parts) < 2 or _works_of(engine) <= MOST_TOLD_APART:
        return text
    counted = engine.frequencies(set(single.values()))
    common = {part for part, word in single.items() if counted[word] > MOST_TOLD_APART}
    if len(common) == len(text.parts):
        return text
    return replace(text, parts=tuple(replace(part, is_common=True) if part in common else part for part in text.parts))


def _single_word(part: Part) -> str:
    alternatives = part.alternatives
    is_single = len(alternatives) == 1 and len(alternatives[0].words) == 1 and not part.identifiers
    return alternatives[0].words[0] if is_single and not part.is_required else ""


def _typed(part: Part) -> tuple[str, ...]:
    """The words of a part that say something, as they were typed; its other wordings say the same again.

    Stop words stand in no index, and numbers of bills are certain by themselves.
    """
    if part.identifiers or not part.alternatives:
        return ()
    return tuple(word for word in part.alternatives[0].words if not any(is_stop_word(word, each) for each in LANGUAGES))


def _works_of(engine: Engine) -> int:
    """How many works an engine holds; counted once for each state of the index."""
    state, counted = index_version.current(), _counted.get(engine)
    if counted is None or counted[0] != state:
        _counted[engine] = counted = (state, engine.candidates(Retrieval(limit=0)).total)
    return counted[1]
