"""Editions of works and the pages above them, loaded together: enough to decide language, address and privacy."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.db.models import BooleanField, Value
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


def _columns(pages, has_restriction: bool = False):
    flag = Value(has_restriction, output_field=BooleanField())
    return pages.order_by().annotate(has_restriction_here=flag).values_list(*COLUMNS, "has_restriction_here")
