"""Editions of works and the pages above them, loaded together: enough to decide language, address and privacy."""

from collections import defaultdict
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import NamedTuple
from uuid import UUID

from django.db.models import BooleanField, Q, Value
from wagtail.models import Page

from resources.languages.sites import ancestor_paths, place, site_roots


class Node(NamedTuple):
    """What is read of a page."""

    pk: int
    translation_key: UUID
    path: str
    url_path: str
    title: str
    live: bool
    alias_of_id: int | None
    content_type_id: int
    has_restriction: bool = False


COLUMNS = Node._fields[:-1]


class Forest:
    """The editions of some works in both trees; after `climb()` the pages above them and the editions of those, too."""

    def __init__(self, translation_keys: Iterable):
        self.roots = site_roots()
        self.by_path: dict[str, Node] = {}
        self.by_key: dict[UUID, list[Node]] = defaultdict(list)
        self.restricted_keys: set[UUID] = set()
        asked = Page.objects.filter(translation_key__in=translation_keys)
        restricted = Page.objects.filter(view_restrictions__isnull=False)
        for row in _columns(asked, False).union(_columns(restricted, True), all=True).order_by():
            node = Node(*row)
            if node.has_restriction:
                self.restricted_keys.add(node.translation_key)
            else:
                self._add(node)

    def climb(self) -> None:
        """Loads every page above the editions with its editions; until nothing is missing where something is private.

        Trees that run in parallel need one query, each place where they differ may need one more.
        """
        while missing := self._paths_above():
            above = Page.objects.filter(path__in=missing).values("translation_key")
            for row in _columns(Page.objects.filter(translation_key__in=above)):
                self._add(Node(*row))
            if not self.restricted_keys or missing <= self._paths_above():
                return

    def edition(self, translation_key: UUID, language: str) -> Node | None:
        """The live page of a work in a language's tree. Aliases are no editions."""
        for node in self.by_key[translation_key]:
            found = place(node.url_path, self.roots)
            if node.live and not node.alias_of_id and found and found[0] == language:
                return node
        return None

    def source_id(self, translation_key: UUID) -> int | None:
        """The page of the edition written first."""
        return min((node.pk for node in self.by_key[translation_key] if not node.alias_of_id), default=None)

    def relative(self, node: Node) -> str:
        """The path of a page below its home page."""
        return place(node.url_path, self.roots)[1]

    def lineage(self, translation_key: UUID) -> set[UUID]:
        """The work and all whose restrictions hold for it: above one of its editions, or above an edition of those."""
        seen, waiting = set(), {translation_key}
        while waiting:
            seen.add(key := waiting.pop())
            waiting |= self._keys_above(key) - seen
        return seen

    def is_private(self, translation_key: UUID) -> bool:
        return bool(self.restricted_keys and self.restricted_keys & self.lineage(translation_key))

    def _add(self, node: Node) -> None:
        if node.path not in self.by_path:
            self.by_path[node.path] = node
            self.by_key[node.translation_key].append(node)

    def _paths_above(self) -> set[str]:
        above = {path for known in self.by_path for path in ancestor_paths(known)}
        return above - self.by_path.keys()

    def _keys_above(self, translation_key: UUID) -> set[UUID]:
        paths = {path for node in self.by_key[translation_key] for path in ancestor_paths(node.path)}
        return {self.by_path[path].translation_key for path in paths if path in self.by_path}


def remember_forest(page: Page) -> None:
    """Keeps the editions of a page that is about to be served, for all that ask during this one page view."""
    page._forest = Forest([page.translation_key])


def forest_of(page: Page) -> Forest:
    """The editions of a page: those kept for the page view, else as they are now."""
    return getattr(page, "_forest", None) or Forest([page.translation_key])


def keys_above(page: Page) -> list[UUID]:
    """Translation keys of the pages between the home page and this one; no query where routing met them already."""
    if "_keys_above" not in page.__dict__:
        above = page.get_ancestors().filter(depth__gt=2) if page.depth > 3 else Page.objects.none()
        page._keys_above = list(above.values_list("translation_key", flat=True))
    return page._keys_above


def children_of_editions(page: Page):
    """Queryset of the live pages directly below any edition of a page."""
    forest = forest_of(page)
    paths = [node.path for node in forest.by_key[page.translation_key] if not node.alias_of_id]
    if not paths:
        return Page.objects.none()
    below = reduce(or_, (Q(path__startswith=path, depth=len(path) // Page.steplen + 1) for path in paths))
    return Page.objects.filter(below, live=True, alias_of__isnull=True)


def _columns(pages, has_restriction: bool = False):
    flag = Value(has_restriction, output_field=BooleanField())
    return pages.order_by().annotate(has_restriction_here=flag).values_list(*COLUMNS, "has_restriction_here")
