"""Where a reader finds a work in a language: the edition of that language, or the other one as its fallback."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from resources.languages.forest import Forest, Node
from resources.languages.sites import address, ancestor_paths, current_language, other_language, pages_at


@dataclass(frozen=True)
class LocalizedEdition:
    """The edition that readers of one language get, and its address for them. `language` is the edition's own;
    `source_id` is the page of the edition written first; `editions` are the languages that have one."""

    translation_key: UUID
    page_id: int
    title: str
    url: str
    language: str
    is_fallback: bool
    content_type_id: int
    source_id: int
    editions: tuple[str, ...] = ()
    is_private: bool = field(default=False, repr=False)


@dataclass(frozen=True)
class FallbackPath:
    """The way to a page through the other language's tree: as far as that goes (`start`), then its own slugs."""

    start: str
    slugs: list[str]

    def steps(self) -> list[str]:
        """Every path on the way, below `start`."""
        return [
            self.start + "".join(f"{slug}/" for slug in self.slugs[:count]) for count in range(1, len(self.slugs) + 1)
        ]

    def relative(self, taken: set[str], suffix: str) -> str:
        """The whole path; where a page of the reader's language has the place already, the slug gets the suffix."""
        path = self.start
        for slug in self.slugs:
            path += f"{slug}{suffix}/" if f"{path}{slug}/" in taken else f"{slug}/"
        return path


def localized(pages: Iterable, language: str | None = None, request=None) -> dict[UUID, LocalizedEdition]:
    """translation_key → what readers of `language` get, for pages or translation keys. Three queries for any number
    of works. Works without a live edition and private works are absent. `request` keeps answers for one page view."""
    language = language or current_language()
    keys = {_key_of(page) for page in pages}
    known = _kept_answers(request)
    missing = [key for key in keys if (key, language) not in known]
    found = addresses(missing, [language])
    known.update({(key, language): found.get((key, language)) for key in missing})
    editions = {key: known[key, language] for key in keys}
    return {key: edition for key, edition in editions.items() if edition and not edition.is_private}


def addresses(
    translation_keys: Iterable[UUID], languages: list[str], forest: Forest | None = None
) -> dict[tuple[UUID, str], LocalizedEdition]:
    """(translation_key, language) → edition, private works included: for serving, where a password may open them.
    `forest`: the editions of these works, where they are loaded already."""
    keys = list(translation_keys)
    if not keys:
        return {}
    forest = forest or Forest(keys)
    own = {(key, language): forest.edition(key, language) for key in keys for language in languages}
    wanting = [(key, language) for (key, language), node in own.items() if node is None]
    fallbacks = {(key, language): forest.edition(key, other_language(language)) for key, language in wanting}
    fallbacks = {place: node for place, node in fallbacks.items() if node}
    if fallbacks or forest.restricted_keys:
        forest.climb()
    paths = {place: _fallback_path(forest, node, place[1]) for place, node in fallbacks.items()}
    taken = _taken(forest, paths)
    found = {}
    for (key, language), node in {**own, **fallbacks}.items():
        if node is None:
            continue
        is_fallback = (key, language) in fallbacks
        written_in = other_language(language) if is_fallback else language
        relative = (
            paths[key, language].relative(taken[language], f"--{written_in}") if is_fallback else forest.relative(node)
        )
        found[key, language] = LocalizedEdition(
            translation_key=key,
            page_id=node.pk,
            title=node.title,
            url=address(language, relative),
            language=written_in,
            is_fallback=is_fallback,
            content_type_id=node.content_type_id,
            source_id=forest.source_id(key),
            editions=tuple(code for code in (language, other_language(language)) if forest.edition(key, code)),
            is_private=forest.is_private(key),
        )
    return found


def _fallback_path(forest: Forest, node: Node, language: str) -> FallbackPath:
    """Starts at the nearest page above that has a live edition in `language`, else at the home page."""
    slugs = forest.relative(node).strip("/").split("/") if forest.relative(node) else []
    for count, path in enumerate(ancestor_paths(node.path), start=1):
        edition = forest.edition(forest.by_path[path].translation_key, language)
        if edition:
            return FallbackPath(forest.relative(edition), slugs[len(slugs) - count :])
    return FallbackPath("", slugs)


def _taken(forest: Forest, paths: dict) -> dict[str, set[str]]:
    """Language → paths on the way to fallbacks where a live page of that language stands already."""
    wanted = {
        forest.roots[language] + step: (language, step)
        for (_key, language), path in paths.items()
        if language in forest.roots
        for step in path.steps()
    }
    taken: dict[str, set[str]] = {language: set() for _key, language in paths}
    if wanted:
        # Aliases are sorted out here: SQLite would look for all pages that are none, which are nearly all.
        rows = pages_at(wanted).order_by().values_list("url_path", "live", "alias_of")
        for url_path in (url_path for url_path, live, alias_of in rows if live and alias_of is None):
            language, step = wanted[url_path]
            taken[language].add(step)
    return taken


def _key_of(page) -> UUID:
    key = getattr(page, "translation_key", page)
    return key if isinstance(key, UUID) else UUID(key)


def _kept_answers(request) -> dict:
    if request is None:
        return {}
    if not hasattr(request, "_localized_editions"):
        request._localized_editions = {}
    return request._localized_editions
