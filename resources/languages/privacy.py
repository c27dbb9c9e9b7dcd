"""Which pages only some readers may see. A restriction holds for a whole subtree, in both languages."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q
from wagtail.models import Page, PageViewRestriction

from resources.languages.forest import Forest, forest_of
from resources.languages.sites import site_roots


def view_restrictions(page: Page):
    """The restrictions of a page: those on it and above it, on its editions and above them. Wagtail needs a
    queryset."""
    found = _in_force(forest_of(page), [page.translation_key])[page.translation_key]
    if not found:
        return PageViewRestriction.objects.none()
    return PageViewRestriction.objects.filter(pk__in=[row.pk for row in found]).order_by("pk")


def restrictions_of_works(translation_keys: Iterable[UUID]) -> dict[UUID, list[PageViewRestriction]]:
    """Work → the restrictions of its pages; as many queries for many works as for one."""
    keys = set(translation_keys)
    return _in_force(Forest(keys), keys) if keys else {}


def _in_force(forest: Forest, translation_keys: Iterable[UUID]) -> dict[UUID, list[PageViewRestriction]]:
    """Work → its restrictions, each once though it stands on both editions of a work."""
    if not forest.restricted_keys:
        return {key: [] for key in translation_keys}
    forest.climb()
    above = {key: forest.lineage(key) & forest.restricted_keys for key in translation_keys}
    rows = PageViewRestriction.objects.filter(page__translation_key__in=set().union(*above.values()))
    distinct: dict = {}
    for row in rows.select_related("page").prefetch_related("groups").order_by("pk"):
        groups = frozenset(group.pk for group in row.groups.all())
        distinct.setdefault((row.page.translation_key, row.restriction_type, row.password, groups), row)
    return {
        key: [row for row in distinct.values() if row.page.translation_key in lineage] for key, lineage in above.items()
    }


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


def live_editions():
    """Live pages of the site, private ones too: real editions, no fallbacks, no aliases."""
    roots = site_roots().values()
    if not roots:
        return Page.objects.none()
    on_site = reduce(or_, (Q(url_path__startswith=root) for root in roots))
    return Page.objects.filter(on_site, live=True, alias_of__isnull=True)


def public_editions():
    """Live pages of the site that everybody may read."""
    private = private_paths()
    return live_editions().exclude(_below(private)) if private else live_editions()


def _below(paths: list[str]) -> Q:
    return reduce(or_, (Q(path__startswith=path) for path in paths))
