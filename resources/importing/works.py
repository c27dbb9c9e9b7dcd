"""A work as an import sees it: its editions in memory, with rows and relations still to be written."""

import uuid
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Model
from wagtail.models import Locale

from resources.models import BasePage, ConveningPage, ConveningRecordingPage, ResourcePage

MODELS: dict[str, type[BasePage]] = {
    "resource": ResourcePage,
    "recording": ConveningRecordingPage,
    "convening": ConveningPage,
}
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


@dataclass
class Work:
    """One work with its editions by language; the source edition carries what does not depend on language.

    `children` and `relations` hold only what is to be replaced; everything else stays as it is.
    """

    key: str
    work_type: str
    translation_key: uuid.UUID
    source_language: str
    editions: dict[str, BasePage]
    children: dict[str, list[Model]] = field(default_factory=dict)
    relations: dict[str, list[Model]] = field(default_factory=dict)
    # Texts of bodies by language, as cells; none where the body is to stay as it is.
    bodies: dict[str, str] = field(default_factory=dict)

    @property
    def model(self) -> type[BasePage]:
        return MODELS[self.work_type]

    @property
    def source(self) -> BasePage:
        return self.editions[self.source_language]

    @property
    def languages(self) -> tuple[str, ...]:
        """The source language first."""
        return tuple(sorted(self.editions, key=lambda language: language != self.source_language))

    @property
    def is_new(self) -> bool:
        return self.source.pk is None or self.source._state.adding

    def rows(self, name: str) -> list[Model]:
        """The child rows as they will be."""
        if name not in self.children and not self.is_new:
            return list(getattr(self.source, name).all())
        return self.children.get(name, [])

    def related(self, name: str) -> list[Model]:
        if name not in self.relations and not self.is_new:
            return list(getattr(self.source, name).all())
        return self.relations.get(name, [])

    def title_in(self, language: str) -> str:
        return (self.editions.get(language) or self.source).title


def new_edition(model: type[BasePage], locale: Locale, translation_key: uuid.UUID, key: str) -> BasePage:
    return model(locale=locale, translation_key=translation_key, key=key, title="", slug="")
