"""Menu, footer and breadcrumbs: each step in the reader's language, and gone as soon as readers may not see it."""

import pytest
from django.utils import translation
from wagtail.models import Page, PageViewRestriction

from home.models import ContentPage, SiteSettings
from home.navigation import breadcrumbs, furniture
from resources.models import BillPage

pytestmark = pytest.mark.django_db


def titles(links) -> list[str]:
    return [link.title for link in links]


@pytest.mark.parametrize(("language", "title"), [("en", "For families"), ("es", "Para familias")])
def test_the_menu_speaks_the_readers_language(site_content, language, title):
    assert title in titles(furniture(language).menu)
    assert all(link.url.startswith(f"/{language}/") for link in furniture(language).menu)


def test_a_page_made_private_leaves_menu_and_footer_in_both_languages(site_content, django_capture_on_commit_callbacks):
    page = ContentPage.objects.get(key="about", locale__language_code="en")
    assert page.title in titles(furniture("en").menu)
    assert "Acerca de este sitio" in titles(furniture("es").menu)
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    for language in ("en", "es"):
        links = furniture(language)
        assert not {"About", "Acerca de este sitio"} & set(titles([*links.menu, *links.footer_links]))


def test_a_page_without_a_spanish_edition_stands_in_the_menu_in_english(
    site_content, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        ContentPage.objects.get(key="about", locale__language_code="es").unpublish()
    link = next(link for link in furniture("es").menu if link.title == "About")
    assert link.lang == "en"
    assert link.url.startswith("/es/")


def test_a_new_name_of_the_site_shows_at_once(site_content, django_capture_on_commit_callbacks):
    assert furniture("es").name
    with django_capture_on_commit_callbacks(execute=True):
        settings = SiteSettings.objects.get()
        settings.name_es = "Otra biblioteca"
        settings.save()
    assert furniture("es").name == "Otra biblioteca"


def test_breadcrumbs_lead_from_home_to_the_parent(site_content):
    bill = BillPage.objects.filter(locale__language_code="es").first()
    with translation.override("es"):
        steps = breadcrumbs(Page.objects.get(pk=bill.pk))
    assert steps[0].url == "/es/"
    assert titles(steps)[1] == "Programas"
    assert titles(steps)[-1] == "Proyectos de ley"
