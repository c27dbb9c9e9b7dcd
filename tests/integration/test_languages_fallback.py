"""A work without a page in a language is found there as its other edition: under one address, both ways."""

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from home.models import ContentPage
from resources import languages
from resources.languages import routing
from tests.integration.trees import Trees, final, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def trees():
    return Trees()


def context_of(response):
    return response.context_data if hasattr(response, "context_data") and response.context_data else response.context


def test_a_spanish_reader_sees_the_english_page_with_a_notice(trees, client):
    about = trees.page(trees.en, "about", summary="Who we are")
    response = client.get("/es/about/")
    assert response.status_code == 200
    context = context_of(response)
    assert context["page"].pk == about.pk
    assert context["content_language"] == "en"
    assert context["is_fallback"] is True
    assert context["robots_noindex"] is True
    assert context["canonical_url"].endswith("/en/about/")
    html = response.content.decode()
    assert '<html lang="es"' in html
    assert '<meta name="robots" content="noindex">' in html
    assert 'lang="en"' in html


def test_an_english_reader_sees_the_spanish_page(trees, client):
    trees.page(trees.es, "para-familias")
    response = client.get("/en/para-familias/")
    assert response.status_code == 200
    assert context_of(response)["content_language"] == "es"
    assert context_of(response)["is_fallback"] is True


def test_a_real_edition_is_no_fallback(trees, client):
    about = trees.page(trees.en, "about")
    trees.page(trees.es, "acerca-de", of=about)
    for url, language in (("/en/about/", "en"), ("/es/acerca-de/", "es")):
        context = context_of(client.get(url))
        assert (context["content_language"], context["is_fallback"]) == (language, False)
        assert context["robots_noindex"] is False
        assert context["canonical_url"].endswith(url)


def test_the_other_languages_slug_leads_to_the_own_edition(trees, client):
    about = trees.page(trees.en, "about")
    trees.page(trees.es, "acerca-de", of=about)
    response = client.get("/es/about/?from=letter")
    assert response.status_code == 301
    assert response["Location"] == "/es/acerca-de/?from=letter"
    assert "no-store" in response["Cache-Control"] or "no-cache" in response["Cache-Control"]


def test_the_address_goes_through_translated_parents(trees, client):
    programs = trees.page(trees.en, "programs")
    trees.page(trees.es, "programas", of=programs)
    trees.page(programs, "valley")
    assert client.get("/es/programas/valley/").status_code == 200
    response = client.get("/es/programs/valley/")
    assert (response.status_code, response["Location"]) == (301, "/es/programas/valley/")


def test_a_draft_parent_gives_no_address_but_is_understood(trees, client):
    programs = trees.page(trees.en, "programs")
    draft = trees.page(trees.es, "programas", of=programs, live=False)
    trees.page(programs, "valley")
    assert client.get("/es/programs/valley/").status_code == 200
    assert client.get("/es/programas/valley/")["Location"] == "/es/programs/valley/"
    fresh(draft).save_revision().publish()
    assert client.get("/es/programas/valley/").status_code == 200
    assert client.get("/es/programs/valley/")["Location"] == "/es/programas/valley/"


def test_nothing_live_is_not_found(trees, client):
    trees.page(trees.en, "secret-plan", live=False)
    assert client.get("/en/secret-plan/").status_code == 404
    assert client.get("/es/secret-plan/").status_code == 404


def test_unpublishing_an_edition_shows_the_other(trees, client):
    about = trees.page(trees.en, "about")
    spanish = trees.page(trees.es, "acerca-de", of=about)
    fresh(spanish).unpublish()
    response = final(client, "/es/acerca-de/")
    assert context_of(response)["page"].pk == about.pk
    assert response.request["PATH_INFO"] == "/es/about/"


def test_a_live_page_keeps_its_place_and_the_fallback_gets_a_suffix(trees, client):
    english = trees.page(trees.en, "news")
    spanish = trees.page(trees.es, "news")
    assert context_of(client.get("/es/news/"))["page"].pk == spanish.pk
    assert context_of(client.get("/es/news--en/"))["page"].pk == english.pk
    assert context_of(client.get("/en/news--es/"))["page"].pk == spanish.pk


def test_pages_below_a_collision_have_addresses_of_their_own(trees, client):
    hub = trees.page(trees.en, "hub")
    trees.page(trees.es, "news", of=hub)
    below_hub = trees.page(hub, "item")
    below_news = trees.page(trees.page(trees.en, "news"), "item")
    assert context_of(client.get("/es/news/item/"))["page"].pk == below_hub.pk
    assert context_of(client.get("/es/news--en/item/"))["page"].pk == below_news.pk


def test_of_several_works_the_one_whose_address_it_is_wins(trees, client):
    """A draft of another work stands where the fallback's address is."""
    other = trees.page(trees.en, "other")
    trees.page(trees.es, "guide", of=other, live=False)
    guide = trees.page(trees.en, "guide")
    assert context_of(client.get("/es/guide/"))["page"].pk == guide.pk
    assert context_of(client.get("/es/other/"))["page"].pk == other.pk


def test_a_page_found_in_two_ways_is_found_whole(trees, client):
    """As what is left of a translated section, and as its own address."""
    valley = trees.page(trees.en, "valley")
    guide = trees.page(valley, "guide")
    trees.page(trees.es, "valley", of=guide, live=False)
    assert context_of(client.get("/es/valley/guide/"))["page"].pk == guide.pk


@pytest.fixture
def page_with_tails(monkeypatch):
    """Content pages understand `feed/` below their address, as a RoutablePage would."""

    def route_tails(page, request, components):
        if components in ([], ["feed"]):
            return RouteResult(page, args=components)
        raise Http404

    monkeypatch.setattr(routing, "RoutablePageMixin", ContentPage)
    monkeypatch.setattr(ContentPage, "route", route_tails)


def test_what_a_page_understands_below_its_address_is_found_through_the_fallback(trees, page_with_tails):
    about = trees.page(trees.en, "about")
    both = trees.page(trees.en, "both")
    trees.page(trees.es, "ambas", of=both)

    def found(path):
        request = RequestFactory().get(path, headers={"host": "localhost"})
        with translation.override(path[1:3]):
            result = Page.route_for_request(request, path[4:])
        return result and (result.page.pk, result.args, getattr(request, "canonical_redirect", None))

    assert found("/en/about/feed/") == (about.pk, ["feed"], None)
    assert found("/es/about/feed/") == (about.pk, ["feed"], None)
    assert found("/es/both/feed/")[2] == "/es/ambas/feed/"
    assert found("/es/about/other/") is None


def test_an_alias_page_counts_as_no_edition(trees, client):
    about = trees.page(trees.en, "about")
    fresh(about).create_alias(
        parent=trees.es, update_slug="alias", update_locale=trees.locales["es"], reset_translation_key=False
    )
    response = final(client, "/es/alias/")
    assert response.request["PATH_INFO"] == "/es/about/"
    assert context_of(response)["is_fallback"] is True


def test_a_missing_home_page_falls_back_too(trees, client):
    fresh(trees.es).unpublish()
    about = trees.page(trees.en, "about")
    spanish = trees.page(trees.es, "hola")
    assert context_of(client.get("/es/"))["is_fallback"] is True
    assert context_of(client.get("/es/about/"))["page"].pk == about.pk
    assert context_of(client.get("/es/hola/"))["page"].pk == spanish.pk
    assert context_of(client.get("/en/hola/"))["page"].pk == spanish.pk


def test_former_addresses_work_in_the_other_language(trees, client, django_capture_on_commit_callbacks):
    section = trees.page(trees.en, "section")
    child = trees.page(section, "child")
    with django_capture_on_commit_callbacks(execute=True):
        section = fresh(section)
        section.slug = "renamed"
        section.save()
    assert Redirect.objects.filter(old_path="/en/section").exists()
    for language in ("en", "es"):
        response = final(client, f"/{language}/section/child/")
        assert response.request["PATH_INFO"] == f"/{language}/renamed/child/"
        assert context_of(response)["page"].pk == child.pk


def test_a_former_address_below_a_translated_section_leads_on(trees, client, django_capture_on_commit_callbacks):
    library = trees.page(trees.en, "library")
    trees.page(trees.es, "biblioteca", of=library)
    work = trees.page(library, "guide")
    assert client.get("/es/biblioteca/guide/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        work = fresh(work)
        work.slug = "renamed"
        work.save()
    response = final(client, "/es/biblioteca/guide/")
    assert response.request["PATH_INFO"] == "/es/biblioteca/renamed/"
    assert context_of(response)["page"].pk == work.pk


def test_a_former_address_leads_on_to_pages_added_since(trees, client, django_capture_on_commit_callbacks):
    section = trees.page(trees.en, "section")
    with django_capture_on_commit_callbacks(execute=True):
        section = fresh(section)
        section.slug = "renamed"
        section.save()
    trees.page(section, "later")
    assert final(client, "/es/section/later/").request["PATH_INFO"] == "/es/renamed/later/"


def test_a_moved_page_is_found_in_both_languages(trees, client):
    old, new = trees.page(trees.en, "old"), trees.page(trees.en, "new")
    child = trees.page(old, "child")
    fresh(child).move(fresh(new), pos="last-child")
    for language in ("en", "es"):
        assert final(client, f"/{language}/old/child/").request["PATH_INFO"] == f"/{language}/new/child/"


def test_deleting_an_edition_leads_to_the_one_that_remains(trees, client):
    about = trees.page(trees.en, "about")
    trees.page(trees.es, "acerca-de", of=about)
    fresh(about).delete()
    response = final(client, "/en/about/")
    assert response.request["PATH_INFO"] == "/en/acerca-de/"
    assert context_of(response)["content_language"] == "es"


def test_former_addresses_of_a_deleted_edition_still_lead_on(trees, client, django_capture_on_commit_callbacks):
    about = trees.page(trees.en, "about")
    trees.page(trees.es, "acerca-de", of=about)
    with django_capture_on_commit_callbacks(execute=True):
        about = fresh(about)
        about.slug = "about-us"
        about.save()
    fresh(about).delete()
    assert final(client, "/en/about/").status_code == 200
    assert final(client, "/en/about-us/").status_code == 200


def test_deleting_a_section_keeps_the_pages_below_that_have_another_edition(trees, client):
    section = trees.page(trees.en, "section")
    child = trees.page(section, "child")
    spanish_section = trees.page(trees.es, "seccion", of=section)
    spanish_child = trees.page(spanish_section, "hija", of=child)
    fresh(section).delete()
    assert context_of(final(client, "/en/section/child/"))["page"].pk == spanish_child.pk
    assert final(client, "/en/section/").status_code == 200


def test_redirects_never_lead_in_circles(trees, client, django_capture_on_commit_callbacks):
    page = trees.page(trees.en, "first")
    for slug in ("second", "first"):
        with django_capture_on_commit_callbacks(execute=True):
            page = fresh(page)
            page.slug = slug
            page.save()
    fresh(page).unpublish()
    for url in ("/en/first/", "/en/second/", "/es/first/", "/es/second/"):
        assert final(client, url).status_code == 404


def test_unpublishing_and_publishing_does_not_trap_readers(trees, client):
    about = trees.page(trees.en, "about")
    spanish = trees.page(trees.es, "acerca-de", of=about)
    assert client.get("/es/about/").status_code == 301
    fresh(spanish).unpublish()
    assert client.get("/es/about/").status_code == 200
    assert client.get("/es/acerca-de/")["Location"] == "/es/about/"


def test_a_preview_of_a_draft_is_no_fallback(trees, admin_user):
    draft = fresh(trees.page(trees.es, "borrador", live=False))
    response = draft.make_preview_request(preview_mode=draft.default_preview_mode)
    assert response.status_code == 200
    assert response.context_data["is_fallback"] is False
    assert response.context_data["robots_noindex"] is True


def test_addresses_with_accents_are_served_and_linked_encoded(trees, client):
    trees.page(trees.es, "niñez")
    assert languages.localized([Page.objects.get(slug="niñez")], "en").popitem()[1].url == "/en/ni%C3%B1ez/"
    assert client.get("/en/ni%C3%B1ez/").status_code == 200
    assert client.get("/es/niñez/").status_code == 200


def test_a_fallback_is_served_in_at_most_thirteen_queries(trees, client, django_assert_max_num_queries):
    programs = trees.page(trees.en, "programs")
    trees.page(trees.es, "programas", of=programs)
    about = trees.page(programs, "about")
    trees.page(trees.es, "acerca-de", of=trees.page(trees.en, "real"))

    def route(path, language):
        with translation.override(language):
            request = RequestFactory().get(f"/{language}/{path}", headers={"host": "localhost"})
            found = Page.route_for_request(request, path)
            list(found.page.get_view_restrictions())
            return found.page

    route("programs/about/", "en")
    with django_assert_max_num_queries(13):
        assert route("programas/about/", "es").pk == about.pk
    with django_assert_max_num_queries(10):
        route("acerca-de/", "es")
    with django_assert_max_num_queries(10):
        route("programs/about/", "en")
