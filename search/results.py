"""What the library answers: results, facets with counts, and what was done to the query."""

from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from resources.cards import WorkCard
from search.highlighting import Highlight
from search.moments import Moment
from search.query import DEEPEST_RESULT, LibraryQuery


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet with the number of works it would show."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Facet:
    """A facet with its values in the order shown."""

    name: str
    label: str
    values: tuple[FacetValue, ...]

    @property
    def has_selection(self) -> bool:
        return any(value.selected for value in self.values)


@dataclass
class ResultCard(WorkCard):
    """A card with what was looked for marked in its summary, and pieces of the work's text that hold it: safe HTML."""

    highlights: list[SafeString] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)


@dataclass(frozen=True)
class LibraryResult:
    """One work found. `highlights` are ready to show; `moments` are places inside it."""

    key: str
    work_type: str
    resource_type: str
    card: ResultCard
    summary: str
    languages: tuple[str, ...]
    editions: tuple[str, ...]
    highlights: tuple[Highlight, ...] = ()
    moments: tuple[Moment, ...] = ()
    score: float = 0.0

    @property
    def url(self) -> str:
        return self.card.url


@dataclass(frozen=True)
class Recommendation:
    """A work that editors recommend for a query, with their note and its language; the note may be empty."""

    result: LibraryResult
    note: str = ""
    note_lang: str = ""


@dataclass(frozen=True)
class LibraryResults:
    """The answer to a LibraryQuery.

    `suggestion` is a better spelled query; `is_repaired` says that the results are already those of it.
    `unknown_words` are those that nothing in the library holds. `expanded` are the terms that were looked for besides
    the reader's words.
    """

    query: LibraryQuery
    engine: str
    total: int
    results: tuple[LibraryResult, ...] = ()
    facets: tuple[Facet, ...] = ()
    degraded: bool = False
    took_ms: float = 0.0
    suggestion: str = ""
    is_repaired: bool = False
    unknown_words: tuple[str, ...] = ()
    expanded: tuple[str, ...] = ()
    related_terms: tuple[str, ...] = ()
    best_bets: tuple[Recommendation, ...] = ()

    @property
    def asked(self) -> str:
        """The text that these are results of: as typed, or as it was corrected."""
        return self.suggestion if self.is_repaired else self.query.text

    @property
    def not_recommended(self) -> tuple[LibraryResult, ...]:
        """The results without those that stand above them as recommended already."""
        above = {bet.result.key for bet in self.best_bets}
        return tuple(result for result in self.results if result.key not in above)

    @property
    def pages(self) -> int:
        """How many pages can be shown, at least one: nothing is shown beyond `DEEPEST_RESULT`."""
        size = self.query.size
        return max(1, min(-(-self.total // size), DEEPEST_RESULT // size))
