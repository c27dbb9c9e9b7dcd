"""What cards need of the database: one query for pages of any types, one for their files, captions and publishers."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, Case, CharField, DateField, F, IntegerField, Q, TextField, Value, When
from django.db.models.functions import Cast, Coalesce

from resources.models import (
    BillPage,
    CaptionTrack,
    ConveningOrganization,
    ConveningPage,
    ConveningRecordingPage,
    PartnerPage,
    ResourceFile,
    ResourceOrganization,
    ResourcePage,
)


class PageRow(NamedTuple):
    """A page of any type as a card shows it; what its type does not have is None or empty."""

    pk: int
    title: str
    key: str
    summary: str
    is_sample: bool
    date: datetime.date | None
    date_precision: str
    kind_en: str
    kind_es: str
    status: str
    seconds: int | None
    organization: str
    organization_short: str


NOTHING = {
    "date": Cast(Value(None), DateField()),
    "date_precision": Value("", CharField()),
    "kind_en": Value("", CharField()),
    "kind_es": Value("", CharField()),
    "status": Value("", CharField()),
    "seconds": Cast(Value(None), IntegerField()),
    "organization": Value("", CharField()),
    "organization_short": Value("", CharField()),
}
TYPE_COLUMNS = {
    ResourcePage: {
        "date": F("date"),
        "date_precision": F("date_precision"),
        "kind_en": F("resource_type__name_en"),
        "kind_es": F("resource_type__name_es"),
    },
    ConveningPage: {"date": F("starts_on"), "date_precision": F("date_precision")},
    ConveningRecordingPage: {
        "date": F("recorded_on"),
        "date_precision": F("date_precision"),
        "seconds": Cast(F("duration_seconds"), IntegerField()),
    },
    BillPage: {"date": F("outcome_date"), "status": F("status")},
    PartnerPage: {"organization": F("organization__name"), "organization_short": F("organization__short_name")},
}


def page_rows(ids_by_type: dict[int, set[int]]) -> dict[int, PageRow]:
    """pk → row of pages, given as content type id → pks. One query, whatever the types."""
    selects = [
        _select_pages(ContentType.objects.get_for_id(content_type_id).model_class(), ids)
        for content_type_id, ids in sorted(ids_by_type.items())
    ]
    return {row[0]: PageRow(*row) for row in _union(selects)}


def _select_pages(model, ids: set[int]):
    columns = {**NOTHING, **TYPE_COLUMNS.get(model, {})}
    named = {f"card_{name}": expression for name, expression in columns.items()}
    text = Cast("summary", TextField())
    pages = model.objects.filter(pk__in=ids).order_by().annotate(card_summary=text, **named)
    return pages.values_list("pk", "title", "key", "card_summary", "is_sample", *named)


@dataclass(frozen=True)
class FileFact:
    """What a card says of a file before it is opened."""

    format: str
    has_address: bool
    bytes: int | None
    pages: int | None
    minutes: int | None


@dataclass
class Parts:
    """What hangs on source editions, by their pk, in the editors' order."""

    languages: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    files: dict[int, list[FileFact]] = field(default_factory=lambda: defaultdict(list))
    organizations: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))


def parts_of(resources: Iterable[int], recordings: Iterable[int], convenings: Iterable[int]) -> Parts:
    """Files, captions and publishers of the given source editions; one query, none where there are no pages."""
    resources, recordings, convenings = list(resources), list(recordings), list(convenings)
    selects = []
    if resources:
        selects.append(_select_files(resources))
        selects.append(_select_names(ResourceOrganization, resources, "organization", "organization__name"))
    if convenings:
        selects.append(_select_names(ConveningOrganization, convenings, "organization", "organization__name"))
    if recordings:
        selects.append(_select_names(CaptionTrack, recordings, "caption", "language"))
    parts = Parts()
    for page, kind, _order, text, *file in sorted(_union(selects), key=lambda row: row[:3]):
        if kind == "organization":
            parts.organizations[page].append(text)
            continue
        if text not in parts.languages[page]:
            parts.languages[page].append(text)
        if kind == "file":
            parts.files[page].append(FileFact(*file))
    return parts


def _select_files(ids: list[int]):
    has_address = Case(
        When(Q(document__isnull=False) | ~Q(url=""), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    rows = ResourceFile.objects.filter(page_id__in=ids).order_by()
    return _columns(rows, "file", F("language"), F("format"), has_address, F("bytes"), F("pages"), F("minutes"))


def _select_names(model, ids: list[int], kind: str, text: str):
    no_number = Cast(Value(None), IntegerField())
    rows = model.objects.filter(page_id__in=ids).order_by()
    false = Value(False, BooleanField())
    return _columns(rows, kind, F(text), Value("", CharField()), false, no_number, no_number, no_number)


def _columns(rows, kind: str, *values):
    named = {f"part_{number}": value for number, value in enumerate(values)}
    # Rows that were not made in a form may have no order.
    order = Cast(Coalesce(F("sort_order"), 0), IntegerField())
    rows = rows.annotate(part_kind=Value(kind, CharField()), part_order=order, **named)
    return rows.values_list("page_id", "part_kind", "part_order", *named)


def _union(selects: list) -> Iterable:
    return selects[0].union(*selects[1:], all=True) if selects else []
