"""What a work is about, for whom, where and by whom: one query for its words and names, one for the works it names."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from resources import languages

VOCABULARIES = ("topics", "audiences", "grade_spans", "counties")
SUBJECT_PAGES = ("programs", "regions", "bills")


@dataclass(frozen=True)
class Term:
    """A term of a vocabulary: its key, and its name in the reader's language."""

    slug: str
    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class SpeakerEntry:
    """Somebody who speaks in a recording, with the role in the reader's language where it is known."""

    name: str
    role: str


def subject_terms(source) -> dict[str, list]:
    """Vocabulary → terms of a source edition in their order; `authors` → names where it has authors; `speakers` and
    `chapters` (seconds, title) where it is a recording. One query."""
    language = languages.current_language()
    other = languages.other_language(language)
    groups = {
        field: (getattr(source, field).all(), ("sort_order", "slug", f"name_{language}")) for field in VOCABULARIES
    }
    if hasattr(source, "authors"):
        groups["authors"] = (source.authors.all(), ("sort_order", "person__key", "person__name"))
    if hasattr(source, "chapters"):
        groups["chapters"] = (source.chapters.all(), ("start_seconds", f"title_{other}", f"title_{language}"))
        groups["speakers"] = (source.speakers.all(), ("sort_order", "name", f"role_{language}"))
        groups["speakers_otherwise"] = (source.speakers.all(), ("sort_order", "name", f"role_{other}"))
    found: dict[str, list] = {field: [] for field in groups}
    for group, *row in sorted(_together(groups), key=lambda row: row[:3]):
        found[group].append(row)
    terms: dict[str, list] = {
        field: [Term(slug, name) for _order, slug, name in found[field]] for field in VOCABULARIES
    }
    if "authors" in groups:
        terms["authors"] = [name for _order, _key, name in found["authors"]]
    if "chapters" in groups:
        terms["chapters"] = [(seconds, own or fallback) for seconds, fallback, own in found["chapters"]]
        terms["speakers"] = [
            SpeakerEntry(name, own or fallback)
            for (_order, name, own), (*_place, fallback) in zip(
                found["speakers"], found["speakers_otherwise"], strict=True
            )
        ]
    return terms


def linked_keys(source) -> tuple[list, list]:
    """Translation keys of the programs, regions and bills of a source edition, and of its related works. One query."""
    groups = {field: (getattr(source, field).all(), ("depth", "title", "translation_key")) for field in SUBJECT_PAGES}
    if hasattr(source, "related_works"):
        groups["related_works"] = (source.related_works.all(), ("sort_order", "work__title", "work__translation_key"))
    rows = list(_together(groups))
    subjects = [row for row in rows if row[0] in SUBJECT_PAGES]
    subjects.sort(key=lambda row: (SUBJECT_PAGES.index(row[0]), row[2]))
    related = sorted((row for row in rows if row[0] == "related_works"), key=lambda row: row[1])
    return [row[3] for row in subjects], [row[3] for row in related]


def _together(groups: dict) -> Iterable[tuple]:
    """(group, number, text, value) of rows of several models; in a preview, rows not saved yet are among them."""
    selects, rows = [], []
    for group, (members, fields) in groups.items():
        if not isinstance(members, QuerySet):
            rows.extend((group, *(_value(member, field) for field in fields)) for member in members)
            continue
        number, text, value = fields
        columns = {
            "part_group": Value(group, CharField()),
            "part_number": Cast(number, IntegerField()),
            "part_text": Cast(text, CharField()),
            "part_value": F(value),
        }
        selects.append(members.order_by().annotate(**columns).values_list(*columns))
    return [*rows, *(selects[0].union(*selects[1:], all=True) if selects else [])]


def _value(member, path: str):
    for name in path.split("__"):
        member = getattr(member, name)
    return member
