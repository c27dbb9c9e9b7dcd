"""The sitemap: every public edition with its other languages, and the robots file that points to it."""

from collections import defaultdict

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index as sitemap_index
from django.contrib.sitemaps.views import sitemap as sitemap_page
from django.http import HttpResponse
from django.template.loader import render_to_string

from resources import languages
from resources.checks import page_types


class EditionsSitemap(Sitemap):
    """Real public editions, no fallbacks, no samples; in a constant number of queries for each part of the map."""

    limit = 10_000

    def items(self):
        pages = languages.public_editions().exclude(translation_key__in=_sample_keys()).order_by("path")
        return pages.values("translation_key", "url_path", "last_published_at", "latest_revision_created_at")

    def get_urls(self, page=1, site=None, protocol=None):
        rows = list(self.paginator.page(page).object_list)
        keys = {row["translation_key"] for row in rows}
        public = languages.public_editions().filter(translation_key__in=keys)
        editions = defaultdict(dict)
        for key, url_path in public.values_list("translation_key", "url_path"):
            language, url = _language_and_url(url_path)
            editions[key][language] = url
        return [self._entry(row, editions[row["translation_key"]]) for row in rows]

    def _entry(self, row: dict, editions: dict[str, str]) -> dict:
        alternates = [{"lang_code": language, "location": url} for language, url in sorted(editions.items())]
        return {
            "item": row,
            "location": _language_and_url(row["url_path"])[1],
            "lastmod": row["last_published_at"] or row["latest_revision_created_at"],
            "changefreq": None,
            "priority": "",
            "alternates": [*alternates, {"lang_code": "x-default", "location": alternates[0]["location"]}],
        }


def sitemap(request):
    """The whole map in one file; where it has several parts, their list (`?p=` asks for one)."""
    sitemaps = {"editions": EditionsSitemap()}
    if sitemaps["editions"].paginator.num_pages > 1 and "p" not in request.GET:
        return sitemap_index(request, sitemaps, sitemap_url_name="sitemap_part")
    return sitemap_page(request, sitemaps)


def sitemap_part(request, section: str):
    """One part of a map that is too long for one file."""
    return sitemap_page(request, {"editions": EditionsSitemap()}, section=section)


def robots(request):
    """What web search engines should leave out, and where the sitemap is."""
    text = render_to_string("resources/robots.txt", {"site_url": settings.SITE_URL})
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _sample_keys():
    """Translation keys of made examples, in one query."""
    samples = [
        model.objects.filter(is_sample=True).order_by().values_list("translation_key", flat=True)
        for model in page_types()
    ]
    return set(samples[0].union(*samples[1:])) if samples else set()


def _language_and_url(url_path: str) -> tuple[str, str]:
    language, relative = languages.place(url_path, languages.site_roots())
    return language, settings.SITE_URL + languages.address(language, relative)
