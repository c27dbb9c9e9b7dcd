"""The words of a work, read from its models' `search_fields`: the one declaration of what can be found.

Every `SearchField` becomes text of a group, which says where it counts (see `search.ranking`):

- `title`: the field `title`
- `identifiers`: a boost of 10 and more (bill numbers, DOI, ISBN)
- `terms`: a boost of 3 and more, and whatever is reached through `RelatedFields` without a boost (names, topics)
- `summary`: a boost of 2
- `body`: everything else

Translatable fields are read from each edition in its language. Other fields are read from the source edition: those
ending in `_en` or `_es` belong to that language, the rest (names, numbers) to both.
"""

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cache

from django.core.exceptions import FieldDoesNotExist
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from search.analysis import LANGUAGES, clean
from search.body_text import searchable_content
from search.fetched_rows import rows_of

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
            yield DeclaredField(
                relations=relations,
                field=field,
                group=_group(field, relations),
                language=_suffix(field.field_name),
                is_translatable=not relations and field.field_name in translatable,
            )


def _suffix(name: str) -> str | None:
    """The language that a field's name ends in."""
    return name[-2:] if name[-3:-2] == "_" and name[-2:] in LANGUAGES else None


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


def texts_of(
    source: Page, editions: dict[str, Page], readable: Container[Page]
) -> dict[str, dict[str, tuple[str, ...]]]:
    """language → group → texts of a work, from its public `editions` by language and its source edition.

    Pages that a relation leads to count only if they are `readable`. Identifiers stand under every language.
    """
    texts: dict[str, dict[str, list[str]]] = {language: defaultdict(list) for language in LANGUAGES}
    for language, page in editions.items():
        for declared in declared_fields(type(page)):
            if declared.is_translatable:
                texts[language][declared.group] += _values(page, declared, readable)
    for declared in declared_fields(type(source)):
        if not declared.is_translatable:
            values = _values(source, declared, readable)
            for language in (declared.language,) if declared.language else LANGUAGES:
                texts[language][declared.group] += values
    return {
        language: {group: tuple(dict.fromkeys(filter(None, values))) for group, values in groups.items()}
        for language, groups in texts.items()
    }


def names_of(source: Page, readable: Container[Page]) -> list[tuple[str, str, str]]:
    """(kind, language, name) of a work's people, organizations and terms: the `AutocompleteField`s of its relations."""
    names = {}
    for relations in dict.fromkeys(declared.relations for declared in declared_fields(type(source))):
        for row in _rows(source, relations, readable) if relations else ():
            if isinstance(row, Page) or not isinstance(row, index.Indexed):
                continue
            for field in type(row).get_autocomplete_search_fields():
                for text in _flat(field.get_value(row)):
                    if text:
                        names[row._meta.model_name, _suffix(field.field_name) or "", text] = None
    return list(names)


def _values(page: Page, declared: DeclaredField, readable: Container[Page]) -> list[str]:
    rows = _rows(page, declared.relations, readable)
    return [text for row in rows for text in _flat(_value(row, declared.field))]


def _value(row, field: index.SearchField):
    try:
        model_field = field.get_field(type(row))
    except FieldDoesNotExist:
        return field.get_value(row)
    found = searchable_content(model_field, model_field.value_from_object(row))
    return field.get_value(row) if found is None else found


def _rows(page: Page, relations: tuple[str, ...], readable: Container[Page]) -> list:
    """What a chain of relations leads to, without pages that the public may not read."""
    rows = [page]
    for relation in relations:
        rows = [related for row in rows for related in rows_of(row, relation)]
        rows = [row for row in rows if not isinstance(row, Page) or row in readable]
    return rows


def _flat(value) -> list[str]:
    if value is None:
        return []
    if isinstance(value, list | tuple):
        return [text for item in value for text in _flat(item)]
    return [" ".join(clean(str(value)).split())]
