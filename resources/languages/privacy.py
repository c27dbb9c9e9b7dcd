"""Which pages only some readers may see. A restriction holds for a whole subtree, in both languages."""

from functools import reduce
from operator import or_

from django.db.models import Q
from wagtail.models import Page, PageViewRestriction

from resources.languages.forest import forest_of
from resources.languages.sites import site_roots


def view_restrictions(page: Page):
    """The restrictions of a page: those on it and above it, on its editions and above them. Each is asked once, though
    it stands on both editions of a work. Wagtail needs a queryset."""
    forest = forest_of(page)
    if not forest.restricted_keys:
        return PageViewRestriction.objects.none()
    forest.climb()
    keys = forest.lineage(page.translation_key) & forest.restricted_keys
    rows = PageViewRestriction.objects.filter(page__translation_key__in=keys).select_related("page")
    distinct: dict = {}
    for row in rows.prefetch_related("groups").order_by("pk"):
        groups = frozenset(group.pk for group in row.groups.all())
        distinct.setdefault((row.page.translation_key, row.restriction_type, row.password, groups), row.pk)
    return PageViewRestriction.objects.filter(pk__in=distinct.values()).order_by("pk")


def private_paths() -> list[str]:
    """Tree paths of subtrees that are private: restricted ones, and wherever an edition of a page in them stands."""
    paths = list(Page.objects.filter(view_restrictions__isnull=False).values_list("path", flat=True).distinct())
    while paths:
        private = Page.objects.filter(_below(paths))
        elsewhere = Page.objects.filter(translation_key__in=private.values("translation_key")).exclude(_below(paths))
        found = list(elsewhere.values_list("path", flat=True))
        if not found:
            break
        paths += found
    return paths


def public_editions():
    """Live pages of the site that everybody may read: real editions, no fallbacks, no aliases."""
    roots = site_roots().values()
    if not roots:
        return Page.objects.none()
    on_site = reduce(or_, (Q(url_path__startswith=root) for root in roots))
    pages = Page.objects.filter(on_site, live=True, alias_of__isnull=True)
    private = private_paths()
    return pages.exclude(_below(private)) if private else pages


def _below(paths: list[str]) -> Q:
    return reduce(or_, (Q(path__startswith=path) for path in paths))
