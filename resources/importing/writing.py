"""Writes a plan: pages in both languages, what belongs to them, their translation strings, and the admin's indexes."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import groupby

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from resources.importing import page_rows, rich_text
from resources.importing.library import Library
from resources.importing.loading import load_works
from resources.importing.places import Parents, Places
from resources.importing.planning import Plan
from resources.importing.problems import refuse
from resources.importing.rows import ParsedRow
from resources.importing.schema import column_named
from resources.importing.strings import keep_strings
from resources.importing.works import MODELS, Work, new_edition
from resources.models import WorkKey
from resources.signals import works_changed

CHUNK = 250


class Writer:
    """Writes the works of a plan. Part of the caller's transaction."""

    def __init__(self, plan: Plan, library: Library, progress: Callable[[int, int], None]):
        self.plan, self.library, self.progress = plan, library, progress
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.parents, self.places = Parents(), Places(plan.promised)
        self.translation_keys: dict[str, uuid.UUID] = {}
        # (key, language) → the row in the page tree.
        self.tree_rows: dict[tuple[str, str], Page] = {}
        self.done = 0

    def write(self) -> None:
        new = [*self.plan.implied, *self.plan.new]
        self.total = len(new) + len(self.plan.changed)
        self.keep_keys(new)
        for is_recording in (False, True):
            self.insert_tree_rows([row for row in new if (row.type == "recording") is is_recording])
            self.places.came(self.tree_rows)
        for rows in _chunks(new):
            self.write_chunk([self.new_work(row) for row in rows], rows)
        for rows in _chunks(self.plan.changed):
            self.write_chunk(*self.changed_works(rows))
        self.places.count_children()
        if self.translation_keys:
            works_changed.send(sender=Page, keys=set(self.translation_keys.values()))

    # New works

    def keep_keys(self, rows: list[ParsedRow]) -> None:
        """Claims the keys. One whose work was deleted begins a new life."""
        for row in rows:
            self.translation_keys[row.key] = uuid.uuid4()
        for some in _chunks(rows):
            WorkKey.objects.filter(key__in=[row.key for row in some]).delete()
            WorkKey.objects.bulk_create(
                WorkKey(key=row.key, translation_key=self.translation_keys[row.key]) for row in some
            )

    def insert_tree_rows(self, rows: list[ParsedRow]) -> None:
        """Both editions of a work beside each other, the source edition first: it has the lower number."""
        # Addresses that the table gives come before those made from titles.
        given_first = sorted(rows, key=lambda row: not any(name.startswith("slug_") for name in row.values))
        for some in _chunks(given_first):
            tree_rows = {}
            for row in some:
                for language in row.languages:
                    tree_rows[row.key, language] = self.tree_row(row, language, self.parent(row, language))
            page_rows.insert_tree_rows(list(tree_rows.values()))
            self.tree_rows |= tree_rows
            for row in some:
                self.library.pages[row.key] = tree_rows[row.key, row.languages[0]].pk

    def parent(self, row: ParsedRow, language: str) -> Page:
        if row.type == "recording":
            coming = self.tree_rows.get((row.values["convening"], language))
            return coming or self.parents.of(row, language)
        return self.parents.of(row, language)

    def tree_row(self, row: ParsedRow, language: str, parent: Page) -> Page:
        title = row.values[f"title_{language}"]
        wish = row.values.get(f"slug_{language}") or slugify(title) or row.key
        tree_row = page_rows.tree_row(
            MODELS[row.type],
            title=title,
            slug=self.places.free_slug(parent, wish),
            locale=self.locales[language],
            translation_key=self.translation_keys[row.key],
        )
        self.places.put(tree_row, parent)
        return tree_row

    def new_work(self, row: ParsedRow) -> Work:
        translation_key = self.translation_keys[row.key]
        editions = {language: self.edition(row, language, translation_key) for language in row.languages}
        work = Work(row.key, row.type, translation_key, row.languages[0], editions)
        for name in _titles_first(row.values):
            column_named(name).write(work, row.values[name], self.library)
        return work

    def edition(self, row: ParsedRow, language: str, translation_key: uuid.UUID):
        return new_edition(MODELS[row.type], self.locales[language], translation_key, row.key)

    # Changed works

    def changed_works(self, rows: list[ParsedRow]) -> tuple[list[Work], list[ParsedRow]]:
        held = load_works(row.key for row in rows)
        for row in rows:
            work = held[row.key]
            self.translation_keys[row.key] = work.translation_key
            for language in self.plan.new_languages[row.key]:
                row_in_tree = self.tree_row(row, language, self.parents.of(row, language, work))
                page_rows.insert_tree_rows([row_in_tree])
                self.tree_rows[row.key, language] = row_in_tree
                work.editions[language] = self.edition(row, language, work.translation_key)
            try:
                self.relocate(row, work)
            except ValidationError as error:
                remedy = _("Correct the work in the admin, then import the table again.")
                raise refuse(" ".join(error.messages), remedy, row.number) from None
            changes = list(self.plan.changes[row.key])
            if any(name.startswith("body_") for name in changes):
                # Both bodies are written anew: they share the identifiers of their blocks.
                changes += [name for language in work.editions if (name := f"body_{language}") not in changes]
            for name in _titles_first(changes):
                column = column_named(name)
                value = row.values[name] if name in row.values else column.value_of(work, self.library)
                column.write(work, value, self.library)
        return [held[row.key] for row in rows], rows

    def relocate(self, row: ParsedRow, work: Work) -> None:
        """Another address or another convening, as an editor would: with the pages below, and redirects."""
        changes = self.plan.changes[row.key]
        for language, page in work.editions.items():
            if page._state.adding:
                continue
            slug = row.values[f"slug_{language}"] if f"slug_{language}" in changes else page.slug
            if "convening" in changes:
                parent = self.parents.convening(row.values["convening"])[language]
                if slug != page.slug and Page.objects.child_of(parent).filter(slug=page.slug).exists():
                    # Another work has the old address there: the new one has to come first.
                    page.slug = slug
                    page.save()
                self.places.moving(parent)
                page.move(Page.objects.get(pk=parent.pk), pos="last-child")
                work.editions[language] = page = type(page).objects.get(pk=page.pk)
                page.locale = self.locales[language]
            if slug != page.slug:
                page.slug = slug
                page.save()

    # Both

    def write_chunk(self, works: list[Work], rows: list[ParsedRow]) -> None:
        new_pages, changed_pages = [], []
        for work in works:
            self.set_bodies(work)
            for language in work.languages:
                page = work.editions[language]
                if page._state.adding:
                    self.complete(work, language)
                    new_pages.append(page)
                else:
                    self.touch(work, page)
                    changed_pages.append(page)
        page_rows.insert_specific_rows(new_pages)
        page_rows.update_rows(changed_pages)
        self.write_belongings(works, {page.pk for page in new_pages})
        self.publish(works, {page.pk for page in new_pages})
        self.done += len(rows)
        self.progress(self.done, self.total)

    def set_bodies(self, work: Work) -> None:
        for language, body in work.bodies.items():
            work.editions[language].body = rich_text.stream(body, work.key, self.library.page_of)

    def complete(self, work: Work, language: str) -> None:
        """Gives a new edition its place in the tree, and what its source edition says in every language."""
        page = work.editions[language]
        self.share_values(work, page)
        page_rows.on_tree_row(self.tree_rows[work.key, language], page)
        page.locale = self.locales[language]
        if page is work.source:
            for name, rows in (work.children | work.relations).items():
                setattr(page, name, rows)

    def touch(self, work: Work, page) -> None:
        self.share_values(work, page)
        now = timezone.now()
        page.draft_title, page.latest_revision_created_at = page.title, now
        if page.live:
            page.last_published_at, page.has_unpublished_changes = now, False

    def share_values(self, work: Work, page) -> None:
        """Translations carry the values of their source that are no text, as wagtail-localize leaves them."""
        if page is work.source:
            return
        texts = {declared.field_name for declared in page.translatable_fields}
        for field in page._meta.local_concrete_fields:
            if field.name not in texts and not field.primary_key:
                setattr(page, field.attname, getattr(work.source, field.attname))

    def write_belongings(self, works: list[Work], new_ids: set[int]) -> None:
        """Child rows and many-to-many rows, of all works of a type at once."""
        for is_new in (True, False):
            children: dict = defaultdict(dict)
            relations: dict = defaultdict(dict)
            for work in works:
                if (work.source.pk in new_ids) is not is_new:
                    continue
                for name, rows in work.children.items():
                    children[work.model, name][work.source.pk] = rows
                for name, rows in work.relations.items():
                    relations[work.model, name][work.source.pk] = rows
            for (model, name), by_page in children.items():
                page_rows.replace_children(model, name, by_page)
            for (model, name), by_page in relations.items():
                page_rows.replace_relations(model, name, by_page, is_new)
        for work in works:
            for name, rows in (work.children | work.relations).items():
                setattr(work.source, name, rows)

    def publish(self, works: list[Work], new_ids: set[int]) -> None:
        pages = [
            (work.editions[language], work.editions[language].pk in new_ids)
            for work in works
            for language in work.languages
        ]
        written = {one.page.pk: one for one in page_rows.publish(pages)}
        bilingual = sorted((work for work in works if len(work.editions) > 1), key=lambda work: work.source_language)
        for _language, same_source in groupby(bilingual, key=lambda work: work.source_language):
            keep_strings(
                [tuple(written[work.editions[language].pk] for language in work.languages) for work in same_source]
            )
        page_rows.index_for_admin(list(written.values()))


def _titles_first(names: Iterable[str]) -> list[str]:
    """In the table's order otherwise: new files and videos are named after the work."""
    return sorted(names, key=lambda name: not name.startswith("title_"))


def _chunks(items: list, size: int = CHUNK) -> Iterable[list]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
