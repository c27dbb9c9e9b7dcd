"""Best bets: works that editors recommend for a query, when the whole query is one of the wordings they wrote."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from wagtail.models import Page

from resources import languages
from resources.bilingual import in_language
from resources.models import WorkKey
from search.analysis import LANGUAGES, common_form
from search.models import BestBet
from search.parsing import parse
from search.query import LibraryQuery
from search.results import LibraryResult, Recommendation
from search.versions import Made, Version

bets_version = Version("search-best-bets", 60)

Forms = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Pick:
    """A work to recommend, by its key, with a note in each language."""

    key: str
    note_en: str
    note_es: str


def best_bets(query: LibraryQuery, find: Callable[[list[str], str], list[LibraryResult]]) -> tuple[Recommendation, ...]:
    """What editors recommend for a query, on its first page and while no filter is chosen. `find` gives public works
    by their keys for readers of a language."""
    picks = picks_for(query.text) if query.page == 1 and not query.filters else {}
    if not picks:
        return ()
    recommended = []
    for result in find(list(picks), query.language):
        note, language = in_language(picks[result.key], "note", query.language)
        recommended.append(Recommendation(result, note, language if note else ""))
    return tuple(recommended)


def picks_for(text: str) -> dict[str, Pick]:
    """Key → pick for everything recommended for a text, in the editors' order."""
    book = _book.current()
    return {pick.key: pick for forms in sorted(forms_of(text)) for pick in book.get(forms, ())}


def unseen_works(bet: BestBet, language: str) -> list[tuple[Page, bool]]:
    """The works of a recommendation that no reader may see now, in their order, each with whether it is published: the
    edition in a language, or else the one written first. None while the recommendation is switched off."""
    rows = list(bet.works.all()) if bet.is_active else []
    keys = dict(Page.objects.filter(pk__in=[row.work_id for row in rows]).values_list("pk", "translation_key"))
    of_works = {"translation_key__in": keys.values()}
    public, live = (
        set(pages.filter(**of_works).values_list("translation_key", flat=True))
        for pages in (languages.public_editions(), languages.live_editions())
    )
    editions = Page.objects.filter(**of_works, alias_of__isnull=True).select_related("locale").order_by("-pk")
    shown = {page.translation_key: page for page in editions}
    shown |= {page.translation_key: page for page in editions if page.locale.language_code == language[:2]}
    unseen = dict.fromkeys(key for row in rows if (key := keys.get(row.work_id)) not in public)
    return [(shown[key], key in live) for key in unseen if key in shown]


def forms_of(text: str, language: str = "") -> set[Forms]:
    """A whole text in the form in which it is compared, in its language or else in each; none for no words."""
    pieces = parse(text)
    found = [word for piece in pieces for word in piece.words]
    if not found or any(piece.is_excluded for piece in pieces):
        return set()
    languages = (language,) if language else LANGUAGES
    return {(each, tuple(common_form(word, each) for word in found)) for each in languages}


def _load() -> dict[Forms, list[Pick]]:
    """The recommendations as they stand in the admin."""
    bets = list(BestBet.objects.filter(is_active=True).prefetch_related("wordings", "works__work"))
    wanted = {row.work.translation_key for bet in bets for row in bet.works.all()}
    keys = dict(WorkKey.objects.filter(translation_key__in=wanted).values_list("translation_key", "key"))
    book: dict[Forms, list[Pick]] = defaultdict(list)
    for bet in bets:
        rows = [row for row in bet.works.all() if row.work.translation_key in keys]
        picks = [Pick(keys[row.work.translation_key], row.note_en, row.note_es) for row in rows]
        for forms in {form for wording in bet.wordings.all() for form in forms_of(wording.text, wording.language)}:
            book[forms] += picks
    return dict(book)


_book = Made(bets_version, _load)
