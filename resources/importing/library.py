"""What the library holds already, as far as an import or export has to know: vocabularies, files, works by key."""

from functools import cached_property
from pathlib import Path

from wagtail.models import Page

from resources.editions import source_ids
from resources.importing.attached_files import AttachedFiles
from resources.importing.vocabularies import Vocabularies
from resources.models import WorkKey

CHUNK = 400


class Library:
    """Looks things up once and remembers them. `row_types`: key → type of the works that the table itself brings."""

    def __init__(self, folder: Path | None = None, create_terms: bool = False, row_types: dict[str, str] | None = None):
        self.vocabularies = Vocabularies(create_terms)
        self.files = AttachedFiles(folder)
        self.row_types = row_types or {}
        self.pages: dict[str, int | None] = {}
        self.keys_of_pages: dict[int, str] = {}

    @cached_property
    def existing(self) -> dict[str, str]:
        """key → work type of every work that has a page. Read when first asked for: in the transaction of an import."""
        work_types = {}
        keys = dict(WorkKey.objects.values_list("translation_key", "key"))
        rows = Page.objects.filter(alias_of__isnull=True, translation_key__in=WorkKey.objects.values("translation_key"))
        for translation_key, content_type in rows.values_list("translation_key", "content_type__model").distinct():
            work_types[keys[translation_key]] = content_type
        return work_types

    def knows(self, key: str) -> bool:
        return key in self.existing or key in self.row_types

    @property
    def keys(self) -> set[str]:
        return self.existing.keys() | self.row_types.keys()

    @property
    def convening_keys(self) -> set[str]:
        held = {key for key, model in self.existing.items() if model == "conveningpage"}
        return held | {key for key, name in self.row_types.items() if name == "convening"}

    def is_convening(self, key: str) -> bool:
        return self.existing.get(key) == "conveningpage" or self.row_types.get(key) == "convening"

    def page_of(self, key: str) -> int | None:
        """The source edition of a work."""
        if key not in self.pages:
            translation_key = WorkKey.objects.filter(key=key).values_list("translation_key", flat=True).first()
            self.pages[key] = source_ids([translation_key]).get(translation_key)
        return self.pages[key]

    def key_of(self, page_id: int) -> str | None:
        """The key of the work that a page is an edition of."""
        if page_id not in self.keys_of_pages:
            translation_keys = Page.objects.filter(pk=page_id).values("translation_key")
            self.keys_of_pages[page_id] = (
                WorkKey.objects.filter(translation_key__in=translation_keys).values_list("key", flat=True).first()
            )
        return self.keys_of_pages[page_id]

    def parent_key(self, page: Page) -> str | None:
        parent = page.get_parent()
        return self.key_of(parent.pk) if parent else None
