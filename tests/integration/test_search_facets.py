"""Facets: counts are those of the works themselves, and places understand each other."""

import random
from itertools import product

import pytest

from search.catalog_facets import STATEWIDE
from search.documents import build_documents, public_stamps
from search.query import FACETS
from tests.search_site import find, kept_for_a_module, keys

pytestmark = pytest.mark.django_db
COMBINATIONS = 200


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker) as site:
        _fill(site, random.Random(7))  # noqa: S311
        yield site


def _fill(site, chance):
    program = site.program("el-win", "EL-WIN")
    site.program("el-win-policy", "EL-WIN State Policy", parent=program)
    valley = site.region("central-valley", "Central Valley", program, ["fresno", "kern"])
    topics, counties = ["elpac", "data", "biliteracy"], ["fresno", "kern", "los-angeles"]
    for number in range(40):
        languages = chance.choice([["en"], ["es"], ["en", "es"]])
        site.resource(
            f"work-{number}",
            topics=chance.sample(topics, chance.randint(0, 2)),
            counties=chance.sample(counties, chance.choice([0, 0, 1, 2])),
            regions=[valley] if chance.random() < 0.2 else [],
            date=chance.choice([None, "2023-05-01", "2024-01-31", "2025-11-02"]),
            files=chance.choice([[], ["en"], ["es"], ["en", "zh-Hans"]]),
            **{f"title_{code}": f"Work {number} about {chance.choice(['schools', 'families'])}" for code in languages},
        )
    site.bill("AB 2268", "English learners", program)
    site.index()


def _counted(documents, filters, facet):
    """value → works that pass the filters of the other facets."""
    counts: dict[str, int] = {}
    others = {name: values for name, values in filters.items() if name != facet}
    for document in documents:
        if all(set(values) & set(document.facets.get(name, ())) for name, values in others.items()):
            for value in document.facets.get(facet, ()):
                counts[value] = counts.get(value, 0) + 1
    return counts


def test_counts_are_those_of_a_count_over_the_database(library):
    documents = list(build_documents(public_stamps()))
    values = {facet: sorted({v for d in documents for v in d.facets.get(facet, ())}) for facet in FACETS}
    chance = random.Random(11)  # noqa: S311
    for _round in range(COMBINATIONS):
        chosen = chance.sample([facet for facet in FACETS if values[facet]], chance.randint(0, 3))
        filters = {facet: tuple(chance.sample(values[facet], min(2, len(values[facet])))) for facet in chosen}
        results = find(filters=filters)
        passing = [d for d in documents if all(set(v) & set(d.facets.get(f, ())) for f, v in filters.items())]
        assert results.total == len(passing), filters
        for facet in results.facets:
            expected = _counted(documents, filters, facet.name)
            shown = {value.value: value.count for value in facet.values}
            for value in filters.get(facet.name, ()):
                expected.setdefault(value, 0)
            assert shown == expected, (filters, facet.name)


def test_choosing_a_value_leaves_the_others_countable(library):
    before = {v.value: v.count for f in find().facets if f.name == "topic" for v in f.values}
    after = find(filters={"topic": ("elpac",)})
    assert {v.value: v.count for f in after.facets if f.name == "topic" for v in f.values} == before
    assert after.total == before["elpac"]


def test_a_value_without_works_is_hidden_unless_it_is_chosen(library):
    filters = {"type": ("bill",), "topic": ("elpac",)}
    results = find(filters=filters)
    topic = next(facet for facet in results.facets if facet.name == "topic")
    assert [(value.value, value.count, value.selected) for value in topic.values] == [("elpac", 0, True)]
    assert results.total == 0


def test_a_work_about_a_county_belongs_to_its_region_and_program(library):
    fresno = set(keys(filters={"county": ("fresno",)}, size=100))
    assert fresno
    assert fresno <= set(keys(filters={"region": ("central-valley",)}, size=100))
    assert fresno <= set(keys(filters={"program": ("el-win",)}, size=100))


def test_statewide_works_are_counted_apart(library):
    statewide = keys(filters={"county": (STATEWIDE,), "type": ("resource",)}, size=100)
    placed = keys(filters={"region": ("central-valley",), "type": ("resource",)}, size=100)
    assert statewide
    assert not set(statewide) & set(placed)


def test_a_program_inside_another_belongs_to_both(library):
    assert "el-win-policy" in keys(filters={"program": ("el-win",), "type": ("program",)})


def test_labels_are_in_the_language_of_the_reader(library):
    for language, name in (("en", "Elpac"), ("es", "Elpac (es)")):
        topic = next(facet for facet in find(language=language).facets if facet.name == "topic")
        assert name in [value.label for value in topic.values]


@pytest.mark.parametrize("language", ["en", "es"])
def test_orders(library, language):
    dates = [result.card.sort_date or "" for result in find(language=language, sort="newest", size=100).results]
    assert dates == sorted(dates, reverse=True)
    dates = [result.card.sort_date or "" for result in find(language=language, sort="oldest", size=100).results]
    assert [date for date in dates if date] == sorted(date for date in dates if date)
    titles = [result.card.title for result in find(language=language, sort="title", size=100).results]
    assert titles == sorted(titles)


def test_pages_hold_every_work_once(library):
    whole = keys(size=100)
    assert len(set(whole)) == len(whole) == find().total
    for words, sort in product(("", "work"), ("relevance", "newest", "title")):
        total = find(words, sort=sort).total
        pages = [keys(words, sort=sort, size=7, page=page) for page in range(1, total // 7 + 2)]
        assert sorted(key for page in pages for key in page) == sorted(keys(words, sort=sort, size=100))
