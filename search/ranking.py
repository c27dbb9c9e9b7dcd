"""The weights of ranking, the same for every engine. Measured with `benchmarks/search_quality`."""

from collections.abc import Sequence

# A word in a title says more about a work than the same word in its body.
FIELD_WEIGHTS = {"title": 1.6, "terms": 0.75, "text": 1.0}
# What the best field leaves over still counts a little.
TIE_BREAKER = 0.3
# Text in the language that the reader does not read is found, after equals.
OTHER_LANGUAGE = 0.7
# The word with the ending that was typed…
EXACT_WORD = 0.8
# …and, in titles, summaries and names, with its accents or ñ where the reader took the trouble to type them.
EXACT_ACCENTS = 0.5
# Each part of the query that is there counts by itself, however common…
COVERED = 1.0
# …and works that hold every part of the query come before works that hold some.
COMPLETE = 5.0
# The whole query is the title, or the number of a bill, a DOI, an ISBN.
EXACT_TITLE = 1000.0
IDENTIFIER = 500.0
# Scores nearer than this part of the best one are equals: the newest comes first.
EQUAL_SCORES = 0.01
EQUAL_SIMILARITIES = 0.001
# A work is worth as much as its best passage, where that is worth more than the whole.
PASSAGE = 1.0
# A word joined by a hyphen, found apart.
JOINED_APART = 0.8
# Another official wording of a term that was typed…
EXPANSION = 0.6
# …the official term for what families type, and their own words beside it.
OFFICIAL_TERM = 1.0
FAMILY_WORDS = 0.4
# More like this: what words of the title and of the summary count beside terms that stand in both works…
ALIKE_TITLE = 1.0
ALIKE_SUMMARY = 0.5
# …and the part of its own score that another work must reach to be called alike.
ALIKE = 0.2


def best_first(scored: Sequence[tuple[float, int | None]], equal: float = EQUAL_SCORES) -> list[int]:
    """The places of (score, date as yyyymmdd) pairs, best first, among equals the newest, last those without a score.

    `equal`: scores nearer than this part of the best one are equals. What is found by its number or whole title stands
    apart: the others are measured by the best of themselves.
    """
    step = max(max((score for score, _date in scored if score < IDENTIFIER), default=0.0) * equal, 1e-9)
    rank = [(score <= 0, -round(score / step), -(date or 0)) for score, date in scored]
    return sorted(range(len(scored)), key=rank.__getitem__)
