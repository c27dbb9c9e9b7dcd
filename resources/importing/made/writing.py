"""Writes made works in bulk, chunk by chunk in constant memory.

Their pages have no revisions and no translation strings, and their files of pages share one small PDF: what is measured
is search, and it reads none of these. Captions are real files.
"""

import hashlib
import json
import uuid
from collections import defaultdict
from collections.abc import Callable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import Collection, Locale, Page

from assets.models import CustomDocument, DocumentText, DocumentTextPage, TextState
from resources.importing import page_rows
from resources.importing.made.composing import MadeWork, compose, key_of, webvtt
from resources.importing.places import Parents, Places
from resources.importing.works import MODELS
from resources.models import (
    BasePage,
    BillPage,
    CaptionTrack,
    ProgramPage,
    RegionPage,
    ResourceFile,
    ResourceType,
    WorkKey,
)
from resources.signals import works_changed

# A multiple of the blocks in which works are composed: recordings are written with their convening.
CHUNK = 500
DATES = {"resource": "date", "recording": "recorded_on", "convening": "starts_on"}
SHARED_PDF = "documents/made-works.pdf"
_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


class MissingParent(Exception):
    """The site has no page that made works could stand under."""


class Maker:
    """Makes the works 0 to N-1 of a seed; those that are there already are left alone."""

    def __init__(self, seed: int):
        self.seed = seed
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.parents = {name: Parents().list_of(name) for name in ("resource", "convening")}
        for name, pages in self.parents.items():
            if not {"en", "es"} <= pages.keys():
                raise MissingParent(name)
        self.rows = {name: self.rows_of(name) for name in ("topics", "audiences", "grade_spans", "counties")}
        for name, model in (("programs", ProgramPage), ("regions", RegionPage), ("bills", BillPage)):
            self.rows[name] = {page.key: page.pk for page in model.objects.order_by("-pk")}
        self.resource_types = dict(ResourceType.objects.values_list("slug", "pk"))
        self.collection = Collection.get_first_root_node()

    def rows_of(self, name: str) -> dict[str, int]:
        model = MODELS["resource"]._meta.get_field(name).related_model
        return dict(model.objects.values_list("slug", "pk"))

    def make(self, works: int, progress: Callable[[int, int], None]) -> int:
        """Writes what is missing; returns how many works that was."""
        if not default_storage.exists(SHARED_PDF):
            default_storage.save(SHARED_PDF, ContentFile(_PDF))
        made = 0
        for start in range(0, works, CHUNK):
            end = min(start + CHUNK, works)
            with transaction.atomic():
                made += self.make_chunk(start, end)
            progress(end, works)
        return made

    def make_chunk(self, start: int, end: int) -> int:
        keys = [key_of(self.seed, number) for number in range(start, end)]
        held = set(WorkKey.objects.filter(key__in=keys).values_list("key", flat=True))
        works = [work for work in compose(self.seed, start, end) if work.key not in held]
        if works:
            chunk = _Chunk(self, works)
            chunk.write()
            works_changed.send(sender=Page, keys=set(chunk.translation_keys.values()))
        return len(works)


class _Chunk:
    """Some hundred works, written table by table."""

    def __init__(self, maker: Maker, works: list[MadeWork]):
        self.maker, self.works, self.places = maker, works, Places()
        self.translation_keys = {work.key: uuid.UUID(bytes=_digest(work.key)[:16], version=4) for work in works}
        self.pages: dict[str, dict[str, BasePage]] = defaultdict(dict)

    def write(self) -> None:
        WorkKey.objects.bulk_create(
            WorkKey(key=key, translation_key=value) for key, value in self.translation_keys.items()
        )
        self.insert_pages([work for work in self.works if work.work_type != "recording"])
        self.insert_pages([work for work in self.works if work.work_type == "recording"])
        self.places.count_children()
        self.insert_relations()
        self.insert_files()

    def insert_pages(self, works: list[MadeWork]) -> None:
        pairs = [(work, language) for work in works for language in work.languages]
        tree_rows = [self.tree_row(work, language) for work, language in pairs]
        page_rows.insert_tree_rows(tree_rows)
        for (work, language), tree_row in zip(pairs, tree_rows, strict=True):
            self.pages[work.key][language] = self.page(work, language, tree_row)
        page_rows.insert_specific_rows(page for work in works for page in self.pages[work.key].values())

    def tree_row(self, work: MadeWork, language: str) -> Page:
        tree_row = page_rows.tree_row(
            MODELS[work.work_type],
            title=work.titles[language],
            slug=work.slugs[language],
            locale=self.maker.locales[language],
            translation_key=self.translation_keys[work.key],
        )
        self.places.put(tree_row, self.parent(work, language))
        return tree_row

    def parent(self, work: MadeWork, language: str) -> Page:
        if work.work_type != "recording":
            return self.maker.parents[work.work_type][language]
        if work.convening not in self.pages:
            pages = MODELS["convening"].objects.filter(key=work.convening).select_related("locale")
            self.pages[work.convening] = {page.locale.language_code: page for page in pages}
        return self.pages[work.convening][language]

    def page(self, work: MadeWork, language: str, tree_row: Page) -> BasePage:
        block = {
            "type": "text",
            "value": work.bodies[language],
            "id": str(uuid.UUID(bytes=_digest(f"{work.key}/body")[:16])),
        }
        page = MODELS[work.work_type](
            key=work.key,
            summary=work.summaries[language],
            is_sample=True,
            date_precision=work.precision,
            body=json.dumps([block]),
            **{DATES[work.work_type]: work.date},
        )
        if work.work_type == "resource":
            page.resource_type_id = self.maker.resource_types.get(work.resource_type) or min(
                self.maker.resource_types.values()
            )
        elif work.work_type == "recording":
            page.spoken_language, page.duration_seconds = "en", 180
        for field in Page._meta.concrete_fields:
            setattr(page, field.attname, getattr(tree_row, field.attname))
        page.page_ptr_id = tree_row.pk
        return page

    def source(self, work: MadeWork) -> BasePage:
        return self.pages[work.key][work.languages[0]]

    def insert_relations(self) -> None:
        links: dict[type[models.Model], list] = defaultdict(list)
        for work in self.works:
            for name, slugs in work.terms.items():
                field = MODELS[work.work_type]._meta.get_field(name)
                through, source, target = field.remote_field.through, field.m2m_column_name(), field.m2m_reverse_name()
                for pk in (self.maker.rows[name].get(slug) for slug in slugs):
                    if pk:
                        links[through].append(through(**{source: self.source(work).pk, target: pk}))
        for through, rows in links.items():
            through.objects.bulk_create(rows, batch_size=page_rows.BATCH)

    def insert_files(self) -> None:
        documents, texts, rows = [], [], []
        for work in self.works:
            for position, language in enumerate(work.languages):
                place = {"page_id": self.source(work).pk, "language": language, "sort_order": position}
                if pages := work.pages.get(language):
                    checksum = _digest(f"{work.key}/{language}").hex()
                    document = self.document(work, language, SHARED_PDF, len(_PDF), checksum)
                    texts.append(
                        (
                            DocumentText(checksum=checksum, state=TextState.READ, unit="page", page_count=len(pages)),
                            pages,
                        )
                    )
                    file = ResourceFile(document=document, format="pdf", bytes=len(_PDF), pages=len(pages), **place)
                elif cues := work.cues.get(language):
                    data = webvtt(cues)
                    name = default_storage.save(f"documents/{work.key}.{language}.vtt", ContentFile(data))
                    document = self.document(work, language, name, len(data), hashlib.sha256(data).hexdigest())
                    file = CaptionTrack(document=document, **place)
                else:
                    continue
                documents.append(document)
                rows.append(file)
        CustomDocument.objects.bulk_create(documents, batch_size=page_rows.BATCH)
        for model in (ResourceFile, CaptionTrack):
            same = [row for row in rows if isinstance(row, model)]
            for row in same:
                row.document_id = row.document.pk
            model.objects.bulk_create(same, batch_size=page_rows.BATCH)
        DocumentText.objects.bulk_create([text for text, _pages in texts], batch_size=page_rows.BATCH)
        DocumentTextPage.objects.bulk_create(
            [
                DocumentTextPage(document_text=text, number=number, text=page)
                for text, pages in texts
                for number, page in enumerate(pages, start=1)
            ],
            batch_size=page_rows.BATCH,
        )

    def document(self, work: MadeWork, language: str, name: str, size: int, checksum: str) -> CustomDocument:
        return CustomDocument(
            title=work.titles[language][:255],
            language=language,
            file=name,
            file_size=size,
            checksum=checksum,
            text_state=TextState.READ,
            collection=self.maker.collection,
            created_at=timezone.now(),
        )


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
