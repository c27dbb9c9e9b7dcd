"""Facets as readers see them: names of values in the reader's language, in a sensible order."""

from collections.abc import Mapping
from itertools import chain

from django.db.models import CharField, Value
from django.utils.translation import gettext_lazy as _

from resources.cards import KIND_LABELS
from resources.language_names import language_name
from resources.models import Audience, County, GradeSpan, ResourceType, Topic
from search.analysis import LANGUAGES
from search.catalog_facets import STATEWIDE
from search.engines.base import Engine, Retrieval
from search.query import FACETS, LibraryQuery
from search.results import Facet, FacetValue
from search.versions import Made, Version

FACET_LABELS = {
    "type": _("Kind"),
    "resource_type": _("Type of resource"),
    "topic": _("Topic"),
    "audience": _("For"),
    "grade": _("Grades"),
    "language": _("Language"),
    "program": _("Program"),
    "region": _("Region"),
    "county": _("County"),
    "year": _("Year"),
    "bill": _("Bill"),
}
TAXONOMIES = {
    "resource_type": ResourceType,
    "topic": Topic,
    "audience": Audience,
    "grade": GradeSpan,
    "county": County,
}
_WORKS = ("program", "region", "bill")


def build_facets(
    query: LibraryQuery, counts: Mapping[str, Mapping[str, int]], engine: Engine, hidden: tuple[str, ...] = ()
) -> tuple[Facet, ...]:
    """Facets with labels, counts and choices, none of them from `hidden` works. At most one SQL query."""
    shown = {facet: _shown(query, facet, counts.get(facet, {})) for facet in FACETS}
    labels = _labels(query.language, shown, engine, hidden)
    for facet, values in _used_nowhere(shown, engine, hidden).items():
        labels[facet] = {value: name for value, name in labels[facet].items() if value not in values}
    facets = []
    for facet in FACETS:
        values = [
            FacetValue(value, label, count, value in query.selected(facet))
            for value, count in shown[facet].items()
            if (label := labels[facet].get(value) or (value if value in query.selected(facet) else ""))
        ]
        order = list(labels[facet])
        values.sort(key=lambda item: _place(facet, item, order))
        if values:
            facets.append(Facet(facet, str(FACET_LABELS[facet]), tuple(values)))
    return tuple(facets)


def _shown(query: LibraryQuery, facet: str, counts: Mapping[str, int]) -> dict[str, int]:
    """Values with works, and chosen ones without."""
    shown = {value: count for value, count in counts.items() if count}
    return shown | {value: counts.get(value, 0) for value in query.selected(facet)}


def _used_nowhere(
    shown: Mapping[str, Mapping[str, int]], engine: Engine, hidden: tuple[str, ...]
) -> dict[str, set[str]]:
    """Facet → chosen terms that no public work carries: whoever guesses the key of one is not told its name."""
    without = {facet: {value for value, count in shown[facet].items() if not count} for facet in TAXONOMIES}
    asked = [facet for facet, values in without.items() if values]
    held = engine.count(Retrieval(without=hidden), asked) if asked else {}
    return {facet: without[facet] - {value for value, count in held[facet].items() if count} for facet in asked}


def _place(facet: str, item: FacetValue, order: list[str]) -> tuple:
    if facet == "year":
        return (-int(item.value) if item.value.isdecimal() else 1,)
    if facet in ("grade", "type", "county"):
        return (order.index(item.value) if item.value in order else len(order), item.label)
    return (-item.count, item.label)


def _labels(
    language: str, shown: Mapping[str, Mapping[str, int]], engine: Engine, hidden: tuple[str, ...]
) -> dict[str, dict[str, str]]:
    labels: dict[str, dict[str, str]] = {facet: {} for facet in FACETS}
    for facet, value, name in _names.current()[language]:
        labels[facet][value] = name
    labels["county"][STATEWIDE] = str(_("All of California, or no single county"))
    labels["type"] = {value: str(label) for value, label in KIND_LABELS.items()}
    labels["language"] = {tag: str(language_name(tag)) for tag in shown["language"]}
    labels["year"] = {year: year for year in shown["year"]}
    works = engine.find("key", dict.fromkeys(chain.from_iterable(shown[facet] for facet in _WORKS)))
    for facet in _WORKS:
        for value in shown[facet]:
            if value in works and works[value].translation_key not in hidden:
                labels[facet][value] = _work_name(works[value].stored, language)
    return labels


def _taxonomy_names() -> dict[str, list[tuple[str, str, str]]]:
    """language → (facet, slug, name) of every term in its order, in one query."""
    columns = [f"name_{language}" for language in LANGUAGES]
    parts = [
        model.objects.annotate(facet=Value(facet, CharField()))
        .order_by()
        .values_list("sort_order", "slug", "facet", *columns)
        for facet, model in TAXONOMIES.items()
    ]
    rows = sorted(parts[0].union(*parts[1:], all=True))
    return {
        language: [(facet, slug, names[at]) for _order, slug, facet, *names in rows]
        for at, language in enumerate(LANGUAGES)
    }


names_version = Version("search-facet-names", 60)
_names = Made(names_version, _taxonomy_names)


def _work_name(stored: dict, language: str) -> str:
    return stored["short_name"] or stored["titles"].get(language) or next(iter(stored["titles"].values()))
