"""A restriction holds for a work in both languages, also through its fallback, and is asked for once."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Page, PageViewRestriction

from resources import languages
from tests.integration.trees import PASSWORD, Trees, asks_for_password, final, fresh, restrict

pytestmark = pytest.mark.django_db


@pytest.fixture
def trees():
    return Trees()


@pytest.fixture
def section(trees):
    """A restricted section in English with its Spanish edition, and works below in one or both languages."""
    trees.section = trees.page(trees.en, "section")
    trees.seccion = trees.page(trees.es, "seccion", of=trees.section)
    trees.both = trees.page(trees.section, "both")
    trees.ambas = trees.page(trees.seccion, "ambas", of=trees.both)
    trees.only = trees.page(trees.section, "only")
    trees.solo = trees.page(trees.seccion, "solo")
    return trees


EVERY_ADDRESS = [
    f"/{language}/{path}"
    for language, parent in (("en", "section"), ("es", "seccion"))
    for path in (f"{parent}/", f"{parent}/only/", f"{parent}/solo/")
] + ["/en/section/both/", "/es/seccion/ambas/"]


def test_every_address_asks_for_the_password(section, client):
    restrict(section.section)
    for url in EVERY_ADDRESS:
        response = client.get(url)
        assert asks_for_password(response), url
        assert "no-store" in response["Cache-Control"] or "no-cache" in response["Cache-Control"]


def test_the_password_is_asked_once_for_both_languages(section, client):
    restriction = restrict(section.section)
    assert section.seccion.view_restrictions.count() == 1
    for page in (section.section, section.ambas, section.only, section.solo):
        assert list(fresh(page).get_view_restrictions()) == [restriction]
    form = client.get("/es/seccion/only/")
    answer = client.post(
        form.context["action_url"], {"password": PASSWORD, "return_url": "/es/seccion/only/"}, follow=True
    )
    assert answer.request["PATH_INFO"] == "/es/seccion/only/"
    for url in EVERY_ADDRESS:
        response = client.get(url)
        assert response.status_code == 200
        assert not asks_for_password(response), url


def test_a_redirect_tells_nothing_before_the_password(section, client):
    restrict(section.section)
    assert asks_for_password(client.get("/es/section/both/"))


def test_private_works_are_in_no_list(section, client):
    restrict(section.seccion)
    works = [section.section, section.both, section.only, section.solo]
    assert languages.localized(works, "en") == {}
    assert languages.localized(works, "es") == {}
    assert set(languages.public_editions().values_list("depth", flat=True)) == {2}
    assert "seccion" not in client.get("/sitemap.xml").content.decode()


def test_a_translation_moved_out_of_a_private_section_stays_private(section, client):
    """So do the pages below it, whose own tree and translations are public."""
    below = section.page(section.ambas, "debajo")
    restrict(section.section)
    fresh(section.ambas).move(fresh(section.es), pos="last-child")
    for url in ("/es/ambas/", "/es/ambas/debajo/", "/en/section/both/debajo/"):
        assert asks_for_password(client.get(url)), url
    assert languages.localized([section.both, below], "es") == {}
    assert not languages.public_editions().filter(pk__in=[section.ambas.pk, below.pk]).exists()
    # Wagtail's own filter would list it.
    assert Page.objects.live().public().filter(pk=section.ambas.pk).exists()


def test_changes_are_mirrored_both_ways_and_lifting_lifts_both(section):
    restriction = restrict(section.section)
    mirrored = section.seccion.view_restrictions.get()
    mirrored.password = "another"
    mirrored.save()
    restriction.refresh_from_db()
    assert restriction.password == "another"
    mirrored.delete()
    assert not PageViewRestriction.objects.exists()


def test_groups_are_mirrored(section):
    team, others = Group.objects.create(name="Team"), Group.objects.create(name="Others")
    restriction = restrict(section.section, PageViewRestriction.GROUPS, "", [team])
    mirrored = section.seccion.view_restrictions.get()
    assert list(mirrored.groups.all()) == [team]
    restriction.groups.set([others])
    assert list(mirrored.groups.all()) == [others]
    assert fresh(section.both).get_view_restrictions().count() == 1


def test_a_page_keeps_one_restriction(section):
    restrict(section.section, password="old")
    newest = restrict(section.section, password="new")
    assert list(section.section.view_restrictions.all()) == [newest]
    assert [row.password for row in section.seccion.view_restrictions.all()] == ["new"]


def test_a_new_translation_of_a_private_page_is_private(trees):
    page = trees.page(trees.en, "private")
    restrict(page)
    edition = fresh(page).copy_for_translation(trees.locales["es"])
    assert edition.view_restrictions.count() == 1
    assert page.view_restrictions.count() == 1


def test_deleting_one_edition_leaves_the_other_private(section, client):
    below = section.page(section.ambas, "debajo")
    restrict(section.section)
    fresh(section.ambas).move(fresh(section.es), pos="last-child")
    fresh(section.section).delete()
    for url in ("/es/seccion/", "/es/seccion/solo/", "/es/ambas/", "/es/ambas/debajo/", "/en/ambas/"):
        assert asks_for_password(final(client, url)), url
    assert languages.localized([section.both, below, section.solo], "es") == {}


def test_restrictions_cost_the_same_for_any_depth(section, django_assert_max_num_queries):
    restrict(section.section)
    deep = section.page(section.page(section.page(section.only, "a"), "b"), "c")
    page = fresh(deep)
    languages.site_roots()
    with django_assert_max_num_queries(5):
        assert len(page.get_view_restrictions()) == 1
