"""Writes works: first the pages of their source editions, then what these say and name, then the translations."""

import contextlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Locale, Page

from home.loading.bodies import with_pages
from home.loading.memory import Decision, Memory, digest
from home.loading.problems import ContentProblems, Problem
from home.loading.references import ContentFile, Reference
from home.loading.registry import Registry
from home.loading.report import LoadReport
from home.loading.rich_text import link_works
from home.loading.site import place_home
from home.loading.state import work_states
from home.loading.uploads import Uploads
from home.loading.works import Work
from resources.models import BasePage, WorkKey
from resources.publishing import publish_as_loaded
from resources.translation_rows import TranslatedPage, keep_translation_rows
from resources.translations import TranslationMismatch, build_translation

TOOL_NAME = "Site content: draft, to be read by a person"


@dataclass
class WorkWriter:
    """Creates and updates the works of one load."""

    registry: Registry
    memory: Memory
    report: LoadReport
    uploads: Uploads
    locales: dict[str, Locale]
    works: dict[str, Work] = field(default_factory=dict)

    def write(self, works: list[Work]) -> list[BasePage]:
        """Every edition that was created or updated."""
        self.works = {work.key: work for work in works}
        to_write = [work for work in works if self.must_write(work)]
        editions = []
        for work in to_write:
            with self.problems_of(work):
                editions.append(self.fill(work, self.registry.pages[work.key]))
        translations = []
        for work in to_write:
            with self.problems_of(work):
                translations += self.translate(work, self.registry.pages[work.key])
        keep_translation_rows(translations, TOOL_NAME)
        editions += [translation.target for translation in translations]
        states = work_states(page.translation_key for page in editions)
        for work in to_write:
            state = states[self.registry.pages[work.key].translation_key]
            self.memory.remember("work", work.key, self.file_digest(work), state)
        return editions

    def must_write(self, work: Work) -> bool:
        """Whether the work is to be written; a new one gets its page here, so that others can name it."""
        page = self.registry.pages.get(work.key)
        decision = self.memory.decide(
            "work", work.key, self.file_digest(work), page is not None, lambda: self.state_of(page)
        )
        if decision is Decision.CREATE:
            with self.problems_of(work):
                decision = self.create(work)
        self.report.note(decision, work.key)
        return decision in (Decision.CREATE, Decision.UPDATE)

    def state_of(self, page: BasePage) -> str:
        return work_states([page.translation_key])[page.translation_key]

    def file_digest(self, work: Work) -> str:
        files = [value for value in work.values.values() if isinstance(value, ContentFile)]
        files += [row["document"] for rows in work.rows.values() for row in rows if row.get("document")]
        return digest([work.raw, [file.checksum for file in files]])

    # Source editions

    def create(self, work: Work) -> Decision:
        """Adds the page of the source edition with title, address and plain values; below a removed parent, nothing."""
        parent = self.registry.find(work.parent)
        if work.parent is not None and parent is None:
            return Decision.KEEP
        page = work.model(locale=self.locales[work.source_language], is_sample=work.is_sample)
        known = WorkKey.objects.filter(key=work.key).first()
        if known is not None:
            page.translation_key = known.translation_key
        page.assign_key(work.key)
        self.set_plain_values(work, page)
        if parent is None:
            place_home(page)
        else:
            self.edition_of(parent, work.source_language).add_child(instance=page)
        self.registry.pages[work.key] = page
        return Decision.CREATE

    def fill(self, work: Work, page: BasePage) -> BasePage:
        """Gives the source edition everything that its file says, and publishes it."""
        self.move_below_parent(work, page)
        # Children have been added since the page was made or read.
        page.refresh_from_db(fields=["path", "depth", "numchild", "url_path"])
        page.is_sample = work.is_sample
        self.set_plain_values(work, page)
        for name, value in self.texts(work, page.locale.language_code).items():
            setattr(page, name, value)
        for name, value in work.values.items():
            if isinstance(value, Reference) and value.kind in ("work", "partner_of"):
                setattr(page, name, self.registry.find(value))
        for name, references in work.relations.items():
            getattr(page, name).set(list(filter(None, map(self.registry.find, references))))
        for name, rows in work.rows.items():
            self.set_rows(page, name, rows)
        page.save()
        publish_as_loaded(page)
        return page

    def set_plain_values(self, work: Work, page: BasePage) -> None:
        """Texts that are no bodies, and values that name no other work."""
        for name, text in work.texts[page.locale.language_code].items():
            if isinstance(text, str) and not isinstance(page._meta.get_field(name), RichTextField):
                setattr(page, name, text)
        for name, value in work.values.items():
            if isinstance(value, ContentFile):
                setattr(page, name, self.uploads.video(value))
            elif not isinstance(value, Reference):
                setattr(page, name, value)
            elif value.kind not in ("work", "partner_of"):
                setattr(page, name, self.registry.find(value))

    def set_rows(self, page: BasePage, name: str, rows: list[dict[str, Any]]) -> None:
        """Child rows in their order; those that are there already are used again."""
        relation = type(page)._meta.get_field(name)
        existing = list(getattr(page, name).all())
        children = []
        for number, row in enumerate(rows):
            values = {field: self.row_value(value) for field, value in row.items()}
            required = [field for field, value in row.items() if isinstance(value, Reference) and values[field] is None]
            if any(not relation.related_model._meta.get_field(field).null for field in required):
                continue
            child = relation.related_model(sort_order=number, **values)
            if number < len(existing):
                child.pk, child._state.adding = existing[number].pk, False
            child.full_clean(exclude=[relation.field.name])
            children.append(child)
        getattr(page, name).set(children)

    def row_value(self, value: Any) -> Any:
        if isinstance(value, Reference):
            return self.registry.find(value)
        return self.uploads.document(value) if isinstance(value, ContentFile) else value

    def texts(self, work: Work, language: str) -> dict[str, Any]:
        """Field → text of one edition, with references replaced by pages. Fields without text are empty."""
        texts = {}
        given = work.texts[language]
        for declared in work.model.translatable_fields:
            model_field = work.model._meta.get_field(declared.field_name)
            value = given.get(model_field.name, "")
            if isinstance(model_field, StreamField):
                value = model_field.to_python(json.dumps(with_pages(value or [], self.registry.find)))
            elif isinstance(model_field, RichTextField):
                value = link_works(value, self.registry.find)
            texts[model_field.name] = value
        return texts

    def move_below_parent(self, work: Work, page: BasePage) -> None:
        parent = self.registry.find(work.parent)
        if parent is None:
            return
        for edition in page.get_translations(inclusive=True):
            new_parent = parent.get_translation_or_none(edition.locale)
            if new_parent is not None and not edition.is_child_of(new_parent):
                edition.move(new_parent, pos="last-child")

    # Translations

    def translate(self, work: Work, source: BasePage) -> list[TranslatedPage]:
        """Writes the editions in the other languages of the work."""
        parent = self.registry.find(work.parent)
        translations = []
        for language in work.languages:
            if language != source.locale.language_code:
                texts = {name: value for name, value in self.texts(work, language).items() if value}
                below = source.get_parent() if parent is None else self.edition_of(parent, language)
                translations.append(build_translation(source, self.locales[language], below, texts))
        return translations

    def edition_of(self, page: BasePage, language: str) -> Page:
        """The edition of a parent as the tree has it now. One that is still to be translated gets its page here."""
        locale = self.locales[language]
        found = Page.objects.filter(translation_key=page.translation_key, locale=locale, alias_of=None).first()
        if found is not None:
            return found
        work = self.works[page.key]
        edition = work.model(locale=locale, translation_key=page.translation_key, key=page.key)
        self.set_plain_values(work, edition)
        above = self.registry.find(work.parent)
        (page.get_parent() if above is None else self.edition_of(above, language)).add_child(instance=edition)
        return edition

    @contextlib.contextmanager
    def problems_of(self, work: Work):
        """Names file and place of what only the database or the translation could find."""
        try:
            yield
        except TranslationMismatch as error:
            place = work.place.inside(error.path.split(".")[0], work.raw.lines.get(error.path.split(".")[0], 0))
            remedy = "Give both languages the same blocks, paragraphs and links in the same order."
            raise ContentProblems([Problem(place, str(error), remedy)]) from error
        except ValidationError as error:
            details = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
            raise ContentProblems(
                Problem(work.place.inside(name or "page"), " ".join(messages), "Correct the value.")
                for name, messages in details.items()
            ) from error
