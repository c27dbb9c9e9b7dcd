"""What a resource page shows besides its own text: files, people, subjects, related works."""

from dataclasses import dataclass

from assets.models import TextState
from resources.bilingual import in_reader_language
from resources.cards import shelf_of
from resources.dates import partial_date_label
from resources.language_names import language_within_sentence, languages_label, within_sentence
from resources.models import ResourcePage
from resources.subjects import linked_keys, subject_terms


@dataclass(frozen=True)
class FileEntry:
    """What opens at one address: the languages it is in, its format and size. No address: not available online yet."""

    href: str
    title: str
    languages: list[str]
    language_names: list[str]
    format: str
    format_label: str
    bytes: int | None
    pages: int | None
    minutes: int | None
    is_external: bool


def file_entries(rows) -> list[FileEntry]:
    """The files of a work; one entry for each address, which may hold several languages."""
    by_address: dict = {}
    for row in rows:
        by_address.setdefault((row.href or f"none-{row.pk}", row.format), []).append(row)
    return [
        FileEntry(
            href=group[0].href,
            title=in_reader_language(group[0], "title"),
            languages=[row.language for row in group],
            language_names=[language_within_sentence(row.language) for row in group],
            format=group[0].format,
            format_label=within_sentence(group[0].get_format_display()),
            bytes=next((row.bytes for row in group if row.bytes), None),
            pages=next((row.pages for row in group if row.pages), None),
            minutes=next((row.minutes for row in group if row.minutes), None),
            is_external=group[0].is_external,
        )
        for group in by_address.values()
    ]


def _languages_of_texts(rows) -> list[str]:
    """The languages of files whose text was read."""
    return list(
        dict.fromkeys(
            row.language.split("-")[0] for row in rows if row.document and row.document.text_state == TextState.READ
        )
    )


def resource_context(page: ResourcePage, request) -> dict:
    """Files, people, publishers, date, subjects, and the works it is related to."""
    resource, shelf = page.work, shelf_of(request)
    subjects, related = linked_keys(resource)
    shelf.want([*subjects, *related])
    rows = list(resource.files.select_related("document").order_by("sort_order"))
    tags = list(dict.fromkeys(row.language for row in rows))
    return {
        **subject_terms(resource),
        "files": file_entries(rows),
        "searchable_languages": _languages_of_texts(rows),
        "languages": tags,
        "languages_label": languages_label(tags, page.language) if tags else "",
        "original_title": resource.title
        if resource.live and page.pk != resource.pk and resource.title != page.title
        else "",
        "original_language": resource.language,
        "organizations": [
            row.organization for row in resource.organizations.select_related("organization").order_by("sort_order")
        ],
        "date_label": partial_date_label(resource.date, resource.date_precision),
        "subject_cards": shelf.cards(subjects),
        "related_cards": shelf.cards(related),
    }
