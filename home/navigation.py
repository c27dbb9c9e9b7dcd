"""What stands on every page: site name, menu, ways to the library and to us, footer; and the breadcrumbs of a page."""

from dataclasses import dataclass, field

from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_save
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page

from home.models import FamiliesPage, HomePage, SiteSettings
from resources import languages
from resources.cards import shelf_of
from resources.models import Contact
from resources.signals import works_changed
from search.models import LibraryPage

# Signals empty the cache at once in their own process; the others follow within this time.
FURNITURE_SECONDS = 60


@dataclass(frozen=True)
class NavigationLink:
    """A way to a page: words, address, and the language of the words."""

    title: str
    url: str
    lang: str


@dataclass(frozen=True)
class Furniture:
    """What every page shows in one language. Empty addresses mean that the page is not there (yet)."""

    name: str
    footer: str
    home_url: str
    library_url: str = ""
    contact_url: str = ""
    contact: object = None
    menu: list[NavigationLink] = field(default_factory=list)
    footer_links: list[NavigationLink] = field(default_factory=list)
    family_questions: list[NavigationLink] = field(default_factory=list)


def site_furniture(request) -> dict:
    """Context processor: the reader's language and the furniture, which is fetched when a template first asks."""
    return {
        "LANGUAGE_CODE": languages.current_language(),
        "furniture": SimpleLazyObject(lambda: furniture(languages.current_language())),
    }


def furniture(language: str) -> Furniture:
    """The furniture in one language, from the cache where it is known."""
    cache_key = _cache_key(language)
    known = cache.get(cache_key)
    if known is None:
        known = _collect(language)
        cache.set(cache_key, known, FURNITURE_SECONDS)
    return known


def forget_furniture(**_signal) -> None:
    """Empties the cache of the furniture, once what changed is committed."""
    transaction.on_commit(lambda: cache.delete_many([_cache_key(language) for language in ("en", "es")]))


def forget_furniture_on_changes() -> None:
    """Connects what may change the menu, the contact or the settings."""
    works_changed.connect(forget_furniture, dispatch_uid="furniture")
    for model in (SiteSettings, Contact):
        post_save.connect(forget_furniture, sender=model, dispatch_uid=f"furniture-{model.__name__}")


def breadcrumbs(page: Page, request=None) -> list[NavigationLink]:
    """The way from home to the page's parent, each step in the reader's language or the one it has."""
    language = languages.current_language()
    home = NavigationLink(furniture(language).name, f"/{language}/", language)
    if page.depth <= 2:
        return []
    keys = languages.keys_above(page)
    editions = shelf_of(request).editions(keys)
    steps = [editions[key] for key in keys if key in editions]
    return [home, *(NavigationLink(step.title, step.url, step.language) for step in steps)]


def _cache_key(language: str) -> str:
    return f"furniture-{language}"


def _collect(language: str) -> Furniture:
    settings = SiteSettings.objects.select_related("contact__organization", "contact_page").first() or SiteSettings()
    library = LibraryPage.objects.filter(live=True).order_by("pk").first()
    children = _home_children()
    contact_key = settings.contact_page.translation_key if settings.contact_page_id else None
    wanted = [*children, *([library.translation_key] if library else []), *([contact_key] if contact_key else [])]
    editions = languages.localized(wanted, language=language) if wanted else {}
    links = {key: NavigationLink(edition.title, edition.url, edition.language) for key, edition in editions.items()}
    return Furniture(
        name=getattr(settings, f"name_{language}"),
        footer=getattr(settings, f"footer_{language}") or "",
        home_url=f"/{language}/",
        library_url=editions[library.translation_key].url if library and library.translation_key in editions else "",
        contact_url=editions[contact_key].url if contact_key in editions else "",
        contact=settings.contact,
        menu=[links[key] for key, is_in_menu in children.items() if is_in_menu and key in links],
        footer_links=[links[key] for key, is_in_menu in children.items() if not is_in_menu and key in links],
        family_questions=_family_questions(language),
    )


def _family_questions(language: str) -> list[NavigationLink]:
    """The questions of the page for families, each leading to its answer; none while readers may not see the page."""
    pages = list(FamiliesPage.objects.filter(live=True).order_by("pk"))
    edition = next(iter(languages.localized(pages, language=language).values()), None)
    page = next((page for page in pages if edition and page.pk == edition.page_id), None)
    questions = [block["value"]["question"] for block in page.questions.raw_data] if page else []
    return [
        NavigationLink(question, f"{edition.url}#question-{number}", edition.language)
        for number, question in enumerate(questions, start=1)
    ]


def _home_children() -> dict:
    """Works directly below the home pages in the order of the tree → whether they ask to stand in the menu."""
    homes = HomePage.objects.filter(live=True).order_by("pk").values_list("path", flat=True)
    children: dict = {}
    for path in homes:
        rows = Page.objects.filter(path__startswith=path, depth=3, live=True).order_by("path")
        for key, is_in_menu in rows.values_list("translation_key", "show_in_menus"):
            children.setdefault(key, is_in_menu)
    return children
