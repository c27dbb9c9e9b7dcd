"""Relevance: one page of works out of what words, passages and meaning find.

Words say which works are found: any of them in any language. Of these the best `BEST` are put in order anew: a work is
worth as much as it is as a whole or as its best passage is, and, where vectors are there, what `search.fusion` makes of
its words in the query's language and of its meaning. Works that only meaning finds are found too, if they are near
enough to be no noise.
"""

import logging
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from search import ranking
from search.engines.base import Candidate, Engine, EngineUnavailable, Hit, PassageHit, Retrieval, TextQuery
from search.fusion import UNDERSTOOD_WEIGHT, WORDS_WEIGHT, confidence, fuse, in_language, shared_share
from search.query import DEEPEST_RESULT
from search.query_language import query_language
from search.rarity import rarity, with_common_marked
from search.together import answered, ask
from search.vectors import meaning
from search.vectors.meaning import Similarities
from search.vectors.places import PlaceFound

logger = logging.getLogger(__name__)

BEST = 200
MOST_PASSAGES = 100
FEW_PARTS = 2
NOTHING_SIMILAR = Similarities()
EMPTY: Mapping = MappingProxyType({})


Counts = Mapping[str, Mapping[str, int]]
Passages = Mapping[str, list[PassageHit]]


@dataclass(frozen=True)
class Found:
    """A page of hits, how many works there are in all, and places found by meaning.

    `words_weight`: what the best match in words weighs against a cosine of 1. Still to come: `counts`, facet → value →
    how many works, and `passages`, translation_key → the best by their words.
    """

    hits: tuple[Hit, ...]
    total: int
    counts: Future[Counts]
    passages: Future[Passages]
    places: Mapping[str, list[PlaceFound]] = field(default_factory=dict)
    words_weight: float = WORDS_WEIGHT


@dataclass(frozen=True)
class Asked:
    """What is to be found, with its facets and so many passages of each work of a page.

    `typed` is the text to be understood by its meaning; `is_understood`: the glossary knows what it means.
    """

    retrieval: Retrieval
    typed: str
    facets: tuple[str, ...] = ()
    passages: int = 0
    with_meaning: bool = True
    is_understood: bool = False


def find(engine: Engine, asked: Asked) -> Found:
    """The works of one page. Raises EngineUnavailable."""
    retrieval = asked.retrieval
    meant = _meaning(retrieval) if asked.with_meaning else None
    if retrieval.text is None or (retrieval.order != "relevance" and not meant):
        return _in_order_of(engine, retrieval, asked, retrieval.text)
    retrieval = replace(retrieval, text=with_common_marked(engine, retrieval.text))
    language = query_language(asked.typed, retrieval.language)
    nearest = ask(engine, lambda: meant.nearest(asked.typed, language)) if meant else None
    is_ranked = retrieval.order == "relevance"
    worth = ask(engine, lambda: _rarity(engine, retrieval.text)) if meant and is_ranked else answered(0.0)
    words = replace(retrieval, offset=0, limit=BEST)
    if meant:
        words = replace(words, text=in_language(retrieval.text, language))
    works, total, passages = _by_words(engine, words, with_total=not meant)
    similar = _similarities(nearest, [*(work.translation_key for work in works), *passages])
    also = tuple(similar.beyond_noise())
    if meant and not works and (len(retrieval.text.parts) <= FEW_PARTS or not also):
        # No text in the query's language holds them: a name, or what the reader knows by the other language's word.
        words = replace(words, text=retrieval.text)
        works, _total, passages = _by_words(engine, words, with_total=False)
    whole = replace(retrieval, also=also)
    if not is_ranked:
        return _in_order_of(engine, whole, asked, words.text, similar.places)
    # Counted while the page is made, since words and passages keep two processors busy.
    counts = _counts(engine, whole, asked.facets)
    if meant:
        total = ask(engine, lambda: engine.candidates(replace(whole, offset=0, limit=0)).total)
    works += _missed(engine, words, works, passages, also)
    is_understood = asked.is_understood or any(part.identifiers for part in retrieval.text.parts)
    weight = UNDERSTOOD_WEIGHT if is_understood else WORDS_WEIGHT
    shared = shared_share(words.text, language)
    best = _in_order(works, passages, similar, language, weight, shared, worth.result())
    page = _page(engine, whole, best, total.result())
    best_passages = _passages(engine, words.text, list(page), asked.passages)
    hits = engine.find("translation_key", page, with_texts=True)
    shown = tuple(replace(hits[key], score=score) for key, score in page.items() if key in hits)
    trusted = weight * confidence(max(passages.values(), default=0.0), worth.result())
    return Found(shown, total.result(), counts, best_passages, similar.places, trusted)


def _rarity(engine: Engine, text: TextQuery) -> float:
    """What the query's words are worth; an order is made without it, too."""
    try:
        return rarity(engine, text)
    except EngineUnavailable as error:
        logger.warning("Words count in full, their rarity is not known: %s", error)
        return 0.0


def _in_order_of(
    engine: Engine, retrieval: Retrieval, asked: Asked, words: TextQuery | None, places: Mapping = EMPTY
) -> Found:
    """A page in the order that the retrieval asks for."""
    counts = _counts(engine, retrieval, asked.facets)
    retrieved = engine.retrieve(retrieval)
    passages = _passages(engine, words, [hit.translation_key for hit in retrieved.hits], asked.passages)
    return Found(retrieved.hits, retrieved.total, counts, passages, places)


def _counts(engine: Engine, retrieval: Retrieval, facets: tuple[str, ...]) -> Future[Counts]:
    """How many works each value of a facet has; counted while the page is made."""
    return ask(engine, lambda: engine.count(retrieval, facets))


def _passages(engine: Engine, words: TextQuery | None, works: list[str], each: int) -> Future[Passages]:
    """The best passages of a page's works; looked for while the works themselves are read."""
    if words is None or not each or not works:
        return answered({})
    return ask(engine, lambda: engine.passages_of(words, works, each))


def _by_words(
    engine: Engine, words: Retrieval, with_total: bool
) -> tuple[tuple[Candidate, ...], Future[int], dict[str, float]]:
    """The best works, how many there are in all, and translation_key → the score of its best passage."""
    passages = ask(engine, lambda: engine.passage_scores(words.text, MOST_PASSAGES))
    found = engine.candidates(words, with_total)
    return found.works, answered(found.total), passages.result()


def _missed(
    engine: Engine, words: Retrieval, works: tuple[Candidate, ...], passages: Mapping[str, float], also: tuple[str, ...]
) -> tuple[Candidate, ...]:
    """Works that only meaning found, and, of more than `BEST` that words find, those with the best passages.

    The words of the latter count less than those of the best works, so that their passages alone say where they stand:
    looking for their words again would cost as much as the first time.
    """
    known = {work.translation_key for work in works}
    missed = tuple(key for key in also if key not in known)
    found: tuple[Candidate, ...] = ()
    if missed:
        among = replace(words, also=also, among=missed, limit=len(missed))
        found = engine.candidates(among, with_total=False).works
    crowded_out = tuple(key for key in passages if key not in known.union(missed)) if len(works) >= BEST else ()
    if crowded_out:
        bare = replace(words.text, parts=(), title="") if words.text.excluded else None
        among = replace(words, text=bare, among=crowded_out, limit=len(crowded_out))
        found += tuple(replace(work, score=0.0) for work in engine.candidates(among, with_total=False).works)
    return found


def _page(engine: Engine, whole: Retrieval, best: Mapping[str, float], total: int) -> dict[str, float]:
    """The works of one page with their scores: the best ones, then all others in the order of their words.

    None beyond `DEEPEST_RESULT`, which would take memory without end.
    """
    wanted, others = whole.offset + whole.limit, {}
    if wanted > DEEPEST_RESULT:
        return {}
    if min(wanted, total) > len(best):
        words = engine.candidates(replace(whole, offset=0, limit=wanted + len(best)), with_total=False)
        others = {work.translation_key: work.score for work in words.works if work.translation_key not in best}
    return dict(list({**best, **others}.items())[whole.offset : wanted])


def _meaning(retrieval: Retrieval) -> "meaning.Meaning | None":
    """Quoted phrases and numbers say what they mean by themselves."""
    parts = retrieval.text.parts if retrieval.text else ()
    if not parts or any(part.is_required for part in parts) or all(part.identifiers for part in parts):
        return None
    return meaning.current()


def _similarities(nearest: "Future[meaning.Nearest] | None", works: Iterable[str]) -> Similarities:
    """What meaning says; nothing where it is not asked, or cannot say anything now: words go on without it."""
    return NOTHING_SIMILAR if nearest is None else meaning.similarities(nearest.result(), works)


def _in_order(
    works: Iterable[Candidate],
    passages: Mapping[str, float],
    similar: Similarities,
    language: str,
    words_weight: float,
    shared: float,
    worth: float,
) -> dict[str, float]:
    """Works with their scores, best first; among equals the newest."""
    works = list(works)
    scores = {
        work.translation_key: max(work.score, ranking.PASSAGE * passages.get(work.translation_key, 0.0))
        for work in works
    }
    if similar.by_work:
        wordless = [work.translation_key for work in works if language not in work.languages]
        found = {key: similarity for key, similarity in similar.by_work.items() if key in scores}
        by_words = {key: score for key, score in scores.items() if score > 0}
        fused = fuse(
            by_words,
            found,
            wordless=wordless,
            said_elsewhere=similar.said_elsewhere(language),
            certain=ranking.IDENTIFIER,
            words_weight=words_weight,
            shared=shared,
            rarity=worth,
        )
        scores = {each.work: each.score for each in fused}
    # Cosines of works that differ lie much nearer to each other than scores of words do.
    equal = ranking.EQUAL_SIMILARITIES if similar.by_work else ranking.EQUAL_SCORES
    dates = {work.translation_key: work.date for work in works}
    keys = list(scores)
    return {keys[at]: scores[keys[at]] for at in ranking.best_first([(scores[key], dates[key]) for key in keys], equal)}
