"""Changes of regions and programs, from which facets of other works are derived (`catalog_facets`): these are renewed.

Drafts and private pages count there as well, so that only counties and places in the tree matter here.
"""

from collections.abc import Iterable

from django.db.models import QuerySet
from wagtail.models import Page

from resources.checks import page_types
from resources.models import RegionPage
from search.related_changes import announce_works

# Relations of works that lead to pages whose keys, or the keys of those above them, are values of facets.
_PAGES = ("programs", "regions", "bills")


def announce_counties(instance, action, reverse, pk_set, **_kwargs) -> None:
    """Receiver of counties that a region gets or loses: works that are filed by just these belong elsewhere now."""
    if action in ("post_add", "post_remove"):
        counties: Iterable[int] = {instance.pk} if reverse else pk_set
    elif action == "pre_clear":
        counties = {instance.pk} if reverse else set(instance.counties.values_list("pk", flat=True))
    else:
        return
    if counties:
        announce_works(_works(("counties",), counties))


def announce_new_place(instance, created=False, raw=False, **_kwargs) -> None:
    """Receiver of saved regions and programs: a new edition may stand under other programs than the first."""
    if created and not raw:
        announce_places(Page.objects.filter(translation_key=instance.translation_key))


def announce_places(pages: QuerySet[Page], **_kwargs) -> None:
    """Receiver of pages that got another place or are about to be deleted: of works that name them, or a county of
    theirs."""
    ids = pages.values("pk")
    counties = RegionPage.counties.through.objects.filter(regionpage__in=ids).values("county")
    announce_works(_works(_PAGES, ids) + _works(("counties",), counties))


def _works(relations: Iterable[str], values) -> list[QuerySet]:
    """Translation keys of the works, of every type, of which a relation leads to one of these values."""
    return [
        model.objects.filter(**{f"{relation}__in": values}).order_by().values_list("translation_key")
        for model in page_types()
        for relation in relations
        if hasattr(model, relation)
    ]
