"""The facet values of a work. County, region and program understand each other.

A work about a county belongs to the regions that hold the county, and to the programs of those regions; a work of a
program inside another belongs to both. A work tied to no county and no region is counted under `statewide`.
"""

import datetime
from collections import defaultdict

from wagtail.models import Page

from resources.editions import source_ids
from resources.models import BillPage, ConveningRecordingPage, ProgramPage, RegionPage, ResourcePage
from search.fetched_rows import rows_of

STATEWIDE = "statewide"
# facet → the relation of the source edition that holds its values, and the attribute that names a value.
_RELATIONS = {
    "topic": ("topics", "slug"),
    "audience": ("audiences", "slug"),
    "grade": ("grade_spans", "slug"),
    "county": ("counties", "slug"),
    "program": ("programs", "key"),
    "region": ("regions", "key"),
    "bill": ("bills", "key"),
}
_DATES = ("date", "starts_on", "recorded_on", "outcome_date")


def date_of(source: Page) -> datetime.date | None:
    """The date of a work: published, held, recorded or decided."""
    return next((value for name in _DATES if (value := getattr(source, name, None))), None)


class CatalogFacets:
    """Facet values of works; programs and regions are loaded once for all of them."""

    def __init__(self):
        self._program_paths = sorted(ProgramPage.objects.values_list("path", "key"))
        regions = list(RegionPage.objects.prefetch_related("counties"))
        first = set(source_ids(region.translation_key for region in regions).values())
        self._region_programs: dict[str, set] = {}
        self._county_regions: dict[str, set] = defaultdict(set)
        for region in regions:
            self._region_programs.setdefault(region.key, set()).update(self._programs_above(region.path))
            if region.pk in first:
                for county in region.counties.all():
                    self._county_regions[county.slug].add(region.key)
        self._programs_by_key = {key: self._programs_above(path) for path, key in reversed(self._program_paths)}

    @staticmethod
    def relations(model: type[Page]) -> tuple[str, ...]:
        """Relations of a page type to load with it."""
        names = [relation for relation, _attribute in _RELATIONS.values() if hasattr(model, relation)]
        names += [name for name in ("files", "captions") if hasattr(model, name)]
        if hasattr(model, "resource_type"):
            names.append("resource_type")
        return tuple(names)

    def values(self, source: Page, editions: list[str]) -> dict[str, tuple[str, ...]]:
        """facet → values of a work; `editions` are its public site languages."""
        found: dict[str, set] = defaultdict(set)
        for facet, (relation, attribute) in _RELATIONS.items():
            if hasattr(source, relation):
                found[facet].update(getattr(row, attribute) for row in rows_of(source, relation))
        found["type"].add(source.work_type)
        found["language"].update(_file_languages(source) or editions)
        if isinstance(source, ResourcePage):
            found["resource_type"].add(source.resource_type.slug)
        if isinstance(source, BillPage):
            found["bill"].add(source.key)
        if isinstance(source, RegionPage):
            found["region"].add(source.key)
        if date := date_of(source):
            found["year"].add(str(date.year))
        self._add_places(source, found)
        return {facet: tuple(sorted(values)) for facet, values in found.items() if values}

    def _add_places(self, source: Page, found: dict[str, set]) -> None:
        if hasattr(source, "counties") and not found["county"] and not found["region"]:
            found["county"].add(STATEWIDE)
        for county in tuple(found["county"]):
            found["region"] |= self._county_regions.get(county, set())
        for region in found["region"]:
            found["program"] |= self._region_programs.get(region, set())
        for program in tuple(found["program"]):
            found["program"] |= self._programs_by_key.get(program, set())
        found["program"] |= self._programs_above(source.path)

    def _programs_above(self, path: str) -> set[str]:
        """Keys of the programs at or above a place in the tree."""
        return {key for program_path, key in self._program_paths if path.startswith(program_path)}


def _file_languages(source: Page) -> set[str]:
    if isinstance(source, ResourcePage):
        return {file.language for file in rows_of(source, "files")}
    if isinstance(source, ConveningRecordingPage):
        return {track.language for track in rows_of(source, "captions")}
    return set()
