"""A page that others name is told by them only while it is public itself, whichever way it stops being so."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from assets.models import User
from resources.models import (
    ConveningOrganization,
    ConveningPage,
    ConveningsPage,
    Organization,
    PartnerPage,
    PartnerRoleKind,
    PartnersPage,
    ProgramPage,
    ProgramPartnerRole,
)
from search.indexing import drift
from search.models import OutboxEntry
from search.worker import Worker
from tests.factories import make_edition
from tests.search_site import SearchSite, find, keys

pytestmark = pytest.mark.django_db
WORD, MISTYPED = "quokkavale", "quokkavela"
LANGUAGES = ("en", "es")


class NamedPartner(SearchSite):
    """A public program in both languages that names a partner."""

    def __init__(self):
        super().__init__()
        self.listing = self.homes["en"].add_child(
            instance=PartnersPage(title="Partners", slug="partners", locale=self.locales["en"])
        )
        self.program_page = self.program("open-program", "An open program")
        self.program_page.save_revision().publish()
        make_edition(self.program_page, "es", title="Un programa abierto")
        self.kind = self.term(PartnerRoleKind, "supporter")
        self.partner = self.add_partner(WORD)
        self.index()
        self.catch_up()

    def add_partner(self, word: str) -> PartnerPage:
        name = f"{word.title()} Fund"
        organization = Organization.objects.create(key=word, name=f"Organization {word[::-1]}")
        page = PartnerPage(title=name, slug=word, locale=self.locales["en"], organization=organization)
        self.listing.refresh_from_db()
        partner = self.listing.add_child(instance=page)
        ProgramPartnerRole.objects.create(page=self.program_page, partner=partner, kind=self.kind)
        return partner


@pytest.fixture
def library():
    return NamedPartner()


def told(client) -> list[str]:
    """Where the word of the partner is told, in either language, to somebody who nearly knows it."""
    found = []
    for language in LANGUAGES:
        results = find(WORD, language, repair=False)
        found += [f"{language} result {result.key}" for result in results.results]
        mistyped = find(MISTYPED, language)
        found += [f"{language} mended"] * (mistyped.total > 0 or WORD in mistyped.suggestion.lower())
        for path in (
            f"/api/v1/search?q={MISTYPED}&lang={language}",
            f"/api/v1/search?q=program+programa&lang={language}",
            f"/api/v1/complete?q={WORD[:6]}&lang={language}",
            f"/{language}/library/?q={MISTYPED}",
        ):
            found += [path] * (WORD in client.get(path).content.decode().lower())
    return found


def restrict(page: Page) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def restrict_partner(library, client):
    restrict(library.partner)


def restrict_page_above(library, client):
    restrict(library.listing)


def move_below_a_private_page(library, client):
    private = library.homes["en"].add_child(
        instance=PartnersPage(title="Former", slug="former", locale=library.locales["en"])
    )
    restrict(private)
    library.catch_up()
    Page.objects.get(pk=library.partner.pk).move(Page.objects.get(pk=private.pk), "last-child")


def bulk_action(library, client, action: str, **values):
    client.force_login(User.objects.create_superuser("ana", "ana@example.org", "x"))
    path = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    answer = client.post(f"{path}?id={library.partner.pk}", values)
    assert answer.status_code == 302
    client.logout()


def unpublish_in_bulk(library, client):
    bulk_action(library, client, "unpublish")


def delete_in_bulk(library, client):
    bulk_action(library, client, "delete")


def unpublish_as_a_plain_page(library, client):
    Page.objects.get(pk=library.partner.pk).unpublish()


def expire(library, client):
    library.partner.expire_at = timezone.now() - datetime.timedelta(minutes=1)
    library.partner.save()
    library.catch_up()
    Worker().run_periodic_commands()


WAYS = [
    restrict_partner,
    restrict_page_above,
    move_below_a_private_page,
    unpublish_in_bulk,
    unpublish_as_a_plain_page,
    delete_in_bulk,
    expire,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_partner_that_is_not_public_any_more_is_told_by_no_program(library, client, way):
    assert len(told(client)) > len(LANGUAGES)
    assert keys(WORD, "es") == keys(WORD) == [WORD, "open-program"]
    way(library, client)
    library.catch_up()
    assert told(client) == []
    assert drift().keys == ()


@pytest.mark.parametrize("page", ["partner", "listing"])
def test_a_partner_whose_restriction_is_lifted_is_found_by_its_program_again(library, client, page):
    restriction = restrict(getattr(library, page))
    library.catch_up()
    assert told(client) == []
    restriction.restriction_type = PageViewRestriction.PASSWORD
    restriction.save()
    library.catch_up()
    assert told(client) == []
    restriction.delete()
    library.catch_up()
    assert keys(WORD, "es") == keys(WORD) == [WORD, "open-program"]


def test_a_partner_that_is_published_again_as_a_plain_page_is_found_by_its_program(library):
    Page.objects.get(pk=library.partner.pk).unpublish()
    library.catch_up()
    page = Page.objects.get(pk=library.partner.pk)
    page.live = True
    page.save()
    library.catch_up()
    assert keys(WORD, "es") == keys(WORD) == [WORD, "open-program"]


def test_a_private_partner_waits_after_the_programs_that_name_it(library):
    """What is hidden before the index knows are the newest entries: they must be the private ones."""
    restrict(library.partner)
    waiting = list(OutboxEntry.objects.order_by("pk").values_list("translation_key", flat=True))
    assert waiting.index(library.program_page.translation_key) < waiting.index(library.partner.translation_key)


def test_many_partners_cost_no_more_queries_than_one(library):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            restriction = restrict(library.listing)
        restriction.delete()
        return len(captured)

    cost()
    before = cost()
    for number in range(8):
        library.add_partner(f"otherfund{number}")
    assert cost() == before


def test_a_convening_follows_the_new_name_of_who_held_it(library):
    program = ProgramPage.objects.get(pk=library.program_page.pk)
    place = program.add_child(instance=ConveningsPage(title="Events", slug="events", locale=library.locales["en"]))
    convening = place.add_child(instance=ConveningPage(title="A meeting", slug="meeting", locale=library.locales["en"]))
    holder = Organization.objects.create(key="holder", name="Zanzibar Institute")
    ConveningOrganization.objects.create(page=convening, organization=holder)
    convening.refresh_from_db()
    convening.save_revision().publish()
    library.catch_up()
    assert [result.card.title for result in find("zanzibar").results] == ["A meeting"]
    holder.name = "Tapirville Institute"
    holder.save()
    library.catch_up()
    assert find("zanzibar", repair=False).total == 0
    (found,) = find("tapirville", "es").results
    assert list(found.card.organizations) == ["Tapirville Institute"]
