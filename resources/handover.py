"""When a work's source edition is deleted, the edition that remains takes over what does not depend on language:
fields, files, people, subjects, and whatever points to the work.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Page

from resources.models import BasePage

# Rows of these rooms that point to a work point to its source edition.
ROOMS = {"resources", "home", "search", "signups"}
KEPT_FIELDS = {"page_ptr", "key"}


@dataclass
class Handover:
    """What the source edition held, read before it is deleted and written to its successor afterwards."""

    successor: BasePage
    values: dict = field(default_factory=dict)
    child_rows: dict[str, list[models.Model]] = field(default_factory=dict)
    chosen: dict[str, list] = field(default_factory=dict)
    pointing_rows: list[tuple[str, models.Model]] = field(default_factory=list)
    pointing_choices: list[tuple[type[models.Model], str, int, str]] = field(default_factory=list)

    @classmethod
    def read(cls, source: BasePage, successor: BasePage) -> "Handover":
        handover = cls(successor)
        translated = {declared.field_name for declared in source.translatable_fields}
        for own in source._meta.concrete_fields:
            if own.model is not Page and own.name not in translated | KEPT_FIELDS:
                handover.values[own.attname] = getattr(source, own.attname)
        for name in source.source_relations:
            rows = list(getattr(source, name).all())
            if source._meta.get_field(name).one_to_many:
                handover.child_rows[name] = rows
            else:
                handover.chosen[name] = [row.pk for row in rows]
        for relation in _relations_from_our_rooms(type(source)):
            handover._read_pointing(relation, source.pk)
        return handover

    def write(self) -> None:
        page = type(self.successor).objects.get(pk=self.successor.pk)
        self._fill(page)
        page.save(clean=False)
        revision = page.get_latest_revision()
        if revision and page.has_unpublished_changes:
            draft = revision.as_object()
            self._fill(draft)
            revision.content = draft.serializable_data()
            revision.save()
        for name, row in self.pointing_rows:
            self._point(name, row)
        for through, holder_name, holder_id, target_name in self.pointing_choices:
            if _exists(through._meta.get_field(holder_name).remote_field.model, holder_id):
                through.objects.get_or_create(**{f"{holder_name}_id": holder_id, f"{target_name}_id": page.pk})

    def _fill(self, page: BasePage) -> None:
        for name, value in self.values.items():
            setattr(page, name, value)
        for name, ids in self.chosen.items():
            setattr(page, name, list(page._meta.get_field(name).remote_field.model.objects.filter(pk__in=ids)))
        for name, rows in self.child_rows.items():
            copies = []
            for row in rows:
                copied = type(row)(**{own.attname: getattr(row, own.attname) for own in row._meta.concrete_fields})
                copied.pk, copied.page_id = None, page.pk
                if _points_to_existing_pages(copied):
                    copies.append(copied)
            setattr(page, name, copies)

    def _read_pointing(self, relation, source_id: int) -> None:
        pointer = relation.field
        if pointer.many_to_many:
            holder, target = pointer.m2m_field_name(), pointer.m2m_reverse_field_name()
            rows = relation.through.objects.filter(**{f"{target}_id": source_id})
            self.pointing_choices += [
                (relation.through, holder, holder_id, target)
                for holder_id in rows.values_list(f"{holder}_id", flat=True)
            ]
        else:
            rows = relation.related_model._base_manager.filter(**{pointer.name: source_id})
            self.pointing_rows += [(pointer.attname, row) for row in rows]

    def _point(self, name: str, row: models.Model) -> None:
        model, target = type(row), self.successor.pk
        if model._base_manager.filter(pk=row.pk).update(**{name: target}):
            return
        setattr(row, name, target)
        if _points_to_existing_pages(row):
            row.save(force_insert=True)


def _relations_from_our_rooms(model: type[BasePage]) -> Iterator:
    """Foreign keys and choices that point to pages of a model; not the page's own child rows."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.one_to_one:
            continue
        holder = relation.related_model
        is_ours = holder._meta.app_label in ROOMS and not holder._meta.auto_created
        if is_ours and not isinstance(relation.field, ParentalKey):
            yield relation


def _points_to_existing_pages(row: models.Model) -> bool:
    return all(
        getattr(row, pointer.attname) is None or _exists(pointer.remote_field.model, getattr(row, pointer.attname))
        for pointer in row._meta.concrete_fields
        if pointer.is_relation and issubclass(pointer.remote_field.model, Page)
    )


def _exists(model: type[models.Model], pk: int) -> bool:
    return model._base_manager.filter(pk=pk).exists()
