"""What program and region pages show besides their own text."""

from django.db.models import DateField, F
from django.db.models.functions import Cast

from resources.cards import children_keys, shelf_of
from resources.models import ConveningPage, ConveningRecordingPage, ProgramPage, RegionPage, ResourcePage
from resources.partners import role_groups, roles_with_partners

WORKS_SHOWN = 6


def program_context(page: ProgramPage, request) -> dict:
    """Partners by role, contacts, the pages below, newest works, and the neighboring programs."""
    program, shelf = page.work, shelf_of(request)
    roles = roles_with_partners(program)
    below = shelf.want(children_keys(page))
    newest = shelf.want(newest_keys(programs=program.pk))
    neighbors = _neighbor_keys(program)
    shelf.want([*neighbors.values(), *(role.partner for role in roles)])
    listed = shelf.cards(below, unseen=True)
    editions = shelf.editions(neighbors.values())
    return {
        "role_groups": role_groups(roles, request),
        "contacts": contacts_of(program),
        "region_cards": [card for card in listed if card.work_type == "region"],
        "program_cards": [card for card in listed if card.work_type == "program"],
        "section_cards": [card for card in shelf.cards(below) if card.work_type not in ("region", "program")],
        "work_cards": shelf.cards(newest, WORKS_SHOWN, unseen=True),
        "previous_program": editions.get(neighbors.get(program.previous_program_id)),
        "next_program": editions.get(neighbors.get(program.next_program_id)),
    }


def region_context(page: RegionPage, request) -> dict:
    """Partners by role, counties with their offices and data books, contacts, newest works."""
    region, shelf = page.work, shelf_of(request)
    roles = roles_with_partners(region)
    counties = list(region.counties.all())
    sections = list(region.county_sections.select_related("county", "contact", "partner__organization"))
    offices = [section.partner for section in sections if section.partner_id]
    books = _data_books(counties)
    newest = shelf.want(newest_keys(regions=region.pk))
    shelf.want([*offices, *(role.partner for role in roles), *(key for _county, key in books)])
    editions = shelf.editions(offices)
    return {
        "role_groups": role_groups(roles, request),
        "contacts": contacts_of(region),
        "counties": counties,
        "county_sections": [
            {
                "county": section.county,
                "contact": section.contact,
                "partnership": section.partnership,
                "organization": section.partner.organization if section.partner_id else None,
                "partner": editions.get(section.partner.translation_key) if section.partner_id else None,
                "data_books": shelf.cards(key for county, key in books if county == section.county_id),
            }
            for section in sections
        ],
        "work_cards": shelf.cards(newest, WORKS_SHOWN, unseen=True),
    }


def contacts_of(source) -> list:
    return [row.contact for row in source.contacts.select_related("contact__organization").order_by("sort_order")]


def newest_keys(**condition) -> list:
    """Translation keys of the newest works that name a program or region: {"programs": pk} or {"regions": pk}; more
    than are shown, since some may be private. Works without a date come last."""
    selects = [
        model.objects.filter(live=True, **condition)
        .order_by()
        .annotate(shown_date=Cast(date, DateField()))
        .values_list("shown_date", "translation_key")
        for model, date in (
            (ResourcePage, "date"),
            (ConveningRecordingPage, "recorded_on"),
            (ConveningPage, "starts_on"),
        )
    ]
    rows = selects[0].union(*selects[1:], all=True).order_by(F("shown_date").desc(nulls_last=True))
    return [key for _date, key in rows[: WORKS_SHOWN * 4]]


def _neighbor_keys(program: ProgramPage) -> dict:
    """pk → translation key of the previous and next program."""
    ids = [pk for pk in (program.previous_program_id, program.next_program_id) if pk]
    return dict(ProgramPage.objects.filter(pk__in=ids).values_list("pk", "translation_key")) if ids else {}


def _data_books(counties: list) -> list[tuple]:
    """(county id, translation key) of the data books of these counties, newest first."""
    books = ResourcePage.objects.filter(resource_type__slug="data-book", counties__in=counties, live=True)
    return list(books.order_by("-date").values_list("counties", "translation_key"))
