"""Cards: what a reader sees of a work in every list. Those of one page view are fetched together (`Shelf`)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from resources import languages
from resources.card_rows import FileFact, PageRow, Parts, page_rows, parts_of
from resources.dates import partial_date_label
from resources.language_names import languages_label
from resources.languages.addresses import addresses
from resources.models import BillPage
from resources.models.catalog import FileFields
from resources.models.people import initials

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


class Shelf:
    """The works of one page view: everything that is wanted before the first is taken costs three queries in all."""

    def __init__(self, request=None):
        self._request = request
        self._wanted: set = set()
        self._whole: set = set()
        self._editions: dict = {}
        self._cards: dict = {}
        self._seen: set = set()

    def want(self, pages: Iterable, *, in_short: bool = False) -> list:
        """Says that these pages or translation keys will be shown; gives their keys, each once, in order.

        Cards that are wanted only `in_short` tell nothing of files and publishers, which would cost a query.
        """
        keys = list(dict.fromkeys(getattr(page, "translation_key", page) for page in pages))
        self._whole.update(() if in_short else keys)
        self._wanted.update(key for key in keys if key not in self._editions)
        return keys

    def editions(self, pages: Iterable) -> dict:
        """translation_key → edition for the reader, public ones only."""
        keys = self.want(pages)
        self._fetch()
        self._seen.update(keys)
        return {key: self._editions[key] for key in keys if self._editions[key]}

    def promise(self, pages: Iterable) -> None:
        """Says that the body of the page shows these: lists that are made for it need not repeat them."""
        self._seen.update(self.want(pages))

    def cards(self, pages: Iterable, most: int | None = None, *, unseen: bool = False) -> list[WorkCard]:
        """The cards of the first public ones among these pages or translation keys, in their order; only of those that
        the page does not show yet, if they are to be `unseen`."""
        keys = self.want(pages)
        return self._take([key for key in keys if not (unseen and key in self._seen)], most)

    def unseen_cards(self, pages: Iterable) -> list[WorkCard]:
        """Cards in short of those that the page has not shown yet: to be taken last."""
        return self._take([key for key in self.want(pages, in_short=True) if key not in self._seen])

    def _take(self, keys: list, most: int | None = None) -> list[WorkCard]:
        self._fetch()
        cards = [self._cards[key] for key in keys if key in self._cards][:most]
        self._seen.update(card.translation_key for card in cards)
        return cards

    def _fetch(self) -> None:
        if not self._wanted:
            return
        editions = languages.localized(self._wanted, request=self._request)
        self._editions.update({key: editions.get(key) for key in self._wanted})
        self._wanted = set()
        self._cards.update(_cards(editions, self._whole))


def shelf_of(request) -> Shelf:
    """The shelf of a page view; a new one without a request."""
    if request is None:
        return Shelf()
    if not hasattr(request, "_shelf"):
        request._shelf = Shelf(request)
    return request._shelf


def cards_of_pages(pages: Iterable, request=None) -> list[WorkCard]:
    """Cards of the public ones among `pages` (pages or translation keys), in their order, each work once."""
    return shelf_of(request).cards(pages)


def children_keys(parent: Page) -> list:
    """Translation keys of the live pages directly below `parent` in either language's tree, in their order. One query
    where the page came by its address, else two."""
    below = languages.children_of_editions(parent)
    return list(dict.fromkeys(below.order_by("path").values_list("translation_key", flat=True)))


def children_cards(parent: Page, request=None) -> list[WorkCard]:
    """Cards of the works directly below `parent` in either language's tree."""
    return cards_of_pages(children_keys(parent), request)


def cards_in(codes: list[str], translation_keys: Iterable) -> dict[str, dict]:
    """language → translation_key → card of a public work, as readers of each language see it. As many queries as one
    language costs."""
    editions: dict[str, dict] = {code: {} for code in codes}
    for (key, code), edition in addresses(translation_keys, codes).items():
        if not edition.is_private:
            editions[code][key] = edition
    facts = _facts(edition for found in editions.values() for edition in found.values())
    cards = {}
    for code, found in editions.items():
        with override(code):
            cards[code] = _cards_of(found, *facts)
    return cards


def _cards(editions: dict, whole: set) -> dict:
    """translation_key → card, in two queries; files and publishers only of those that are to be `whole`."""
    return _cards_of(editions, *_facts(editions.values(), whole))


def _facts(editions: Iterable, whole: set | None = None) -> tuple[dict[int, PageRow], Parts]:
    """What cards of these editions say, in two queries; files and publishers of all, or of those in `whole`."""
    ids_by_type: dict[int, set[int]] = defaultdict(set)
    sources_by_type: dict[str, set[int]] = defaultdict(set)
    for edition in editions:
        ids_by_type[edition.content_type_id] |= {edition.page_id, edition.source_id}
        if whole is None or edition.translation_key in whole:
            sources_by_type[_work_type(edition)].add(edition.source_id)
    rows = page_rows(ids_by_type)
    parts = parts_of(sources_by_type["resource"], sources_by_type["recording"], sources_by_type["convening"])
    return rows, parts


def _cards_of(editions: dict, rows: dict[int, PageRow], parts: Parts) -> dict:
    return {
        key: _card(edition, rows[edition.page_id], rows[edition.source_id], parts)
        for key, edition in editions.items()
        if edition.page_id in rows and edition.source_id in rows
    }


def _work_type(edition) -> str:
    model = ContentType.objects.get_for_id(edition.content_type_id).model_class()
    return getattr(model, "work_type", None) or "page"


def _card(edition, page: PageRow, source: PageRow, parts: Parts) -> WorkCard:
    work_type = _work_type(edition)
    tags = parts.languages.get(source.pk, [])
    kind = source.kind_es if languages.current_language() == "es" else source.kind_en
    return WorkCard(
        key=source.key,
        work_type=work_type,
        kind_label=kind or str(KIND_LABELS[work_type]),
        url=edition.url,
        title=page.title,
        lang=edition.language,
        summary=page.summary,
        is_fallback=edition.is_fallback,
        is_sample=source.is_sample,
        translation_key=edition.translation_key,
        sort_date=source.date,
        date_label=partial_date_label(source.date, source.date_precision) if source.date_precision else "",
        languages=tags,
        languages_label=languages_label(tags, edition.language) if tags else "",
        organizations=parts.organizations.get(source.pk, []),
        file_label=minutes_label(source.seconds) or file_label(parts.files.get(source.pk, [])),
        status=source.status,
        status_label=str(BillPage.Status(source.status).label) if source.status else "",
        initials=initials(source.organization, source.organization_short) if source.organization else "",
    )


def minutes_label(seconds: int | None) -> str:
    """A length in whole minutes, rounded up: “4 minutes”."""
    if not seconds:
        return ""
    minutes = -(-seconds // 60)
    return ngettext("%(minutes)d minute", "%(minutes)d minutes", minutes) % {"minutes": minutes}


def file_label(files: list[FileFact]) -> str:
    """What opens, before the tap: format, size, pages and minutes of the file of which most is known."""
    if not files:
        return ""
    best = max(files, key=lambda file: bool(file.bytes) + bool(file.pages) + bool(file.minutes))
    if not best.has_address:
        return gettext("Not available online yet")
    parts = [str(FileFields.Format(best.format).label)]
    if best.bytes:
        parts.append(filesizeformat(best.bytes))
    if best.pages:
        parts.append(ngettext("%(pages)d page", "%(pages)d pages", best.pages) % {"pages": best.pages})
    if best.minutes:
        parts.append(minutes_label(best.minutes * 60))
    return " · ".join(parts)
