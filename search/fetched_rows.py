"""Rows of relations, fetched in advance as plain lists: works are read by hundreds without a queryset a relation."""

from collections.abc import Iterable

from django.db.models import Model, Prefetch

PREFIX = "fetched_"


def lookups(model: type[Model], relations: Iterable[str]) -> list[Prefetch | str]:
    """What to give to `prefetch_related` so that `rows_of` finds the rows of these relations, in their order."""
    found: dict[str, Prefetch | str] = {}
    for path in relations:
        name, separator, rest = path.partition("__")
        if _leads_to_many(model, name):
            found[name] = Prefetch(name, to_attr=f"{PREFIX}{name}")
            path = f"{PREFIX}{name}{separator}{rest}"
            if not rest:
                continue
        found[path] = path
    return list(found.values())


def rows_of(row: Model, relation: str) -> list:
    """The rows that a relation of a row leads to; none where it has no such relation."""
    fetched = getattr(row, f"{PREFIX}{relation}", None)
    if fetched is not None:
        return fetched
    value = getattr(row, relation, None)
    if value is None:
        return []
    return list(value.all()) if hasattr(value, "all") else [value]


def _leads_to_many(model: type[Model], name: str) -> bool:
    field = model._meta.get_field(name)
    return bool(field.many_to_many or field.one_to_many)
