"""The source edition of a work: where everything that does not depend on language is written and read."""

from collections.abc import Iterable

from django.db.models import Min, Q, Subquery
from wagtail.models import Page

from resources import languages


def source_ids(translation_keys: Iterable) -> dict:
    """translation_key → pk of the edition written first. One query."""
    rows = (
        Page.objects.filter(translation_key__in=set(translation_keys), alias_of__isnull=True)
        .values("translation_key")
        .annotate(source=Min("pk"))
    )
    return {row["translation_key"]: row["source"] for row in rows.order_by()}


def is_source_edition(page: Page) -> bool:
    return source_ids([page.translation_key]).get(page.translation_key, page.pk) == page.pk


def source_edition(page: Page) -> Page:
    """The source edition of a page (itself, where it is the one); two queries at most."""
    source_id = languages.forest_of(page).source_id(page.translation_key) if page.pk else None
    if source_id == page.pk or source_id is None:
        return page
    sources = type(page)._default_manager.filter(pk=source_id).select_related(*page.source_joins)
    return sources.first() or page


def source_editions(pages: Iterable[Page]) -> dict:
    """translation_key → specific source edition, in a fixed number of queries per page type."""
    pages = list(pages)
    sources = source_ids(page.translation_key for page in pages)
    known = {page.pk: page for page in pages}
    missing = [pk for pk in sources.values() if pk not in known or type(known[pk]) is Page]
    loaded = {page.pk: page for page in Page.objects.filter(pk__in=missing).specific()} if missing else {}
    return {key: loaded.get(pk) or known[pk] for key, pk in sources.items()}


def source_editions_only() -> Q:
    """A condition for choosers: one row a work, its source edition."""
    first = Page.objects.filter(alias_of__isnull=True).values("translation_key").annotate(source=Min("pk"))
    return Q(pk__in=Subquery(first.order_by().values("source")))


def translate_missing_parents(page: Page, locale) -> None:
    """Gives each ancestor without an edition in `locale` a draft one that wagtail-localize manages.

    wagtail-localize would otherwise create live aliases: the other language's text published under this one.
    """
    from wagtail_localize.operations import translate_object

    parent = page.get_parent().specific
    if parent.is_root() or parent.get_translations().filter(locale=locale, alias_of__isnull=True).exists():
        return
    translate_object(parent, [locale])
