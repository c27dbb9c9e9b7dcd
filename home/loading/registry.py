"""Finds the row or page that a reference names."""

from django.db import models
from wagtail.models import Page

from home.loading.references import Reference
from home.loading.rows import Row
from home.loading.works import Work
from resources.editions import source_editions
from resources.models import BasePage, WorkKey


class Registry:
    """Rows by model name and key, and the source edition of each work by its key. What editors removed is absent."""

    def __init__(self, works: list[Work]):
        self.rows: dict[str, dict[str, models.Model]] = {}
        self.partner_of = {work.values["organization"].key: work.key for work in works if work.type == "partner"}
        self.pages = self._existing_pages(works)

    def _existing_pages(self, works: list[Work]) -> dict[str, BasePage]:
        keys = dict(WorkKey.objects.filter(key__in=[work.key for work in works]).values_list("translation_key", "key"))
        editions = Page.objects.filter(translation_key__in=keys, alias_of__isnull=True)
        return {keys[translation_key]: page for translation_key, page in source_editions(editions).items()}

    def existing_rows(self, rows: list[Row]) -> dict[str, models.Model]:
        """Key → row in the database, for rows of one model."""
        model, key_field = rows[0].model, rows[0].key_field
        found = model.objects.filter(**{f"{key_field}__in": [row.key for row in rows]})
        self.rows[rows[0].kind] = {getattr(instance, key_field): instance for instance in found}
        return self.rows[rows[0].kind]

    def find(self, reference: Reference | None) -> models.Model | None:
        if reference is None:
            return None
        if reference.kind == "work":
            return self.pages.get(reference.key)
        if reference.kind == "partner_of":
            return self.pages.get(self.partner_of[reference.key])
        return self.rows.get(reference.kind, {}).get(reference.key)
