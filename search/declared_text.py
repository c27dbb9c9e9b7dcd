"""The words of a work, read from its models' `search_fields`: the one declaration of what can be found.

Every `SearchField` becomes text of a group, and the groups are weighed in `search.ranking`:

- `title`: the field `title`
- `identifiers`: a boost of 10 and more (bill numbers, DOI, ISBN)
- `terms`: a boost of 3 and more, and whatever is reached through `RelatedFields` without a boost (names, topics)
- `summary`: a boost of 2
- `body`: everything else

Translatable fields are read from each edition in its language. Other fields are read from the source edition: those
ending in `_en` or `_es` belong to that language, the rest (names, numbers) to both.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.db.models import Manager
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from search.analysis import LANGUAGES, clean

GROUPS = ("title", "terms", "summary", "body", "identifiers")


@dataclass(frozen=True)
class DeclaredField:
    """A searchable field: the relations that lead to it, its group, and its language where its name says one."""

    relations: tuple[str, ...]
    field: index.SearchField
    group: str
    language: str | None
    is_translatable: bool


@cache
def declared_fields(model: type[Page]) -> tuple[DeclaredField, ...]:
    translatable = {
        field.field_name for field in getattr(model, "translatable_fields", ()) if isinstance(field, TranslatableField)
    }
    return tuple(_walk(model.get_search_fields(), (), translatable))


def _walk(fields: Iterable, relations: tuple[str, ...], translatable: set[str]) -> Iterable[DeclaredField]:
    for field in fields:
        if isinstance(field, index.RelatedFields):
            yield from _walk(field.fields, (*relations, field.field_name), translatable)
        elif isinstance(field, index.SearchField):
            suffix = field.field_name[-2:] if field.field_name[-3:-2] == "_" else ""
            yield DeclaredField(
                relations=relations,
                field=field,
                group=_group(field, relations),
                language=suffix if suffix in LANGUAGES else None,
                is_translatable=not relations and field.field_name in translatable,
            )


def _group(field: index.SearchField, relations: tuple[str, ...]) -> str:
    if field.field_name == "title" and not relations:
        return "title"
    boost = field.boost or (3 if relations else 1)
    if boost >= 10:
        return "identifiers"
    if boost >= 3:
        return "terms"
    return "summary" if boost >= 2 else "body"


@cache
def relation_paths(model: type[Page]) -> tuple[str, ...]:
    """The relations that declared fields are reached through, for `prefetch_related`."""
    return tuple(dict.fromkeys("__".join(field.relations) for field in declared_fields(model) if field.relations))


def texts_of(source: Page, editions: dict[str, Page]) -> dict[str, dict[str, tuple[str, ...]]]:
    """language → group → texts of a work, from its public `editions` by language and its source edition.

    Identifiers do not depend on language and stand under both.
    """
    texts: dict[str, dict[str, list[str]]] = {language: defaultdict(list) for language in LANGUAGES}
    for language, page in editions.items():
        for declared in declared_fields(type(page)):
            if declared.is_translatable:
                texts[language][declared.group] += _values(page, declared)
    for declared in declared_fields(type(source)):
        if not declared.is_translatable:
            values = _values(source, declared)
            for language in (declared.language,) if declared.language else LANGUAGES:
                texts[language][declared.group] += values
    return {
        language: {group: tuple(dict.fromkeys(filter(None, values))) for group, values in groups.items()}
        for language, groups in texts.items()
    }


def _values(page: Page, declared: DeclaredField) -> list[str]:
    rows = [page]
    for relation in declared.relations:
        rows = [related for row in rows for related in _related(row, relation)]
    return [text for row in rows for text in _flat(declared.field.get_value(row))]


def _related(row, relation: str) -> list:
    value = getattr(row, relation, None)
    if value is None:
        return []
    return list(value.all()) if isinstance(value, Manager) or hasattr(value, "all") else [value]


def _flat(value) -> list[str]:
    if value is None:
        return []
    if isinstance(value, list | tuple):
        return [text for item in value for text in _flat(item)]
    return [" ".join(clean(str(value)).split())]
