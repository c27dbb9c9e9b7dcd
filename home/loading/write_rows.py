"""Writes vocabularies, organizations, people, contacts and glossary terms."""

from itertools import groupby
from typing import Any

from django.db import models

from home.loading.memory import Decision, Memory, digest
from home.loading.references import Reference
from home.loading.registry import Registry
from home.loading.report import LoadReport
from home.loading.rows import Row


def write_rows(rows: list[Row], registry: Registry, memory: Memory, report: LoadReport) -> list[models.Model]:
    """Creates and updates rows, model by model in the order in which they refer to one another; returns those."""
    changed = []
    for _kind, same_model in groupby(rows, key=lambda row: row.kind):
        same_model = list(same_model)
        existing = registry.existing_rows(same_model)
        for row in same_model:
            instance = existing.get(row.key)
            file_digest = digest([row.raw, row.values.get("sort_order")])
            decision = memory.decide(
                row.kind, row.key, file_digest, instance is not None, lambda i=instance, r=row: row_state(i, r)
            )
            report.note(decision, f"{row.kind} {row.key}")
            if decision in (Decision.CREATE, Decision.UPDATE):
                instance = existing[row.key] = write_row(instance or row.model(), row, registry)
                memory.remember(row.kind, row.key, file_digest, row_state(instance, row))
                changed.append(instance)
    return changed


def write_row(instance: models.Model, row: Row, registry: Registry) -> models.Model:
    setattr(instance, row.key_field, row.key)
    for name, value in row.values.items():
        setattr(instance, name, registry.find(value) if isinstance(value, Reference) else value)
    instance.save()
    for relation, children in row.children.items():
        manager = getattr(instance, relation)
        manager.all().delete()
        model = type(instance)._meta.get_field(relation).related_model
        parent = type(instance)._meta.get_field(relation).field.name
        model.objects.bulk_create(model(**{parent: instance}, **values) for values in children)
    return type(instance).objects.get(pk=instance.pk)


def row_state(instance: models.Model, row: Row) -> str:
    """The digest of what the loader writes of a row, as it is in the database now."""
    state: dict[str, Any] = {}
    for name in row.values:
        state[name] = getattr(instance, type(instance)._meta.get_field(name).attname)
    for relation, children in row.children.items():
        names = children[0] if children else ("pk",)
        state[relation] = sorted(map(list, getattr(instance, relation).values_list(*names)), key=str)
    return digest(state)
