"""Index documents: one per work, with text for each language, facets, dates, and what is kept for showing results."""

import datetime
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db import InterfaceError, OperationalError
from django.db.models import Q
from wagtail.models import Page

from resources import cards, languages
from resources.editions import source_ids
from search import declared_text
from search.analysis import LANGUAGES, collation_key, fold
from search.attached_text import Attached, AttachedTexts, closed_documents
from search.attached_text import relations as document_relations
from search.body_text import joined
from search.catalog_facets import CatalogFacets, date_of
from search.fetched_rows import lookups
from search.lexicon import LexiconEntry
from search.models import LibraryPage
from search.passages import Passage
from search.public_pages import PublicPages

CHUNK = 500
LONGEST_STORED_BODY = 20_000
_LETTERS_THEN_NUMBER = re.compile(r"[a-z]+(\d+)")


@dataclass(frozen=True)
class IndexDocument:
    """A work as engines see it.

    `texts` maps language → group (see `declared_text`) → texts; the text of files and captions is among them, and again
    in `passages`, cut into places. `date` is yyyymmdd, 0 when unknown. `stored` comes back with every hit. `stamp`
    changes whenever the public state of the work changes.
    """

    translation_key: str
    key: str
    stamp: str
    texts: Mapping[str, Mapping[str, tuple[str, ...]]]
    identifiers: tuple[str, ...]
    names: tuple[LexiconEntry, ...]
    facets: Mapping[str, tuple[str, ...]]
    date: int
    sort_titles: Mapping[str, str]
    stored: dict
    passages: tuple[Passage, ...] = ()

    @cached_property
    def digest(self) -> str:
        """A fingerprint of everything the index holds of this work."""
        places = [(passage.place, passage.text) for passage in self.passages]
        state = [
            self.texts,
            self.identifiers,
            self.names,
            self.facets,
            self.date,
            self.sort_titles,
            self.stored,
            places,
        ]
        return hashlib.sha256(json.dumps(state, sort_keys=True, default=str).encode()).hexdigest()[:16]


def library_editions():
    """Public editions that the library can find: all but the front doors (home pages) and the library itself."""
    return languages.public_editions().filter(depth__gt=2).not_type(LibraryPage)


def public_stamps() -> dict[str, str]:
    """translation_key → stamp of every work of the library, from the database. Constant queries."""
    rows = library_editions().order_by("translation_key", "pk")
    stamps: dict[str, list] = defaultdict(list)
    for key, pk, published, path in rows.values_list("translation_key", "pk", "last_published_at", "url_path"):
        stamps[str(key)].append((pk, published.isoformat() if published else "", path))
    closed = closed_documents()
    return {key: _stamp(state, closed.get(key)) for key, state in stamps.items()}


def _stamp(state: list, closed: list[int] | None) -> str:
    """Of the editions of a work and of its documents whose text is kept back."""
    state = [*state, closed] if closed else state
    return hashlib.sha256(json.dumps(state).encode()).hexdigest()[:12]


def build_documents(translation_keys: Iterable) -> Iterator[IndexDocument]:
    """Documents of the public works among `translation_keys`, in chunks of constant queries. Others are left out."""
    keys = list(dict.fromkeys(str(key) for key in translation_keys))
    facets, readable = (CatalogFacets(), PublicPages()) if keys else (None, None)
    for start in range(0, len(keys), CHUNK):
        yield from _build_chunk(keys[start : start + CHUNK], facets, readable)


Build = Callable[[Iterable[str]], Iterable[IndexDocument]]


def build_apart(
    translation_keys: Iterable[str], failed: Callable[[str, Exception], object], build: Build = build_documents
) -> Iterator[IndexDocument]:
    """The same, but a work whose document cannot be built keeps no other from it: `failed` is told of it.

    A database that is away is no fault of a work and is raised.
    """
    left = dict.fromkeys(translation_keys)
    try:
        for document in build(list(left)):
            left.pop(document.translation_key, None)
            yield document
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        keys = list(left)
        if len(keys) < 2:
            if not keys:
                raise
            failed(keys[0], error)
            return
        middle = len(keys) // 2
        yield from build_apart(keys[:middle], failed, build)
        yield from build_apart(keys[middle:], failed, build)


def _build_chunk(keys: list[str], facets: CatalogFacets, readable: PublicPages) -> Iterator[IndexDocument]:
    rows = library_editions().filter(translation_key__in=keys).order_by("pk")
    shown = list(rows.values_list("pk", "translation_key", "last_published_at", "url_path"))
    if not shown:
        return
    sources = source_ids({row[1] for row in shown})
    source_pages = set(sources.values())
    pages = _load(source_pages, with_relations=True) | _load({row[0] for row in shown} - source_pages)
    shown_cards = cards.cards_in(list(LANGUAGES), dict.fromkeys(row[1] for row in shown))
    by_work: dict = defaultdict(list)
    for row in shown:
        by_work[row[1]].append(row)
    found = {key: _source(pages, sources.get(key), rows) for key, rows in by_work.items()}
    attached = AttachedTexts(found.values())
    for key, rows in by_work.items():
        if getattr(found[key], "work_type", None):
            editions = {languages.language_of(pages[row[0]]): pages[row[0]] for row in rows}
            state = [(pk, at.isoformat() if at else "", path) for pk, _key, at, path in rows]
            stamp = _stamp(state, attached.closed.get(str(key)))
            work = _Work(str(key), stamp, found[key], editions, attached.of(found[key]))
            yield _document(work, facets, readable, {code: by_key.get(key) for code, by_key in shown_cards.items()})


@dataclass(frozen=True)
class _Work:
    """What a document is made from: the source edition, the public editions, and the texts of files."""

    translation_key: str
    stamp: str
    source: Page
    editions: dict[str, Page]
    attached: Attached


def _source(pages: dict[int, Page], source_id: int | None, rows: list[tuple]) -> Page:
    return pages.get(source_id) or pages[rows[0][0]]


def _load(ids: set[int], with_relations: bool = False) -> dict[int, Page]:
    """Specific pages, a fixed number of queries for each type. Relations are read from source editions alone."""
    by_model: dict = defaultdict(list)
    for page in Page.objects.filter(pk__in=ids).only("pk", "content_type"):
        if model := page.specific_class:
            by_model[model].append(page.pk)
    pages = {}
    for model, model_ids in by_model.items():
        queryset = model.objects.filter(pk__in=model_ids)
        if with_relations:
            relations = declared_text.relation_paths(model) + CatalogFacets.relations(model) + document_relations(model)
            queryset = queryset.prefetch_related(*lookups(model, relations))
        pages.update({page.pk: page for page in queryset})
    return pages


def _document(work: _Work, facets: CatalogFacets, readable: PublicPages, shown_cards: dict) -> IndexDocument:
    source, editions = work.source, work.editions
    own_texts = declared_text.texts_of(source, editions, readable)
    texts = {language: _with_body(groups, work.attached.texts.get(language)) for language, groups in own_texts.items()}
    values = facets.values(source, sorted(editions))
    titles = {language: page.title for language, page in editions.items()}
    any_title = next(iter(titles.values()))
    return IndexDocument(
        translation_key=work.translation_key,
        key=source.key,
        stamp=work.stamp,
        texts=texts,
        identifiers=_identifiers(texts[LANGUAGES[0]].get("identifiers", ())),
        names=tuple(LexiconEntry(*name) for name in declared_text.names_of(source, readable)),
        facets=values,
        date=_as_number(date_of(source)),
        sort_titles={language: collation_key(titles.get(language, any_title), language) for language in LANGUAGES},
        stored={
            "translation_key": work.translation_key,
            "key": source.key,
            "type": source.work_type,
            "resource_type": next(iter(values.get("resource_type", ())), ""),
            "languages": list(values.get("language", ())),
            "editions": sorted(editions),
            "titles": titles,
            "short_name": getattr(source, "number", ""),
            "texts": {
                language: {
                    "summary": joined(groups.get("summary", ())),
                    "body": joined(groups.get("body", ()))[:LONGEST_STORED_BODY],
                }
                for language, groups in own_texts.items()
            },
            "cards": {language: _kept(card) for language, card in shown_cards.items()},
        },
        passages=work.attached.passages,
    )


def _with_body(groups: Mapping[str, tuple[str, ...]], attached: tuple[str, ...] | None) -> Mapping:
    return {**groups, "body": (*groups.get("body", ()), *attached)} if attached else groups


def _identifiers(texts: Iterable[str]) -> tuple[str, ...]:
    """Numbers as people type them: `AB 2268` is `ab2268` and `2268`."""
    joined = {fold(text).replace(" ", "") for text in texts} - {""}
    bare = {match[1] for text in joined if (match := _LETTERS_THEN_NUMBER.fullmatch(text))}
    return tuple(sorted(joined | bare))


def _kept(card) -> dict | None:
    """A card without what is decided anew at every showing (its address)."""
    if card is None:
        return None
    kept = dict(vars(card))
    kept.update(translation_key=str(card.translation_key), sort_date=str(card.sort_date or ""), url="")
    return kept


def _as_number(date: datetime.date | None) -> int:
    return date.year * 10_000 + date.month * 100 + date.day if date else 0


def works_with(condition: Q) -> set[str]:
    """Translation keys of pages under a condition, public or not: those whose index entry may have to change."""
    return {str(key) for key in Page.objects.filter(condition).values_list("translation_key", flat=True).distinct()}
