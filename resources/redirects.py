"""Former addresses of a deleted edition lead to the edition that remains."""

from dataclasses import dataclass

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from resources import languages


@dataclass(frozen=True)
class FormerAddress:
    """An address under which readers knew a page."""

    path: str
    site_id: int | None


def former_addresses(page: Page) -> list[FormerAddress]:
    """The page's address and those that lead to it; to be asked before the page is deleted, which deletes these."""
    rows = Redirect.objects.filter(redirect_page_id=page.pk).values_list("old_path", "site_id")
    addresses = [FormerAddress(path, site_id) for path, site_id in rows]
    for site_id, root_path, _root_url, language in Site.get_site_root_paths():
        if page.url_path.startswith(root_path) and page.url_path != root_path:
            own = Redirect.normalise_path(languages.address(language, page.url_path[len(root_path) :]))
            return [FormerAddress(own, site_id), *addresses]
    return addresses


def lead_to(edition: Page, addresses: list[FormerAddress]) -> None:
    """Writes the redirects; readers are then led to the address that the work has in their own language."""
    longest = Redirect._meta.get_field("old_path").max_length
    for former in {former for former in addresses if len(former.path) <= longest}:
        Redirect.objects.filter(old_path=former.path, site_id=former.site_id).delete()
        Redirect.objects.create(
            old_path=former.path, site_id=former.site_id, redirect_page=edition, automatically_created=True
        )
