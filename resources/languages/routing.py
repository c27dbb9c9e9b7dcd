"""Finds the page of an address that has none in its own language: through the other language's tree."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.http import Http404
from django.utils.encoding import iri_to_uri
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from resources.languages.addresses import addresses
from resources.languages.forest import remember_forest
from resources.languages.sites import (
    address,
    current_language,
    language_of,
    other_language,
    pages_at,
    place,
    site_roots,
)


@dataclass(frozen=True)
class Candidate:
    """A work that an address may mean, and what of the address is left for the page itself to understand."""

    translation_key: UUID
    tail: tuple[str, ...] = ()


def route(home: Page, request, path_components: list[str], own_route) -> RouteResult:
    """The live page of the reader's language at this address, else the edition of the other language.

    Where the work's address is another one, `request.canonical_redirect` says which; it is followed once the reader
    has passed the page's restrictions.
    """
    found = _find(home, request, path_components, own_route)
    remember_forest(found.page)
    return found


def _find(home: Page, request, path_components: list[str], own_route) -> RouteResult:
    language = current_language()
    components = list(path_components)
    if language_of(home) == language:
        found = _own_page(home, request, components, own_route)
        if found:
            return found
    candidates = find_candidates(language, components)
    found = _choose(request, language, components, candidates)
    if found is None:
        found = _choose(request, language, components, former_candidates(language, components))
    if found is None:
        raise Http404
    return found


def _own_page(home: Page, request, components: list[str], own_route) -> RouteResult | None:
    """The live page at this very address in its own tree, in two queries for any depth; remembers the pages above.

    Where a page on the way understands the rest of an address itself, Wagtail's own routing is asked.
    """
    if not components:
        return RouteResult(home) if home.live and not home.alias_of_id else None
    lengths = range(1, len(components) + 1)
    paths = [_url_path(home.url_path, components[:count]) for count in lengths]
    on_the_way = {page.url_path: page for page in pages_at(paths)}
    page = on_the_way.get(paths[-1])
    if (
        page is not None
        and page.live
        and not page.alias_of_id
        and not issubclass(page.specific_class, RoutablePageMixin)
    ):
        model = page.specific_class or Page
        joins = ("translation_review", *getattr(model, "source_joins", ()))
        specific = model._default_manager.select_related(*joins).get(pk=page.pk)
        specific._keys_above = [on_the_way[path].translation_key for path in paths[:-1] if path in on_the_way]
        return RouteResult(specific)
    if any(issubclass(page.specific_class or Page, RoutablePageMixin) for page in on_the_way.values()):
        try:
            found = own_route(request, components)
        except Http404:
            return None
        return None if found.page.alias_of_id else found
    return None


def find_candidates(language: str, components: list[str]) -> list[Candidate]:
    """Works that a path may mean, the likeliest first: where the path goes through pages of the language, whatever
    their state, it goes on below their editions in the other language."""
    candidates, starts = _on_the_way(language, components)
    other = other_language(language)
    return candidates + _below_starts(site_roots().get(other), sorted(starts, reverse=True), components, f"--{other}")


def _on_the_way(language: str, components: list[str]) -> tuple[list[Candidate], set[tuple[int, str]]]:
    """The works at the end of a path in its own tree; and (how much of the path is done, path below the other home
    page) of the editions in the other tree that it goes through. One query."""
    roots, other = site_roots(), other_language(language)
    own_paths = {}
    if language in roots:
        own_paths = {_url_path(roots[language], components[:count]): count for count in range(len(components) + 1)}
    starts = {(0, "")}
    candidates = []
    on_the_way = pages_at(own_paths).values("translation_key")
    editions = Page.objects.filter(translation_key__in=on_the_way)
    rows = list(editions.values_list("url_path", "translation_key", "alias_of__translation_key"))
    length_of = {key: own_paths[url_path] for url_path, key, _source in rows if url_path in own_paths}
    for url_path, key, source in rows:
        found = place(url_path, roots)
        if found and found[0] == other:
            starts.add((length_of[key], found[1]))
        if length_of[key] == len(components) and url_path in own_paths:
            candidates.append(Candidate(source or key))
    return candidates, starts


def former_candidates(language: str, components: list[str]) -> list[Candidate]:
    """Works that a path meant once: follows the redirects that Wagtail wrote when pages moved, on any part of it, in
    both trees, and below the editions that the path goes through."""
    roots, other = site_roots(), other_language(language)
    ways = {
        _old_path(code, components[:count]): (count, code)
        for code in (language, other)
        for count in range(1, len(components) + 1)
    }
    for done, relative in _on_the_way(language, components)[1]:
        slugs = [slug for slug in relative.split("/") if slug]
        for count in range(done + 1, len(components) + 1):
            ways.setdefault(_old_path(other, slugs + components[done:count]), (count, other))
    rows = Redirect.objects.filter(old_path__in=ways, redirect_page__isnull=False)
    hits = sorted(
        ((*ways[path], url_path) for path, url_path in rows.values_list("old_path", "redirect_page__url_path")),
        key=lambda hit: (hit[0], hit[1] == language),
        reverse=True,
    )
    for count, _code, url_path in hits:
        target = place(url_path, roots)
        if target is None:
            continue
        now = [slug for slug in target[1].split("/") if slug] + components[count:]
        if found := find_candidates(target[0], now):
            return found
    return []


def _below_starts(root: str | None, starts: list, components: list[str], suffix: str) -> list[Candidate]:
    """Candidates in the other tree: whole paths first, then pages that understand the rest of the path themselves."""
    if root is None:
        return []
    wanted: dict[str, int] = {}
    for done, relative in starts:
        rest = components[done:]
        for slugs in (rest, [slug.removesuffix(suffix) for slug in rest]):
            for count in range(len(slugs), -1, -1):
                url_path = _url_path(root + relative, slugs[:count])
                wanted[url_path] = max(done + count, wanted.get(url_path, 0))
    # Aliases are sorted out here: SQLite would look for all pages that are none, which are nearly all.
    rows = pages_at(wanted).order_by().values_list("url_path", "translation_key", "content_type_id", "alias_of")
    found = {url_path: (key, content_type) for url_path, key, content_type, alias_of in rows if alias_of is None}
    candidates = []
    for url_path, count in sorted(wanted.items(), key=lambda item: -item[1]):
        if url_path not in found:
            continue
        key, content_type = found[url_path]
        tail = tuple(components[count:])
        if not tail or _understands_tails(content_type):
            candidates.append(Candidate(key, tail))
    return candidates


def _choose(request, language: str, components: list[str], candidates: list[Candidate]) -> RouteResult | None:
    """Serves the candidate whose address this is; otherwise leads to the likeliest one's address."""
    asked = address(language, _url_path("", components))
    editions = addresses({candidate.translation_key for candidate in candidates}, [language])
    ways = [
        (editions[candidate.translation_key, language], candidate.tail)
        for candidate in dict.fromkeys(candidates)
        if (candidate.translation_key, language) in editions
    ]
    ways.sort(key=lambda way: _address_with_tail(*way) != asked)
    for edition, tail in ways:
        page = _model_of(edition.content_type_id).objects.get(pk=edition.page_id)
        result = _result(request, page, tail)
        if result is None:
            continue
        if (canonical := _address_with_tail(edition, tail)) != asked:
            request.canonical_redirect = canonical
        return result
    return None


def _result(request, page: Page, tail: tuple[str, ...]) -> RouteResult | None:
    if not isinstance(page, RoutablePageMixin):
        return RouteResult(page)
    try:
        return page.route(request, list(tail))
    except Http404:
        return None


def _address_with_tail(edition, tail: tuple[str, ...]) -> str:
    return edition.url + iri_to_uri(_url_path("", tail))


def _understands_tails(content_type_id: int) -> bool:
    return issubclass(_model_of(content_type_id), RoutablePageMixin)


def _model_of(content_type_id: int) -> type[Page]:
    return ContentType.objects.get_for_id(content_type_id).model_class() or Page


def _url_path(root: str, components) -> str:
    return root + "".join(f"{component}/" for component in components)


def _old_path(language: str, components: list[str]) -> str:
    return Redirect.normalise_path(address(language, _url_path("", components)))
