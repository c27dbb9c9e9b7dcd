"""Partner roles in both directions: the partners of a program or region, and the roles of a partner."""

from dataclasses import dataclass

from resources import languages
from resources.cards import WorkCard, cards_of_pages
from resources.editions import source_ids
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


def role_groups(roles, request=None) -> list[RoleGroup]:
    """The partners of a program or region grouped by kind of role, public ones only, in the editors' order."""
    roles = list(roles.select_related("kind", "partner__organization", "partner__logo").order_by("sort_order"))
    editions = languages.localized([role.partner.translation_key for role in roles], request=request)
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


def roles_of_partner(partner, request=None) -> list[RoleEntry]:
    """Where a partner takes part and as what: the reverse of what programs and regions declare."""
    rows = [
        row
        for model in (ProgramPartnerRole, RegionPartnerRole)
        for row in model.objects.filter(partner_id=partner.pk).select_related("kind", "page").order_by("sort_order")
    ]
    sources = set(source_ids([row.page.translation_key for row in rows]).values()) if rows else set()
    editions = languages.localized([row.page.translation_key for row in rows], request=request) if rows else {}
    entries = []
    for row in rows:
        edition = editions.get(row.page.translation_key)
        if edition is None or row.page_id not in sources:
            continue
        entries.append(RoleEntry(edition.title, edition.url, edition.language, row.kind.name, row.description))
    return entries


def works_by_organization(organization_id: int, request=None) -> list[WorkCard]:
    """The works an organization published, newest first."""
    pages = ResourcePage.objects.filter(organizations__organization_id=organization_id, live=True)
    cards = cards_of_pages(pages.order_by("-date").values_list("translation_key", flat=True), request)
    return cards
