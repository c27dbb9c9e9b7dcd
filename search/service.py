"""The one door to the library's search: `search(LibraryQuery) -> LibraryResults`, for page, API, feeds and tests."""

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.utils.html import escape

from resources import languages
from search import relevance
from search.best_bets import best_bets
from search.documents import build_documents
from search.engines import engines_in_turn
from search.engines.base import Engine, EngineUnavailable, Hit, Retrieval
from search.facets import build_facets
from search.glossary import current_glossary
from search.hidden import hidden_works
from search.highlighting import Highlight, Highlighter
from search.known_names import current_names
from search.moments import PASSAGES_EACH, Moments, moments_of
from search.parsing import parse
from search.query import FACETS, LibraryQuery
from search.relevance import Asked
from search.results import LibraryResult, LibraryResults, ResultCard
from search.spelling import NO_REPAIR, Repair, repair
from search.understanding import Understanding, understand

logger = logging.getLogger(__name__)


def search(query: LibraryQuery) -> LibraryResults:
    """Answers a query: results with cards and highlights, facets with counts. Constant SQL queries."""
    started = time.perf_counter()
    # What is recommended belongs to the same search.
    with engines_in_turn()[0].one_search():
        answer = first_answer(lambda engine: _answer(engine, query))
        if answer is None:
            answer = LibraryResults(query, engine="none", total=0, degraded=True)
        answer = replace(answer, best_bets=best_bets(query, find_works))
    return replace(answer, took_ms=round((time.perf_counter() - started) * 1000, 1))


def find_works(keys: Iterable[str], language: str) -> list[LibraryResult]:
    """Public works by their keys, in order; those that are not public are left out."""
    keys = list(keys)
    found = first_answer(lambda engine: engine.find("key", keys)) or {}
    return show([found[key] for key in keys if key in found], language)


def first_answer(ask: Callable):
    """The answer of the first engine that can give one; None where none can."""
    for engine in engines_in_turn():
        try:
            with engine.one_search():
                return ask(engine)
        except EngineUnavailable as error:
            logger.error("Search engine %s is unavailable: %s", engine.name, error)
    return None


@dataclass(frozen=True)
class Interpretation:
    """What a query was taken to mean. `asked` is its text as it is searched for."""

    retrieval: Retrieval
    understanding: Understanding
    repair: Repair = NO_REPAIR
    asked: str = ""

    @property
    def is_repaired(self) -> bool:
        """What was typed finds nothing, so the better spelled words are looked for."""
        return self.repair.certain is not None


def interpret(query: LibraryQuery, engine: Engine) -> Interpretation:
    """Words repaired, terms of the glossary recognized, filters and order as asked. Raises EngineUnavailable."""
    pieces, hidden = parse(query.text), hidden_works()
    better = repair(pieces, engine, query.language, current_names()) if query.repair else NO_REPAIR
    if hidden and better.text and not _finds(engine, better, query.language, hidden):
        better = replace(NO_REPAIR, unknown=better.unknown)
    pieces = list(better.certain or pieces)
    understood = understand(pieces, query.language, current_glossary() if query.expand else None)
    text = understood.text if query.text else None
    retrieval = Retrieval(text, query.filters, query.order, query.language, query.offset, query.size, without=hidden)
    return Interpretation(retrieval, understood, better, better.text if better.certain else query.text)


def _finds(engine: Engine, better: Repair, language: str, hidden: tuple[str, ...]) -> bool:
    """Whether better spelled words stand in a work that is not hidden."""
    text = understand(better.certain or better.suggested, language).text
    return engine.candidates(Retrieval(text, limit=0, without=hidden)).total > 0


def _answer(engine: Engine, query: LibraryQuery) -> LibraryResults:
    meant = interpret(query, engine)
    is_understood = bool(meant.understanding.expanded)
    asked = Asked(meant.retrieval, meant.asked, FACETS, PASSAGES_EACH, query.expand, is_understood)
    found = relevance.find(engine, asked)
    # Read while the best passages are still looked for.
    public = _public(found.hits, query.language)
    highlighter = Highlighter(meant.retrieval.text)
    results = _results(public, highlighter, query.language, moments_of(engine, found, highlighter))
    return LibraryResults(
        query=query,
        engine=engine.name,
        degraded=engine.is_degraded,
        total=found.total,
        results=tuple(results),
        facets=build_facets(query, found.counts.result(), engine, meant.retrieval.without),
        suggestion=meant.repair.text,
        is_repaired=meant.is_repaired,
        unknown_words=tuple(word for word in meant.repair.unknown if word not in meant.understanding.understood),
        expanded=meant.understanding.expanded,
        related_terms=meant.understanding.related_terms,
    )


def show(hits: Iterable[Hit], language: str) -> list[LibraryResult]:
    """Public works as results, without what is found inside them."""
    return _results(_public(hits, language), Highlighter(None), language)


def _public(hits: Iterable[Hit], language: str) -> list[tuple[Hit, languages.LocalizedEdition]]:
    """Hits with what readers of a language get. Read anew: a work made private since it was indexed is left out, and
    of one that lost an edition nothing is shown of that."""
    hits = list(hits)
    editions = languages.localized([hit.translation_key for hit in hits], language=language) if hits else {}
    by_key = {str(key): edition for key, edition in editions.items()}
    public = [hit for hit in hits if hit.translation_key in by_key]
    changed = [hit for hit in public if not set(hit.stored["editions"]) <= set(by_key[hit.translation_key].editions)]
    fresh = _stored_now(hit.translation_key for hit in changed)
    public = [replace(hit, stored=fresh.get(hit.translation_key, hit.stored)) for hit in public]
    return [(hit, by_key[hit.translation_key]) for hit in public if hit.stored["cards"].get(language)]


def _stored_now(keys: Iterable[str]) -> dict[str, dict]:
    """translation_key → what the index will keep of a work once it comes to it."""
    keys = list(keys)
    return {document.translation_key: document.stored for document in build_documents(keys)} if keys else {}


def _results(
    public: Iterable[tuple[Hit, languages.LocalizedEdition]],
    highlighter: Highlighter,
    language: str,
    places: Moments | None = None,
) -> list[LibraryResult]:
    results = []
    for hit, edition in public:
        card = ResultCard(**{**hit.stored["cards"][language], "url": edition.url})
        card.moments = list(places.of(hit.translation_key, edition.url, language)) if places else []
        results.append(_result(hit, card, highlighter, language))
    return results


def _result(hit: Hit, card: ResultCard, highlighter: Highlighter, language: str) -> LibraryResult:
    stored, summary = hit.stored, card.summary
    card.summary = highlighter.mark(summary, card.lang)
    is_summary_marked = card.summary != escape(summary)
    is_said = is_summary_marked or any(moment.lang == card.lang for moment in card.moments)
    pieces = _pieces(stored["texts"], card.lang, highlighter, own_alone=is_said)
    card.highlights = [piece.in_language(language) for piece in pieces]
    if is_summary_marked:
        pieces = (Highlight(card.summary, card.lang), *pieces)
    return LibraryResult(
        key=stored["key"],
        work_type=stored["type"],
        resource_type=stored["resource_type"],
        card=card,
        summary=summary,
        languages=tuple(stored["languages"]),
        editions=tuple(stored["editions"]),
        highlights=pieces,
        moments=tuple(card.moments),
        score=hit.score,
    )


def _pieces(texts: dict, shown: str, highlighter: Highlighter, own_alone: bool) -> tuple[Highlight, ...]:
    """A piece of the text in the language shown; unless `own_alone`, of the other's where that holds nothing."""
    for language in (shown,) if own_alone and shown in texts else sorted(texts, key=lambda each: each != shown):
        for part in ("body",) if language == shown else ("body", "summary"):
            if found := highlighter.snippet(texts[language].get(part, ""), language):
                return (found,)
    return ()
