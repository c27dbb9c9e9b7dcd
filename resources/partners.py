"""Partner roles in both directions: the partners of a program or region, and the roles of a partner."""

from dataclasses import dataclass

from django.db.models import IntegerField, Value
from django.db.models.functions import Cast

from resources import languages
from resources.cards import shelf_of
from resources.models import ProgramPartnerRole, RegionPartnerRole, ResourcePage


@dataclass(frozen=True)
class RoleEntry:
    """One role as a page shows it: who or where, as what, described in the reader's language."""

    title: str
    url: str
    lang: str
    kind: str
    description: str
    initials: str = ""
    gloss: str = ""
    logo: object = None


@dataclass(frozen=True)
class RoleGroup:
    """The partners that share one kind of role."""

    kind: str
    entries: list[RoleEntry]


def roles_with_partners(source) -> list:
    """The roles declared on a program or region, with their partners; one query."""
    return list(
        source.partner_roles.select_related("kind", "partner__organization", "partner__logo").order_by("sort_order")
    )


def role_groups(roles: list, request=None) -> list[RoleGroup]:
    """The partners of a program or region grouped by kind of role, public ones only, in the editors' order."""
    editions = shelf_of(request).editions([role.partner.translation_key for role in roles])
    groups: dict = {}
    for role in roles:
        edition = editions.get(role.partner.translation_key)
        if edition is None:
            continue
        organization = role.partner.organization
        entry = RoleEntry(
            title=organization.name,
            url=edition.url,
            lang="en",
            kind=role.kind.name,
            description=role.description,
            initials=organization.initials,
            gloss=organization.gloss,
            logo=role.partner.logo,
        )
        groups.setdefault(role.kind, []).append(entry)
    ordered = sorted(groups.items(), key=lambda item: (item[0].sort_order, item[0].slug))
    return [RoleGroup(kind=kind.name, entries=entries) for kind, entries in ordered]


def partner_context(page, request) -> dict:
    """Where a partner takes part and as what (the reverse of what programs and regions declare), and what it published,
    newest first."""
    shelf = shelf_of(request)
    roles = _declared_roles(page.work)
    works = ResourcePage.objects.filter(organizations__organization_id=page.work.organization_id, live=True)
    keys = shelf.want(works.order_by("-date").values_list("translation_key", flat=True))
    editions = shelf.editions([key for key, *_role in roles])
    entries = []
    for key, page_id, _order, kind_en, kind_es, text_en, text_es in roles:
        edition = editions.get(key)
        if edition is not None and edition.source_id == page_id:
            spanish = languages.current_language() == "es"
            kind, text = (kind_es, text_es or text_en) if spanish else (kind_en, text_en or text_es)
            entries.append(RoleEntry(edition.title, edition.url, edition.language, kind, text))
    return {"roles": entries, "work_cards": shelf.cards(keys)}


def _declared_roles(partner) -> list[tuple]:
    """(key and id of the program or region, place among several, kind and description in both languages)."""
    columns = ("kind__name_en", "kind__name_es", "description_en", "description_es")
    selects = [
        model.objects.filter(partner_id=partner.pk)
        .order_by()
        .annotate(place=Cast(Value(place), IntegerField()))
        .values_list("page__translation_key", "page_id", "place", *columns)
        for place, model in enumerate((ProgramPartnerRole, RegionPartnerRole))
    ]
    return sorted(selects[0].union(selects[1], all=True), key=lambda row: row[1:3])
