"""Facets derived from regions and programs follow them, for works that stand elsewhere too."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from resources.models import County, RegionPage
from search.documents import build_documents, public_stamps
from search.indexing import drift
from search.models import OutboxEntry
from tests.factories import make_edition
from tests.search_site import SearchSite, keys

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "es")


@pytest.fixture
def library():
    site = SearchSite()
    site.win = site.program("el-win", "EL-WIN")
    site.other = site.program("el-other", "Another program")
    site.valley = site.region("valley", "Valley", site.win, ["fresno", "kern"])
    site.in_fresno = site.resource("in-fresno", title_en="Fresno", title_es="De Fresno", counties=["fresno"])
    site.resource("in-kern", title_en="Kern", title_es="De Kern", counties=["kern"])
    site.resource("in-yolo", title_en="Yolo", title_es="De Yolo", counties=["yolo"])
    site.resource("of-region", title_en="Region", title_es="De la región", regions=[site.valley])
    site.resource("of-program", title_en="Program", title_es="Del programa", programs=[site.win])
    site.index()
    site.catch_up()
    return site


def resources(language="en", **facets) -> set[str]:
    """The resources that the index, which the worker brought up to date, has under facets."""
    filters = {name: (value,) for name, value in facets.items()}
    return set(keys(language=language, filters={**filters, "type": ("resource",)}, size=100))


def assert_resources(expected: set[str], **facets) -> None:
    for language in LANGUAGES:
        assert resources(language, **facets) == expected


def assert_index_is_true(library) -> None:
    """Whatever facet the database gives to a work, the index has it."""
    library.catch_up()
    assert drift().keys == ()
    for document in build_documents(public_stamps()):
        for facet in ("region", "program", "county", "bill"):
            for value in document.facets.get(facet, ()):
                assert document.key in keys(filters={facet: (value,)}, size=100), (document.key, facet, value)
    for facet in ("region", "program"):
        for value in ("valley", "el-win", "el-other"):
            expected = {d.key for d in build_documents(public_stamps()) if value in d.facets.get(facet, ())}
            assert set(keys(filters={facet: (value,)}, size=100)) == expected, (facet, value)


def publish_with(region: RegionPage, *counties: str) -> None:
    """As an editor does: counties are chosen in a draft, which is published."""
    region = RegionPage.objects.get(pk=region.pk)
    region.counties = [SearchSite.term(County, slug) for slug in counties]
    region.save_revision().publish()


def test_counties_that_a_region_gets_and_loses_are_seen_by_their_works(library):
    assert_resources({"in-fresno", "in-kern", "of-region"}, region="valley")
    publish_with(library.valley, "fresno", "yolo")
    library.catch_up()
    assert_resources({"in-fresno", "in-yolo", "of-region"}, region="valley")
    assert_resources({"in-fresno", "in-yolo", "of-region", "of-program"}, program="el-win")
    assert_index_is_true(library)


def test_only_works_of_counties_that_changed_are_renewed(library):
    publish_with(library.valley, "fresno", "yolo")
    waiting = set(OutboxEntry.objects.values_list("translation_key", flat=True))
    assert library.in_fresno.translation_key not in waiting
    assert len(waiting) == 3


@pytest.mark.parametrize("way", ["cleared", "from the county"])
def test_counties_taken_from_a_region_otherwise_are_seen(library, way):
    if way == "cleared":
        region = RegionPage.objects.get(pk=library.valley.pk)
        region.counties.clear()
        region.save()
    else:
        County.objects.get(slug="fresno").regions.remove(library.valley)
        County.objects.get(slug="kern").regions.clear()
    library.catch_up()
    assert_resources({"of-region"}, region="valley")
    assert_index_is_true(library)


def test_a_region_that_is_added_gets_the_works_of_its_counties(library):
    library.region("north", "North", library.other, ["yolo"])
    library.catch_up()
    assert_resources({"in-yolo"}, region="north")
    assert_resources({"in-yolo"}, program="el-other")
    assert_index_is_true(library)


def test_works_follow_a_region_that_is_moved(library):
    valley, other = Page.objects.get(pk=library.valley.pk), Page.objects.get(pk=library.other.pk)
    valley.move(other, "last-child")
    library.catch_up()
    assert_resources({"in-fresno", "in-kern", "of-region"}, program="el-other")
    assert_resources({"of-program"}, program="el-win")
    assert_index_is_true(library)


@pytest.mark.parametrize("live", [True, False], ids=["live", "draft"])
def test_works_follow_a_program_that_is_moved(library, live):
    if not live:
        Page.objects.get(pk=library.win.pk).unpublish()
        library.catch_up()
    Page.objects.get(pk=library.win.pk).move(Page.objects.get(pk=library.other.pk), "last-child")
    library.catch_up()
    assert_resources({"in-fresno", "in-kern", "of-region", "of-program"}, program="el-other")
    assert_index_is_true(library)


@pytest.mark.parametrize("page", ["valley", "win"])
def test_works_leave_a_region_or_a_program_that_is_deleted(library, page):
    Page.objects.get(pk=getattr(library, page).pk).delete()
    library.catch_up()
    assert_resources(set(), region="valley")
    assert_resources({"of-program"} if page == "valley" else set(), program="el-win")
    assert "of-region" in resources(county="statewide")
    assert_index_is_true(library)


def test_works_stay_in_a_region_whose_other_edition_takes_over(library):
    for page, title in ((library.win, "Programa"), (library.valley, "Valle")):
        page.save_revision().publish()
        make_edition(page, "es", title=title)
    library.catch_up()
    RegionPage.objects.get(pk=library.valley.pk).delete()
    library.catch_up()
    assert_resources({"in-fresno", "in-kern", "of-region"}, region="valley")
    assert_index_is_true(library)


@pytest.mark.parametrize("slug", ["valley-of-the-south", "valley"])
def test_a_new_address_or_an_unpublished_region_changes_no_facet(library, slug):
    region = RegionPage.objects.get(pk=library.valley.pk)
    region.slug = slug
    region.save_revision().publish()
    Page.objects.get(pk=library.valley.pk).unpublish()
    waiting = set(OutboxEntry.objects.values_list("translation_key", flat=True))
    assert waiting == {library.valley.translation_key}
    assert_index_is_true(library)
    assert_resources({"in-fresno", "in-kern", "of-region"}, region="valley")


def test_works_lose_a_bill_that_is_deleted(library):
    bill = library.bill("AB 2268", "English learners", library.win)
    library.in_fresno.bills = [bill]
    library.in_fresno.save()
    library.catch_up()
    assert_resources({"in-fresno"}, bill=bill.key)
    Page.objects.get(pk=bill.pk).delete()
    library.catch_up()
    assert_resources(set(), bill=bill.key)


def test_many_works_cost_no_more_queries_than_few(library):
    kern = County.objects.get(slug="kern")

    def costs() -> list[int]:
        found = []
        for change in (
            lambda: kern.regions.remove(library.valley),
            lambda: kern.regions.add(library.valley),
            lambda: Page.objects.get(pk=library.valley.pk).move(Page.objects.get(pk=library.other.pk), "last-child"),
            lambda: Page.objects.get(pk=library.valley.pk).move(Page.objects.get(pk=library.win.pk), "last-child"),
        ):
            with CaptureQueriesContext(connection) as captured:
                change()
            found.append(len(captured))
        return found

    costs()
    before = costs()
    for number in range(12):
        library.resource(f"more-{number}", title_en=f"More {number}", counties=["kern"], regions=[library.valley])
    assert costs() == before
