"""Restrictions stand on every edition of a work alike, one on each page: what editors see in the admin is what holds.

Readers are kept out by `languages.view_restrictions` already, which looks at both trees. The mirrored rows show editors
of either tree that a page is private, and survive when the other edition is deleted.
"""

from wagtail.models import Page, PageViewRestriction

from resources import languages

# Who gets in: few people first.
STRICTEST_FIRST = [PageViewRestriction.GROUPS, PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD]


def mirror(restriction: PageViewRestriction) -> None:
    """Makes `restriction` the only one of its page, and gives the page's other editions the same."""
    PageViewRestriction.objects.filter(page_id=restriction.page_id).exclude(pk=restriction.pk).delete()
    for page in _other_editions(restriction.page):
        own = page.view_restrictions.order_by("pk").first()
        if own is None:
            _copy(restriction, page)
        else:
            same = {"restriction_type": restriction.restriction_type, "password": restriction.password}
            PageViewRestriction.objects.filter(pk=own.pk).exclude(**same).update(**same)


def mirror_groups(restriction: PageViewRestriction) -> None:
    """Gives the restrictions of the page's other editions the same groups."""
    groups = set(restriction.groups.all())
    for page in _other_editions(restriction.page):
        own = page.view_restrictions.order_by("pk").first()
        if own and set(own.groups.all()) != groups:
            own.groups.set(groups)


def mirror_to_new_edition(source: Page, edition: Page) -> None:
    """A new edition of a restricted page is restricted from its first moment."""
    restriction = source.view_restrictions.order_by("pk").first()
    if restriction and not edition.view_restrictions.exists():
        _copy(restriction, edition)


def lift(page: Page) -> None:
    """The restriction of a page was taken away: so are those of its other editions."""
    if not page.view_restrictions.exists():
        PageViewRestriction.objects.filter(page__in=_other_editions(page)).delete()


def keep_private(edition: Page, restrictions: list[PageViewRestriction]) -> None:
    """Restricts a page that was private only through its other edition, which is deleted now."""
    remaining = {_what_it_asks(restriction) for restriction in languages.view_restrictions(edition)}
    lost = [restriction for restriction in restrictions if _what_it_asks(restriction) not in remaining]
    if lost and not edition.view_restrictions.exists():
        strictest = min(lost, key=lambda restriction: STRICTEST_FIRST.index(restriction.restriction_type))
        _copy(strictest, edition)


def _other_editions(page: Page):
    return Page.objects.filter(translation_key=page.translation_key, alias_of__isnull=True).exclude(pk=page.pk)


def _copy(restriction: PageViewRestriction, page: Page) -> None:
    groups = list(restriction.groups.all()) if restriction.pk else []
    copied = PageViewRestriction(
        page=page, restriction_type=restriction.restriction_type, password=restriction.password
    )
    # Without signals: this row is the mirror, not a decision of its own.
    [copied] = PageViewRestriction.objects.bulk_create([copied])
    if groups:
        copied.groups.set(groups)


def _what_it_asks(restriction: PageViewRestriction) -> tuple:
    groups = frozenset(restriction.groups.values_list("pk", flat=True)) if restriction.pk else frozenset()
    return restriction.restriction_type, restriction.password, groups
