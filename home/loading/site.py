"""The site itself: its languages, its home page in each, and its settings."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Locale, Page, Site

from home.loading.memory import Decision, Memory, digest
from home.loading.references import Reference
from home.loading.registry import Registry
from home.loading.report import LoadReport
from home.loading.settings import Settings
from home.models import HomePage, SiteSettings


def site_locales() -> dict[str, Locale]:
    """Language code → locale, one for each language of the site."""
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES}


def place_home(home: HomePage) -> None:
    """Puts the home page at the top of the tree and makes it the site's. The welcome page of a new Wagtail goes."""
    root = Page.get_first_root_node()
    site = Site.objects.filter(is_default_site=True).first()
    welcome = Page.objects.filter(pk=site.root_page_id, numchild=0).first() if site else None
    if welcome is not None and welcome.specific_class is Page:
        # Its address may be the one that the home page takes.
        welcome.slug = "welcome"
        welcome.save(clean=False)
    else:
        welcome = None
    root.add_child(instance=home)
    if site is None:
        address = urlsplit(settings.SITE_URL)
        site = Site(hostname=address.hostname, port=address.port or 80, is_default_site=True)
    if welcome is not None or site.pk is None:
        site.root_page, site.site_name = home, settings.WAGTAIL_SITE_NAME
        site.save()
    if welcome is not None:
        Page.objects.get(pk=welcome.pk).delete()
        root.refresh_from_db()


def write_settings(given: Settings, registry: Registry, memory: Memory, report: LoadReport) -> None:
    """Names, footer and contact of the site, unless an editor changed them."""
    instance = SiteSettings.load()
    file_digest = digest(given.raw)
    known = ("settings", "site") in memory.known
    pristine = not known and _state(instance, given) == _state(SiteSettings(), given)
    decision = (
        Decision.CREATE
        if pristine
        else memory.decide("settings", "site", file_digest, True, lambda: _state(instance, given))
    )
    report.note(decision, "settings")
    if decision in (Decision.CREATE, Decision.UPDATE):
        for name, value in given.values.items():
            setattr(instance, name, registry.find(value) if isinstance(value, Reference) else value)
        instance.save()
        memory.remember("settings", "site", file_digest, _state(instance, given))


def _state(instance: SiteSettings, given: Settings) -> str:
    return digest([getattr(instance, SiteSettings._meta.get_field(name).attname) for name in sorted(given.values)])
