"""What program and region pages show besides their own text."""

from resources import languages
from resources.cards import cards_of_pages, children_cards
from resources.models import ConveningPage, ConveningRecordingPage, ProgramPage, RegionPage, ResourcePage
from resources.partners import role_groups

WORKS_SHOWN = 6


def program_context(page: ProgramPage, request) -> dict:
    """Partners by role, contacts, the pages below, newest works, and the neighbouring programs."""
    program = page.work
    children = children_cards(page, request)
    neighbours = [neighbour for neighbour in (program.previous_program, program.next_program) if neighbour]
    editions = languages.localized(neighbours, request=request) if neighbours else {}
    return {
        "role_groups": role_groups(program.partner_roles.all(), request),
        "contacts": contacts_of(program),
        "region_cards": [card for card in children if card.work_type == "region"],
        "program_cards": [card for card in children if card.work_type == "program"],
        "section_cards": [card for card in children if card.work_type not in ("region", "program")],
        "work_cards": newest_works(request, programs=program.pk),
        "previous_program": _edition_of(program.previous_program, editions),
        "next_program": _edition_of(program.next_program, editions),
    }


def region_context(page: RegionPage, request) -> dict:
    """Partners by role, counties with their offices and data books, contacts, newest works."""
    region = page.work
    sections = list(region.county_sections.select_related("county", "contact", "partner__organization"))
    partners = languages.localized([section.partner for section in sections if section.partner_id], request=request)
    data_books = data_books_by_county(region, request)
    return {
        "role_groups": role_groups(region.partner_roles.all(), request),
        "contacts": contacts_of(region),
        "counties": list(region.counties.all()),
        "county_sections": [
            {
                "county": section.county,
                "contact": section.contact,
                "partnership": section.partnership,
                "organization": section.partner.organization if section.partner_id else None,
                "partner": partners.get(section.partner.translation_key) if section.partner_id else None,
                "data_books": data_books.get(section.county.slug, []),
            }
            for section in sections
        ],
        "work_cards": newest_works(request, regions=region.pk),
    }


def contacts_of(source) -> list:
    return [row.contact for row in source.contacts.select_related("contact__organization").order_by("sort_order")]


def newest_works(request, **condition) -> list:
    """The newest public works that name a program or region: {"programs": pk} or {"regions": pk}."""
    dated = []
    for model, date in ((ResourcePage, "date"), (ConveningRecordingPage, "recorded_on"), (ConveningPage, "starts_on")):
        rows = model.objects.filter(live=True, **condition).values_list(date, "translation_key")
        dated.extend(rows.order_by(f"-{date}")[: WORKS_SHOWN * 2])
    dated.sort(key=lambda row: (row[0] is not None, str(row[0] or "")), reverse=True)
    return cards_of_pages([key for _date, key in dated], request)[:WORKS_SHOWN]


def data_books_by_county(region: RegionPage, request) -> dict:
    """County slug → cards of its data books, newest first."""
    books = (
        ResourcePage.objects.filter(resource_type__slug="data-book", counties__in=region.counties.all(), live=True)
        .order_by("-date")
        .values_list("counties__slug", "translation_key")
    )
    books = list(books)
    cards = {card.translation_key: card for card in cards_of_pages([key for _county, key in books], request)}
    by_county: dict = {}
    for county, key in books:
        if key in cards:
            by_county.setdefault(county, []).append(cards[key])
    return by_county


def _edition_of(neighbour, editions: dict):
    return editions.get(neighbour.translation_key) if neighbour else None
