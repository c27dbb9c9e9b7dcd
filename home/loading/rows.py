"""Vocabularies, organizations, people, contacts and glossary terms as the content files describe them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from home.loading.fields import LANGUAGES, Fields
from home.loading.problems import Place
from home.loading.read import Mapping
from resources import models as resources
from resources.models import GlossaryTerm, GlossaryWord

TAXONOMY_MODELS = {
    "topics": resources.Topic,
    "audiences": resources.Audience,
    "grade_spans": resources.GradeSpan,
    "resource_types": resources.ResourceType,
    "counties": resources.County,
    "partner_role_kinds": resources.PartnerRoleKind,
    "organization_kinds": resources.OrganizationKind,
    "collections": resources.ResourceCollection,
}


@dataclass
class Row:
    """One row without pages: its model, its stable key, the values of its fields, and its child rows if any."""

    model: type[models.Model]
    key: str
    place: Place
    raw: Mapping
    values: dict[str, Any]
    children: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return self.model._meta.model_name

    @property
    def key_field(self) -> str:
        return "slug" if issubclass(self.model, resources.Taxonomy) else "key"


def read_taxonomies(fields: Fields) -> Iterator[Row]:
    for name, model in TAXONOMY_MODELS.items():
        for number, (item, place) in enumerate(fields.items(name), start=1):
            entry = fields.nested(item, place, model)
            slug = entry.text("slug", required=True)
            values = {f"name_{language}": entry.text(language, True, f"name_{language}") for language in LANGUAGES}
            entry.finish()
            yield Row(model, slug, place, entry.mapping, {**values, "sort_order": number})
    fields.finish()


def read_organizations(entries: Iterator[Fields]) -> Iterator[Row]:
    for entry in entries:
        entry.model = resources.Organization
        key = entry.text("key", required=True)
        values = {
            "name": entry.text("name", required=True),
            "short_name": entry.text("short_name"),
            "gloss_es": entry.text("gloss_es"),
            "kind": entry.reference("kind", "organizationkind"),
            "url": entry.text("url"),
            "url_es": entry.text("url_es"),
            **_both(entry, "description"),
        }
        entry.finish()
        yield Row(entry.model, key, entry.place, entry.mapping, values)


def read_people(fields: Fields) -> Iterator[Row]:
    for item, place in fields.items("people"):
        entry = fields.nested(item, place, resources.Person)
        key, name = entry.text("key", required=True), entry.text("name", required=True)
        entry.finish()
        yield Row(entry.model, key, place, entry.mapping, {"name": name})
    for item, place in fields.items("contacts"):
        entry = fields.nested(item, place, resources.Contact)
        key = entry.text("key", required=True)
        values = {
            "name": entry.text("name"),
            **_both(entry, "role"),
            "organization": entry.reference("organization", "organization"),
            "email": entry.text("email"),
            "phone": entry.text("phone"),
            "whatsapp": entry.text("whatsapp"),
            "languages": ", ".join(str(value) for value, _place in entry.items("languages")),
        }
        entry.finish()
        yield Row(entry.model, key, place, entry.mapping, values)
    fields.finish()


def read_glossary(entries: Iterator[Fields]) -> Iterator[Row]:
    for entry in entries:
        entry.model = GlossaryTerm
        key = entry.text("key", required=True)
        values, words = _both(entry, "definition"), _Words()
        for language in LANGUAGES:
            part = entry.nested(entry.take(language, required=True) or Mapping(0), entry.at(language), GlossaryTerm)
            values[f"preferred_{language}"] = part.text("preferred", True, f"preferred_{language}")
            words.add(part, "variants", language, GlossaryWord.Kind.VARIANT)
            words.add(part, "acronyms", language, GlossaryWord.Kind.ACRONYM)
            part.finish()
        for name, kind in (("family", "family"), ("family_suggest_only", "suggestion")):
            if value := entry.take(name):
                part = entry.nested(value, entry.at(name), GlossaryWord)
                for language in LANGUAGES:
                    words.add(part, language, language, GlossaryWord.Kind(kind))
                part.finish()
        entry.finish()
        yield Row(GlossaryTerm, key, entry.place, entry.mapping, values, {"words": words.rows})


class _Words:
    """The other words of one glossary term, each once in a language."""

    def __init__(self):
        self.rows: list[dict[str, str]] = []
        self.seen: set[tuple[str, str]] = set()

    def add(self, fields: Fields, name: str, language: str, kind: GlossaryWord.Kind) -> None:
        for value, place in fields.items(name):
            if not isinstance(value, str):
                fields.problem(place, "A word is expected here.", "Write the word, in quotes if it has a colon.")
                continue
            if (language, value.lower()) in self.seen:
                fields.problem(place, f"“{value}” is already among the words of this term.", "Remove one of the two.")
            self.seen.add((language, value.lower()))
            self.rows.append({"text": value, "language": language, "kind": kind.value})


def _both(entry: Fields, name: str) -> dict[str, str]:
    texts = entry.bilingual(name, field=f"{name}_en")
    return {f"{name}_{language}": texts.get(language, "") for language in LANGUAGES}
