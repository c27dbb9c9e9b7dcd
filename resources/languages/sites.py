"""The two language trees of the site: their roots, and addresses written from paths below a root."""

from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language, override
from wagtail.models import Page, Site

# Treebeard writes four characters for each level; the first level is above every home page.
STEP = Page.steplen


def current_language() -> str:
    """The reader's language: `en` or `es`."""
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def other_language(language: str) -> str:
    return "en" if language == "es" else "es"


def site_roots() -> dict[str, str]:
    """Language → `url_path` of its home page; from Wagtail's cache."""
    roots: dict[str, str] = {}
    for _site_id, root_path, _root_url, language in Site.get_site_root_paths():
        roots.setdefault(language, root_path)
    return roots


def place(url_path: str, roots: dict[str, str]) -> tuple[str, str] | None:
    """The language of the tree that holds `url_path`, and the path below its home page; None outside the site."""
    for language, root in roots.items():
        if url_path.startswith(root):
            return language, url_path[len(root) :]
    return None


def language_of(page: Page) -> str:
    """The language an edition is written in: that of the tree it stands in; costs no query."""
    found = place(page.url_path, site_roots())
    return found[0] if found else page.locale.language_code


def address(language: str, relative: str) -> str:
    """The address of a path below the home page, in one language: ("es", "programas/") → "/es/programas/"."""
    return _prefix(language) + iri_to_uri(relative)


@cache
def _prefix(language: str) -> str:
    with override(language):
        return reverse("wagtail_serve", args=("",))


def pages_at(url_paths: Iterable[str]):
    """Pages at some url paths. Wagtail has an index on slugs, which end every path, and none on paths."""
    url_paths = set(url_paths)
    slugs = {url_path.rstrip("/").rsplit("/", 1)[-1] for url_path in url_paths}
    return Page.objects.filter(slug__in=slugs, url_path__in=url_paths)


def ancestor_paths(path: str) -> list[str]:
    """Tree paths above a page up to its home page, nearest first."""
    return [path[:length] for length in range(len(path) - STEP, STEP, -STEP)]
