"""A small bilingual site for tests of import and export, and ways to write tables."""

import csv
from pathlib import Path

from wagtail.models import Locale, Page

from home.models import HomePage
from resources.importing.problems import ImportRefused
from resources.importing.service import ImportReport, import_library
from resources.models import (
    Audience,
    ConveningsPage,
    County,
    GradeSpan,
    Organization,
    ProgramPage,
    ProgramsPage,
    ResourceType,
    Topic,
)
from search.models import LibraryPage


def make_site() -> None:
    """Home, library, a program with its convenings, in both languages; a few terms."""
    locales = [Locale.objects.get_or_create(language_code=code)[0] for code in ("en", "es")]
    root = Page.objects.get(depth=1)
    homes = add(root, HomePage, "home", locales)
    add(homes, LibraryPage, "library", locales)
    programs = add(homes, ProgramsPage, "programs", locales)
    program = add(programs, ProgramPage, "el-win", locales, acronym="EL-WIN")
    add(program, ConveningsPage, "el-win-convenings", locales)
    for slug, english, spanish in (("guide", "Guide", "Guía"), ("report", "Report", "Informe")):
        ResourceType.objects.create(slug=slug, name_en=english, name_es=spanish)
    Topic.objects.create(slug="reclassification", name_en="Reclassification", name_es="Reclasificación")
    Topic.objects.create(slug="biliteracy", name_en="Biliteracy", name_es="Biliteracidad")
    Audience.objects.create(slug="families", name_en="Families", name_es="Familias")
    GradeSpan.objects.create(slug="tk-5", name_en="Elementary school", name_es="Primaria")
    County.objects.create(slug="fresno", name_en="Fresno County", name_es="Condado de Fresno")
    Organization.objects.create(key="californians-together", name="Californians Together")


def add(parents, model, key: str, locales, **values):
    """Both editions of a page below both editions of its parent; gives language → page."""
    editions, translation_key = {}, None
    for locale in locales:
        language = locale.language_code
        parent = parents[language] if isinstance(parents, dict) else parents
        page = model(title=f"{key} {language}", slug=f"{key}-{language}", locale=locale, **values)
        if translation_key:
            page.translation_key = translation_key
        page.assign_key(key)
        parent.add_child(instance=page)
        translation_key = page.translation_key
        editions[language] = page
    return {language: type(page).objects.get(pk=page.pk) for language, page in editions.items()}


def write_csv(path: Path, *rows: dict[str, str]) -> Path:
    """A CSV file with the columns of all rows."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path


def run(path: Path, **options) -> ImportReport:
    return import_library(path, folder=path.parent, **options)


def problems_of(path: Path, **options) -> list[tuple[int, str]]:
    """(row, column) of each problem of a refused import."""
    try:
        run(path, **options)
    except ImportRefused as refused:
        return [(problem.row, problem.column) for problem in refused.problems]
    raise AssertionError("The import was not refused.")


GUIDE = {
    "key": "guide-one",
    "type": "guide",
    "title_en": "Guide to reclassification",
    "title_es": "Guía de reclasificación",
    "summary_en": "How a student stops being an English learner.",
    "summary_es": "Cómo deja un estudiante de ser aprendiz de inglés.",
    "body_en": "First paragraph.\n\nSecond & last.",
    "body_es": "Primer párrafo.\n\nSegundo & último.",
    "link_en": "https://example.org/guide.pdf",
    "date": "2024-05",
    "authors": "Ana Ruiz; Luis Peña",
    "organizations": "californians-together",
    "topics": "reclassification; Biliteracidad",
    "audiences": "Families",
    "grades": "tk-5",
    "program": "EL-WIN",
    "counties": "Fresno",
}
