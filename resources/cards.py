"""Cards: what a reader sees of a work in every list, built in bulk with a fixed number of queries per page type."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from resources import languages
from resources.dates import partial_date_label
from resources.editions import source_ids
from resources.language_names import languages_label
from resources.models import (
    CaptionTrack,
    ConveningRecordingPage,
    Organization,
    ResourceFile,
    ResourceOrganization,
    ResourcePage,
    ResourceType,
)

KIND_LABELS = {
    "resource": _("Resource"),
    "recording": _("Recording"),
    "convening": _("Convening"),
    "program": _("Program"),
    "region": _("Region"),
    "partner": _("Partner"),
    "bill": _("Bill"),
    "workgroup": _("Workgroup"),
    "page": _("Page"),
}


@dataclass
class WorkCard:
    """A work as lists show it. `lang` is the language of title and summary; `languages` are those of its files."""

    key: str
    work_type: str
    kind_label: str
    url: str
    title: str
    lang: str
    summary: str
    is_fallback: bool
    is_sample: bool
    translation_key: object = None
    date_label: str = ""
    languages: list[str] = field(default_factory=list)
    languages_label: str = ""
    organizations: list[str] = field(default_factory=list)
    file_label: str = ""
    status: str = ""
    status_label: str = ""
    initials: str = ""
    sort_date: object = None

    @property
    def summary_lang(self) -> str:
        return self.lang


def cards_of_pages(pages: Iterable, request=None) -> list[WorkCard]:
    """Cards of the public ones among `pages` (pages or translation keys), in their order, each work once."""
    keys = list(dict.fromkeys(getattr(page, "translation_key", page) for page in pages))
    if not keys:
        return []
    editions = languages.localized(keys, request=request)
    sources = source_ids(editions)
    shown = _specific({edition.page_id for edition in editions.values()} | set(sources.values()))
    facts = _facts([shown[pk] for pk in set(sources.values()) if pk in shown])
    cards = []
    for key in keys:
        edition = editions.get(key)
        if edition is None or edition.page_id not in shown:
            continue
        page, source = shown[edition.page_id], shown.get(sources.get(key), shown[edition.page_id])
        cards.append(_card(edition, page, source, facts))
    return cards


def children_cards(parent: Page, request=None) -> list[WorkCard]:
    """Cards of the works directly below `parent` in either language's tree, in the order of the tree."""
    parents = Page.objects.filter(translation_key=parent.translation_key).values_list("path", "depth")
    children: list = []
    for path, depth in parents:
        rows = Page.objects.filter(path__startswith=path, depth=depth + 1, live=True).order_by("path")
        children.extend(rows.values_list("translation_key", flat=True))
    return cards_of_pages(children, request)


def _specific(ids: set) -> dict:
    return {page.pk: page for page in Page.objects.filter(pk__in=ids).specific().defer_streamfields()}


def _facts(sources: list[Page]) -> dict:
    """Files, languages, organizations and resource types of source editions; one query each."""
    resource_ids = [page.pk for page in sources if isinstance(page, ResourcePage)]
    recording_ids = [page.pk for page in sources if isinstance(page, ConveningRecordingPage)]
    facts = {"files": defaultdict(list), "organizations": defaultdict(list), "captions": defaultdict(list), "types": {}}
    if resource_ids:
        for file in ResourceFile.objects.filter(page_id__in=resource_ids).order_by("sort_order"):
            facts["files"][file.page_id].append(file)
        rows = ResourceOrganization.objects.filter(page_id__in=resource_ids).select_related("organization")
        for row in rows.order_by("sort_order"):
            facts["organizations"][row.page_id].append(row.organization.name)
        facts["types"] = ResourceType.objects.in_bulk()
    if recording_ids:
        for page_id, language in CaptionTrack.objects.filter(page_id__in=recording_ids).values_list(
            "page_id", "language"
        ):
            facts["captions"][page_id].append(language)
    organization_ids = [page.organization_id for page in sources if page.work_type == "partner"]
    facts["partners"] = Organization.objects.in_bulk(organization_ids) if organization_ids else {}
    return facts


def _card(edition, page, source, facts) -> WorkCard:
    work_type = getattr(source, "work_type", None) or "page"
    files = facts["files"].get(source.pk, [])
    tags = list(dict.fromkeys([file.language for file in files] or facts["captions"].get(source.pk, [])))
    card = WorkCard(
        key=source.key,
        work_type=work_type,
        kind_label=str(KIND_LABELS[work_type]),
        url=edition.url,
        title=page.title,
        lang=edition.language,
        summary=page.summary,
        is_fallback=edition.is_fallback,
        is_sample=source.is_sample,
        translation_key=source.translation_key,
        languages=tags,
        languages_label=languages_label(tags, edition.language) if tags else "",
        organizations=facts["organizations"].get(source.pk, []),
        file_label=file_label(files),
    )
    if work_type == "resource":
        card.kind_label = facts["types"][source.resource_type_id].name
        card.sort_date, card.date_label = source.date, partial_date_label(source.date, source.date_precision)
    elif work_type == "convening":
        card.sort_date, card.date_label = source.starts_on, partial_date_label(source.starts_on, source.date_precision)
    elif work_type == "recording":
        card.sort_date = source.recorded_on
        card.date_label = partial_date_label(source.recorded_on, source.date_precision)
        card.file_label = minutes_label(source.duration_seconds)
    elif work_type == "bill":
        card.status, card.status_label = source.status, str(source.get_status_display())
        card.sort_date = source.outcome_date
    elif work_type == "partner" and source.organization_id in facts["partners"]:
        card.initials = facts["partners"][source.organization_id].initials
    return card


def minutes_label(seconds: int | None) -> str:
    """A length in whole minutes, rounded up: “4 minutes”."""
    if not seconds:
        return ""
    minutes = -(-seconds // 60)
    return ngettext("%(minutes)d minute", "%(minutes)d minutes", minutes) % {"minutes": minutes}


def file_label(files: list) -> str:
    """What opens, before the tap: format, size, pages and minutes of the first file that has them."""
    if not files:
        return ""
    best = max(files, key=lambda file: bool(file.bytes) + bool(file.pages) + bool(file.minutes))
    if not best.document_id and not best.url:
        return gettext("Not available online yet")
    parts = [str(best.get_format_display())]
    if best.bytes:
        parts.append(filesizeformat(best.bytes))
    if best.pages:
        parts.append(ngettext("%(pages)d page", "%(pages)d pages", best.pages) % {"pages": best.pages})
    if best.minutes:
        parts.append(minutes_label(best.minutes * 60))
    return " · ".join(parts)
