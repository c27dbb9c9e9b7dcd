"""Asking the library judged queries, as a reader would, and measuring what it answers."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from benchmarks.search_quality.judgments import Judgment, Place
from benchmarks.search_quality.measures import mean, ndcg, percentile, recall, reciprocal_rank
from search.moments import Moment
from search.query import LibraryQuery
from search.results import LibraryResults
from search.service import search

DEPTH = 10
NEAR_SECONDS = 15


class NotAnswered(Exception):
    """The engine under measurement did not answer, another did."""


@dataclass(frozen=True)
class Outcome:
    """What came of one query.

    `is_placed`: the first result is the right work, opened at the right place. `accented`: the outcome of the query
    with its accents.
    """

    judgment: Judgment
    ranking: tuple[str, ...]
    milliseconds: float
    ndcg: float
    reciprocal_rank: float
    recall: float
    is_placed: bool | None = None
    accented: "Outcome | None" = None


@dataclass(frozen=True)
class Figures:
    """Means over the queries of a task."""

    task: str
    queries: int
    ndcg: float
    mrr: float
    recall: float
    empty: float
    p50_ms: float
    p95_ms: float


def ask(judgments: Sequence[Judgment], names: Mapping[str, str] | None = None) -> list[Outcome]:
    """The outcome of every query. `names`: key → the name under which judgments know it; each name counts once.

    The first query is asked twice: what is slow only once is not measured.
    """
    if judgments:
        answer(judgments[0].text, judgments[0].language)
    return [_outcome(judgment, names or {}) for judgment in judgments]


def _outcome(judgment: Judgment, names: Mapping[str, str]) -> Outcome:
    started = time.perf_counter()
    results = answer(judgment.text, judgment.language)
    milliseconds = 1000 * (time.perf_counter() - started)
    ranking = _ranking(results, names)
    outcome = _scored(judgment, ranking, milliseconds)
    if judgment.moment:
        outcome = replace(outcome, is_placed=_is_placed(results, judgment.moment))
    if judgment.accented:
        accented = _outcome(replace(judgment, text=judgment.accented, accented=""), names)
        outcome = replace(outcome, accented=accented)
    return outcome


def _ranking(results: LibraryResults, names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names.get(result.key, result.key) for result in results.results))[:DEPTH]


def answer(text: str, language: str) -> LibraryResults:
    """What a reader of a language gets. Raises NotAnswered."""
    results = search(LibraryQuery(text=text, language=language))
    if results.degraded:
        raise NotAnswered(f"{text!r} was answered by the engine {results.engine!r}.")
    return results


def _scored(judgment: Judgment, ranking: tuple[str, ...], milliseconds: float) -> Outcome:
    """Where nothing may be found, finding nothing is perfect; showing what is unwanted is worth nothing."""
    if not judgment.relevant:
        scores = (float(not ranking),) * 3
    elif set(ranking) & set(judgment.unwanted):
        scores = (0.0,) * 3
    else:
        scores = tuple(measure(ranking, judgment.relevant) for measure in (ndcg, reciprocal_rank, recall))
    return Outcome(judgment, ranking, milliseconds, *scores)


def _is_placed(results: LibraryResults, place: Place) -> bool:
    first = next(iter(results.results), None)
    moment = next(iter(first.moments), None) if first and first.key == place.key else None
    return moment is not None and opens_at(moment, place)


def opens_at(moment: Moment, place: Place) -> bool:
    """Whether a moment of the right work is the right page, or no more than `NEAR_SECONDS` away."""
    if place.page is not None:
        return moment.page == place.page
    return moment.start is not None and place.start - NEAR_SECONDS <= moment.start <= place.end + NEAR_SECONDS


def figures_of(outcomes: Iterable[Outcome], task: str) -> Figures:
    outcomes = list(outcomes)
    times = [outcome.milliseconds for outcome in outcomes]
    return Figures(
        task=task,
        queries=len(outcomes),
        ndcg=mean([outcome.ndcg for outcome in outcomes]),
        mrr=mean([outcome.reciprocal_rank for outcome in outcomes]),
        recall=mean([outcome.recall for outcome in outcomes]),
        empty=mean([float(not outcome.ranking) for outcome in outcomes]),
        p50_ms=percentile(times, 0.5),
        p95_ms=percentile(times, 0.95),
    )


def figures_by_task(outcomes: Sequence[Outcome], with_totals: bool) -> list[Figures]:
    """A row for each task in the order in which they appear; the totals are by language and over all."""
    rows = [
        figures_of((outcome for outcome in outcomes if outcome.judgment.task == task), task)
        for task in dict.fromkeys(outcome.judgment.task for outcome in outcomes)
    ]
    if not with_totals:
        return rows
    for language in sorted({outcome.judgment.language for outcome in outcomes}):
        asked = [outcome for outcome in outcomes if outcome.judgment.language == language]
        rows.append(figures_of(asked, f"all in {language}"))
    return [*rows, figures_of(outcomes, "all")]


def remarks(outcomes: Iterable[Outcome]) -> list[str]:
    """What the table has no column for."""
    outcomes = list(outcomes)
    placed = [outcome.is_placed for outcome in outcomes if outcome.is_placed is not None]
    bare = [outcome for outcome in outcomes if outcome.accented]
    found = []
    if placed:
        found.append(f"The right work first, opened at the right second or page: {sum(placed)} of {len(placed)}.")
    if bare:
        without, having = mean([each.ndcg for each in bare]), mean([each.accented.ndcg for each in bare])
        same = sum(each.ranking == each.accented.ranking for each in bare)
        found.append(
            f"Without accents nDCG@10 is {without:.3f}, with them {having:.3f}; the first ten are the same "
            f"for {same} of {len(bare)}."
        )
    return found
