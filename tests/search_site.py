"""A small library for search tests: works in one or both languages, indexed on demand."""

import datetime
import itertools
from contextlib import contextmanager

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.models import Collection, Locale, Page, Site

from assets.extraction.service import extract_document
from assets.models import CustomDocument
from home.models import HomePage
from resources.models import (
    BillPage,
    BillsPage,
    County,
    ProgramPage,
    ProgramsPage,
    RegionPage,
    ResourceFile,
    ResourcePage,
    ResourceType,
    Topic,
)
from search.indexing import rebuild, work_outbox
from search.models import LibraryPage, OutboxEntry
from search.query import LibraryQuery
from search.service import search


class SearchSite:
    """Home, library and programs in English and Spanish, and short ways to add works and search them."""

    def __init__(self):
        self.locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in ("en", "es")}
        root = Page.get_first_root_node()
        self.homes, self.libraries, self.programs, self.bills = {}, {}, {}, {}
        for code in ("en", "es"):
            self.homes[code] = self._add(root, HomePage, code, f"Home {code}", f"home-{code}")
            self.libraries[code] = self._add(self.homes[code], LibraryPage, code, f"Library {code}", "library")
            self.programs[code] = self._add(self.homes[code], ProgramsPage, code, f"Programs {code}", "programs")
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": self.homes["en"]}
        )
        self.report = ResourceType.objects.get_or_create(
            slug="report", defaults={"name_en": "Report", "name_es": "Informe"}
        )[0]
        self._numbers = itertools.count(1)

    def _add(self, parent, model, code, title, slug, like=None, **values):
        page = model(title=title, slug=slug, locale=self.locales[code], **values)
        twin = like or self._twin(model, slug)
        if twin is not None:
            page.translation_key = twin.translation_key
        return parent.add_child(instance=page)

    def _twin(self, model, slug):
        if model is HomePage:
            return HomePage.objects.first()
        return model.objects.filter(slug=slug).first() if model in (LibraryPage, ProgramsPage) else None

    def resource(
        self, key=None, *, topics=(), counties=(), programs=(), regions=(), date=None, files=(), live=True, **text
    ):
        """A resource with an edition for each language of `title_en`, `title_es` (and summary_*, body_*)."""
        key = key or f"work-{next(self._numbers)}"
        first = None
        for code in ("en", "es"):
            if f"title_{code}" not in text:
                continue
            body = [("text", f"<p>{text[f'body_{code}']}</p>")] if f"body_{code}" in text else []
            page = ResourcePage(
                title=text[f"title_{code}"],
                slug=f"{key}-{code}",
                locale=self.locales[code],
                summary=text.get(f"summary_{code}", ""),
                body=body,
                resource_type=self.report,
                live=live,
                date=date and datetime.date.fromisoformat(date),
            )
            if first:
                page.translation_key = first.translation_key
            page.assign_key(key)
            self.libraries[code].refresh_from_db()
            self.libraries[code].add_child(instance=page)
            first = first or page
        first.topics = [self.term(Topic, slug) for slug in topics]
        first.counties = [self.term(County, slug) for slug in counties]
        first.programs, first.regions = list(programs), list(regions)
        first.save()
        for language in files:
            ResourceFile.objects.create(page=first, language=language, url=f"https://example.org/{key}-{language}.pdf")
        return first

    def program(self, key, title_en, parent=None):
        page = ProgramPage(title=title_en, slug=key, locale=self.locales["en"])
        page.assign_key(key)
        parent = parent or self.programs["en"]
        parent.refresh_from_db()
        return parent.add_child(instance=page)

    def region(self, key, title_en, program, counties):
        page = RegionPage(title=title_en, slug=key, locale=self.locales["en"])
        page.assign_key(key)
        program.refresh_from_db()
        program.add_child(instance=page)
        page.counties = [self.term(County, slug) for slug in counties]
        page.save()
        return page

    def bill(self, number, title_en, program, **values):
        listing = BillsPage.objects.child_of(program).first()
        if listing is None:
            program.refresh_from_db()
            listing = program.add_child(instance=BillsPage(title="Bills", slug="bills", locale=self.locales["en"]))
        page = BillPage(
            title=f"{number}: {title_en}",
            slug=number.lower().replace(" ", "-"),
            locale=self.locales["en"],
            number=number,
            session="2023-24",
            official_title=title_en,
            status="signed",
            **values,
        )
        page.assign_key(page.slug)
        listing.refresh_from_db()
        return listing.add_child(instance=page)

    @staticmethod
    def term(model, slug):
        name = slug.replace("-", " ").title()
        return model.objects.get_or_create(slug=slug, defaults={"name_en": name, "name_es": f"{name} (es)"})[0]

    @staticmethod
    def index():
        """Builds the index from what is there."""
        rebuild()

    @staticmethod
    def catch_up():
        """Lets the worker do all that waits."""
        while work_outbox():
            continue
        assert not OutboxEntry.objects.exists()


@contextmanager
def kept_for_a_module(django_db_blocker, make=SearchSite):
    """A search site that all tests of a module read, and that is rolled back after them."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            yield make()
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


def find(text="", language="en", **values):
    """Results of a search."""
    return search(LibraryQuery(text=text, language=language, **values))


def keys(text="", language="en", **values) -> list[str]:
    """Keys of the works found, in order."""
    return [result.key for result in find(text, language, **values).results]


def read_document(collection: Collection, text: str) -> CustomDocument:
    """A document whose text was read."""
    document = CustomDocument(title="A file", collection=collection, language="en")
    document.file.save("file.txt", ContentFile(text.encode()), save=False)
    document.save()
    extract_document(document.pk)
    return document
