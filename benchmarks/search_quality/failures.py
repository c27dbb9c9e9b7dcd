"""The queries that fared worst, with what was found for them. Never those of the frozen half."""

from collections.abc import Iterable

from benchmarks.search_quality.asking import Outcome
from benchmarks.search_quality.measures import answers_among

SHOWN_RESULTS = 5


def worst(outcomes: Iterable[Outcome], number: int) -> list[str]:
    """A line for each of the worst queries."""
    failed = sorted((outcome for outcome in outcomes if outcome.ndcg < 1), key=lambda outcome: outcome.ndcg)
    return [_line(outcome) for outcome in failed[:number]]


def _line(outcome: Outcome) -> str:
    judgment = outcome.judgment
    wanted = ", ".join(sorted(answers_among(judgment.relevant))) or "nothing"
    found = ", ".join(outcome.ranking[:SHOWN_RESULTS]) or "nothing"
    asked = f"{outcome.ndcg:.2f} [{judgment.task}, {judgment.language}] {judgment.text}"
    return f"{asked}\n     wanted: {wanted}\n     found: {found}"
