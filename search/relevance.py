"""Relevance: one page of works out of what words, passages and meaning find.

Words say which works are found: any of them in any language. Of these the best `BEST` are put in order anew: a work is
worth as much as it is as a whole or as its best passage is, and, where vectors are there, what `search.fusion` makes of
its words in the query's language and of its meaning. Works that only meaning finds are found too, if they are near
enough to be no noise.
"""

import logging
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from search import ranking
from search.engines.base import Candidate, Engine, Hit, Retrieval, TextQuery
from search.fusion import UNDERSTOOD_WEIGHT, WORDS_WEIGHT, fuse, in_language
from search.query_language import query_language
from search.vectors import meaning
from search.vectors.meaning import PlaceFound, Similarities

logger = logging.getLogger(__name__)

BEST = 200
MOST_PASSAGES = 100
FEW_PARTS = 2
NOTHING_SIMILAR = Similarities()


@dataclass(frozen=True)
class Found:
    """A page of hits, how many works there are in all, the retrieval to count by, the words in the languages they were
    looked for in, and places found by meaning."""

    hits: tuple[Hit, ...]
    total: int
    retrieval: Retrieval
    words: TextQuery | None = None
    places: Mapping[str, list[PlaceFound]] = field(default_factory=dict)


def find(
    engine: Engine, retrieval: Retrieval, typed: str, with_meaning: bool = True, is_understood: bool = False
) -> Found:
    """The works of one page. `typed` is the text to be understood by its meaning; `is_understood`: the glossary knows
    what it means. Raises EngineUnavailable.
    """
    if retrieval.text is None:
        retrieved = engine.retrieve(retrieval)
        return Found(retrieved.hits, retrieved.total, retrieval)
    meant = _meaning(retrieval) if with_meaning else None
    if retrieval.order != "relevance" and not meant:
        retrieved = engine.retrieve(retrieval)
        return Found(retrieved.hits, retrieved.total, retrieval, retrieval.text)
    language = query_language(typed, retrieval.language)
    asked = replace(retrieval, offset=0, limit=BEST)
    if meant:
        asked = replace(asked, text=in_language(retrieval.text, language))
    first = engine.candidates(asked, with_total=not meant)
    words, passages = first.works, _passage_scores(engine, asked)
    similar = _similarities(meant, typed, language, [*(work.translation_key for work in words), *passages])
    also = tuple(similar.beyond_noise())
    if meant and not words and (len(retrieval.text.parts) <= FEW_PARTS or not also):
        # No text in the query's language holds them: a name, or what the reader knows by the other language's word.
        asked = replace(asked, text=retrieval.text)
        words, passages = engine.candidates(asked, with_total=False).works, _passage_scores(engine, asked)
    whole = replace(retrieval, also=also)
    if retrieval.order != "relevance":
        retrieved = engine.retrieve(whole)
        return Found(retrieved.hits, retrieved.total, whole, asked.text, similar.places)
    known = {work.translation_key for work in words}
    # Of less than `BEST` works all that words find are known.
    missed = tuple(key for key in (*(passages if len(words) >= BEST else ()), *also) if key not in known)
    if missed:
        found = replace(asked, also=also, among=missed, limit=len(missed))
        words += engine.candidates(found, with_total=False).works
    is_understood = is_understood or any(part.identifiers for part in retrieval.text.parts)
    best = _in_order(words, passages, similar, language, UNDERSTOOD_WEIGHT if is_understood else WORDS_WEIGHT)
    total = engine.candidates(replace(whole, offset=0, limit=0)).total if meant else first.total
    page = _page(engine, whole, best, total)
    hits = engine.find("translation_key", page, with_texts=True)
    shown = tuple(replace(hits[key], score=score) for key, score in page.items() if key in hits)
    return Found(shown, total, whole, asked.text, similar.places)


def _page(engine: Engine, whole: Retrieval, best: Mapping[str, float], total: int) -> dict[str, float]:
    """The works of one page with their scores: the best ones, then all others in the order of their words."""
    wanted, others = whole.offset + whole.limit, {}
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


def _passage_scores(engine: Engine, asked: Retrieval) -> dict[str, float]:
    """translation_key → the score of its best passage."""
    return engine.passage_scores(asked.text, MOST_PASSAGES) if asked.text else {}


def _similarities(meant: "meaning.Meaning | None", typed: str, language: str, works: Iterable[str]) -> Similarities:
    """What meaning says; nothing where it cannot say anything now, since words go on without it."""
    if meant is None:
        return NOTHING_SIMILAR
    try:
        return meant.similarities(typed, language, works)
    except (OSError, sqlite3.Error) as error:
        logger.error("Searching by words alone, the vectors cannot be read: %s", error)
        return NOTHING_SIMILAR


def _in_order(
    works: Iterable[Candidate],
    passages: Mapping[str, float],
    similar: Similarities,
    language: str,
    words_weight: float,
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
        fused = fuse(by_words, found, wordless, ranking.IDENTIFIER, words_weight)
        scores = {each.work: each.score for each in fused}
    # Cosines of works that differ lie much nearer to each other than scores of words do.
    equal = ranking.EQUAL_SIMILARITIES if similar.by_work else ranking.EQUAL_SCORES
    dates = {work.translation_key: work.date for work in works}
    keys = list(scores)
    return {keys[at]: scores[keys[at]] for at in ranking.best_first([(scores[key], dates[key]) for key in keys], equal)}
