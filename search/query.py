"""LibraryQuery: what a reader asks of the library, read from an address and written back to one.

Reading never raises: what cannot be used is named in `problems`, which the API turns into a 400 answer. The page goes
on without it, except that a value which no work can have stays chosen: readers see it as a filter and can remove it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from resources.cards import KIND_LABELS
from resources.models.catalog import LANGUAGE_TAG
from search.analysis import LANGUAGES, clean

FACETS = (
    "type",
    "resource_type",
    "topic",
    "audience",
    "grade",
    "language",
    "program",
    "region",
    "county",
    "year",
    "bill",
)
# What values can be where that is settled beforehand; those of the other facets come and go with what editors add.
KINDS = tuple(KIND_LABELS)
YEAR = re.compile("^[0-9]{4}$")
SORTS = ("relevance", "newest", "oldest", "title")
DEFAULT_SIZE = 20
LARGEST_SIZE = 100
LONGEST_TEXT = 300
LONGEST_VALUE = 100
MOST_VALUES = 50
DEEPEST_RESULT = 10_000
LARGEST_PAGE = 999_999_999_999


@dataclass(frozen=True)
class Problem:
    """A parameter that could not be used, and why."""

    parameter: str
    message: str


@dataclass(frozen=True)
class LibraryQuery:
    """Words, filters (several values a facet), order and page, in the reader's language."""

    text: str = ""
    language: str = "en"
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    size: int = DEFAULT_SIZE
    expand: bool = True
    repair: bool = True
    problems: tuple[Problem, ...] = ()

    @classmethod
    def parse(cls, params: QueryDict, language: str | None = None) -> "LibraryQuery":
        """Reads the parameters of an address. `language` fixes the reader's language, else `lang` gives it."""
        problems: list[Problem] = []
        if language is None:
            language = params.get("lang") or LANGUAGES[0]
        if language not in LANGUAGES:
            problems.append(Problem("lang", str(_("Choose en or es."))))
            language = LANGUAGES[0]
        text = " ".join(clean(params.get("q", "")).split())
        if len(text) > LONGEST_TEXT:
            problems.append(Problem("q", str(_("Write at most %(count)d characters.")) % {"count": LONGEST_TEXT}))
            text = text[:LONGEST_TEXT]
        sort = params.get("sort", "")
        if sort and sort not in SORTS:
            problems.append(Problem("sort", _choice(SORTS)))
            sort = ""
        return cls(
            text=text,
            language=language,
            filters=_filters(params, problems),
            sort=sort,
            page=_number(params, "page", 1, LARGEST_PAGE, problems),
            size=_number(params, "size", DEFAULT_SIZE, LARGEST_SIZE, problems),
            expand=_flag(params, "expand", problems),
            repair=_flag(params, "repair", problems),
            problems=tuple(problems),
        )

    @property
    def order(self) -> str:
        """The order asked for; without one, relevance for words and newest for browsing."""
        if self.sort == "relevance" and not self.text:
            return "newest"
        return self.sort or ("relevance" if self.text else "newest")

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size

    @property
    def is_browsing(self) -> bool:
        """Nothing was asked: the library as it stands on the shelf."""
        return not self.text and not self.filters

    def selected(self, facet: str) -> tuple[str, ...]:
        return self.filters.get(facet, ())

    def without(self, facet: str, value: str | None = None) -> "LibraryQuery":
        """The same query without one value of a facet, or without the whole facet; on its first page."""
        kept = tuple(item for item in self.selected(facet) if value is not None and item != value)
        filters = {name: values for name, values in self.filters.items() if name != facet}
        if kept:
            filters[facet] = kept
        return replace(self, filters=filters, page=1)

    def without_filters(self) -> "LibraryQuery":
        return replace(self, filters={}, page=1)

    def with_text(self, text: str) -> "LibraryQuery":
        return replace(self, text=text, page=1)

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of this query's address, defaults left out."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(facet, value) for facet in FACETS for value in self.selected(facet)]
        if self.sort:
            pairs.append(("sort", self.sort))
        if not self.expand:
            pairs.append(("expand", "0"))
        if not self.repair:
            pairs.append(("repair", "0"))
        if self.size != DEFAULT_SIZE:
            pairs.append(("size", str(self.size)))
        if self.page != 1:
            pairs.append(("page", str(self.page)))
        return pairs

    @property
    def url(self) -> str:
        """This query as the relative address `?…`; the bare `?` for an empty one."""
        return "?" + urlencode(self.pairs())


def _filters(params: QueryDict, problems: list[Problem]) -> dict[str, tuple[str, ...]]:
    filters = {}
    for facet in FACETS:
        given = params.getlist(facet)
        values = dict.fromkeys(clean(value).strip() for value in given)
        values.pop("", None)
        usable = [value for value in values if len(value) <= LONGEST_VALUE][:MOST_VALUES]
        if len(usable) < len(values) or len(given) > MOST_VALUES:
            problems.append(Problem(facet, str(_("Too many values, or a value that is too long."))))
        elif remedy := _remedy(facet, usable):
            problems.append(Problem(facet, remedy))
        if usable:
            filters[facet] = tuple(usable)
    return filters


def _remedy(facet: str, values: list[str]) -> str:
    """What to write instead where one of the values can be none of the facet; empty where all can."""
    if facet == "type" and not set(values) <= set(KINDS):
        return _choice(KINDS)
    if facet == "language" and not all(LANGUAGE_TAG.regex.search(value) for value in values):
        return str(LANGUAGE_TAG.message)
    if facet == "year" and not all(YEAR.search(value) for value in values):
        return str(_("Write the year with four digits, such as 2024."))
    return ""


def _choice(names: tuple[str, ...]) -> str:
    return str(_("Choose one of: %(names)s.")) % {"names": ", ".join(names)}


def _flag(params: QueryDict, name: str, problems: list[Problem]) -> bool:
    """False for 0; whatever is not given is wanted."""
    raw = params.get(name, "").strip()
    if raw not in ("", "0", "1"):
        problems.append(Problem(name, str(_("Write 0 or 1."))))
    return raw != "0"


def _number(params: QueryDict, name: str, default: int, largest: int, problems: list[Problem]) -> int:
    raw = params.get(name, "").strip()
    if not raw:
        return default
    number = int(raw) if raw.isascii() and raw.isdigit() and len(raw) <= len(str(LARGEST_PAGE)) else 0
    if not 1 <= number <= largest:
        message = _("Write a number from 1 to %(largest)d.") % {"largest": largest}
        problems.append(Problem(name, str(message)))
        return default
    return number
