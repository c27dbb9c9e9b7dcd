"""Addresses in bulk, links, switcher, hreflang and sitemap: all ask the same question and get the same answer."""

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.rich_text import expand_db_html

from resources import languages
from tests.integration.trees import Trees, fresh, restrict

pytestmark = pytest.mark.django_db


@pytest.fixture
def trees():
    return Trees()


@pytest.fixture
def mixed(trees):
    """Twenty works: in both languages, in one, below translated and untranslated parents; one collision."""
    both = trees.page(trees.en, "both")
    trees.page(trees.es, "ambas", of=both)
    only = trees.page(trees.en, "only")
    pages = [both, only]
    for number in range(4):
        pages.append(trees.page(both, f"child-{number}"))
        pages.append(trees.page(only, f"grandchild-{number}"))
        pages.append(trees.page(trees.es, f"solo-{number}"))
        real = trees.page(trees.en, f"real-{number}")
        trees.page(trees.es, f"propia-{number}", of=real)
        pages.append(real)
    trees.page(trees.es, "news")
    pages += [trees.page(trees.en, "news"), trees.page(trees.page(only, "deep"), "deeper")]
    return pages


def test_twenty_mixed_works_take_three_queries(mixed, client, django_assert_max_num_queries):
    assert len(mixed) == 20
    languages.localized(mixed[:1], "es")
    with django_assert_max_num_queries(3):
        editions = languages.localized(mixed, "es")
    assert len(editions) == 20
    with django_assert_max_num_queries(3):
        assert languages.localized([str(page.translation_key) for page in mixed], "en").keys() == editions.keys()
    for edition in editions.values():
        assert client.get(edition.url).status_code == 200, edition
        assert client.get(edition.url).context_data["is_fallback"] is edition.is_fallback


def test_private_works_take_no_more_queries(trees, mixed, django_assert_max_num_queries):
    restrict(mixed[1])
    languages.site_roots()
    with django_assert_max_num_queries(3):
        editions = languages.localized(mixed, "es")
    assert mixed[1].translation_key not in editions
    hidden = {page.slug for page in mixed if page.translation_key not in editions}
    assert hidden == {"only", "grandchild-0", "grandchild-1", "grandchild-2", "grandchild-3", "deeper"}


def test_unpublished_and_unknown_works_are_absent(trees):
    draft = trees.page(trees.en, "draft", live=False)
    assert languages.localized([draft, "00000000-0000-0000-0000-000000000000"], "en") == {}
    assert languages.localized([], "en") == {}


def test_answers_are_kept_for_one_page_view(trees, django_assert_num_queries):
    about = trees.page(trees.en, "about")
    request = RequestFactory().get("/")
    first = languages.localized([about], "es", request)
    with django_assert_num_queries(0):
        assert languages.localized([about], "es", request) == first


def test_links_of_templates_lead_to_the_fallback(trees):
    about = trees.page(trees.en, "about")
    template = Template("{% load language_tags %}{% localurl page %}")
    with translation.override("es"):
        assert template.render(Context({"page": about, "request": RequestFactory().get("/")})) == "/es/about/"
        assert template.render(Context({"page": None})) == ""
    fresh(about).unpublish()
    assert template.render(Context({"page": about})) == ""


def test_links_of_rich_text_follow_the_reader(trees):
    about = trees.page(trees.en, "about")
    both = trees.page(trees.en, "both")
    trees.page(trees.es, "ambas", of=both)
    draft = trees.page(trees.en, "draft", live=False)
    text = "".join(f'<a linktype="page" id="{pk}">x</a>' for pk in (about.pk, both.pk, draft.pk, 999_999))
    with translation.override("es"):
        languages.localized([about])
        with CaptureQueriesContext(connection) as captured:
            html = expand_db_html(text)
    assert html == '<a href="/es/about/">x</a><a href="/es/ambas/">x</a><a>x</a><a>x</a>'
    assert len(captured) <= 4


def test_the_switcher_leads_to_the_same_work(trees, client):
    about = trees.page(trees.en, "about")
    both = trees.page(trees.en, "both")
    trees.page(trees.es, "ambas", of=both)

    def links(path, page):
        with translation.override(path[1:3]):
            return [
                (link.language, link.name, link.url, link.is_current)
                for link in languages.switcher(RequestFactory().get(path), page)
            ]

    assert links("/es/about/", about) == [("en", "English", "/en/about/", False), ("es", "Español", "/es/about/", True)]
    assert links("/en/both/", both) == [("en", "English", "/en/both/", True), ("es", "Español", "/es/ambas/", False)]
    assert links("/en/both/?q=ELPAC&page=2", both)[1][2] == "/es/ambas/?q=ELPAC&page=2"
    draft = trees.page(trees.en, "draft", live=False)
    assert links("/en/draft/", draft)[1][2] == "/es/"
    assert 'href="/es/ambas/"' in client.get("/en/both/").content.decode()


def test_only_real_public_editions_are_alternates(trees, client):
    both = trees.page(trees.en, "both")
    spanish = trees.page(trees.es, "ambas", of=both)
    only = trees.page(trees.es, "solo")
    private = trees.page(trees.en, "private")
    restrict(private)

    def alternates(page):
        return {alternate.language: alternate.url for alternate in languages.alternates(fresh(page))}

    assert alternates(spanish) == {"en": "/en/both/", "es": "/es/ambas/", "x-default": "/en/both/"}
    assert alternates(only) == {"es": "/es/solo/", "x-default": "/es/solo/"}
    assert alternates(private) == {}
    html = client.get("/en/solo/").content.decode()
    assert 'hreflang="en"' not in html.split("</head>")[0]


def test_the_sitemap_lists_real_public_editions_with_their_other_languages(trees, client, settings):
    both = trees.page(trees.en, "both")
    trees.page(trees.es, "ambas", of=both)
    trees.page(trees.en, "only")
    trees.page(trees.en, "draft", live=False)
    trees.page(trees.en, "sample", is_sample=True)
    private = trees.page(trees.en, "private")
    trees.page(private, "below")
    restrict(private)
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    xml = response.content.decode()
    locations = [part.split("</loc>")[0] for part in xml.split("<loc>")[1:]]
    paths = {location.removeprefix(settings.SITE_URL) for location in locations}
    assert paths == {"/en/", "/es/", "/en/both/", "/es/ambas/", "/en/only/"}
    entry = next(part for part in xml.split("<url>") if "/es/ambas/</loc>" in part)
    assert f'hreflang="en" href="{settings.SITE_URL}/en/both/"' in entry
    assert f'hreflang="x-default" href="{settings.SITE_URL}/en/both/"' in entry


def test_a_long_sitemap_is_a_list_of_parts(trees, client, monkeypatch):
    from resources.sitemaps import EditionsSitemap

    monkeypatch.setattr(EditionsSitemap, "limit", 2)
    trees.page(trees.en, "about")
    xml = client.get("/sitemap.xml").content.decode()
    assert "<sitemapindex" in xml
    parts = [part.split("</loc>")[0] for part in xml.split("<loc>")[1:]]
    assert len(parts) == 2
    for part in parts:
        assert "<urlset" in client.get(part.replace("http://testserver", "")).content.decode()


def test_robots_points_to_the_sitemap(client, settings):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    text = response.content.decode()
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text
    assert "Disallow: /admin/" in text


def test_cached_fragments_differ_by_language(trees):
    about = fresh(trees.page(trees.en, "about"))
    with translation.override("en"):
        english = about.cache_key
    with translation.override("es"):
        assert about.cache_key != english


def test_the_language_of_a_page_is_that_of_its_tree_and_costs_no_query(trees, django_assert_num_queries):
    about = fresh(trees.page(trees.es, "acerca-de"))
    languages.site_roots()
    with django_assert_num_queries(0):
        assert languages.language_of(about) == "es"
