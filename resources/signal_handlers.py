"""Signals of pages and restrictions, turned into the signals of this room, and what keeps the two trees in step."""

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.dispatch import Signal, receiver
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import copy_for_translation_done, page_published

from resources import languages, redirects, restrictions
from resources.editions import is_source_edition
from resources.handover import Handover
from resources.models import BasePage
from resources.signals import place_changed, publicity_changed, works_changed

# What saving a draft writes on a live page: nothing that readers see.
DRAFT_FIELDS = {"latest_revision_created_at", "draft_title", "latest_revision", "has_unpublished_changes"}


def pages_below(translation_key) -> QuerySet[Page]:
    """Every edition of a work and of those below any of its editions: their addresses and privacy follow from it."""
    paths = Page.objects.filter(translation_key=translation_key).values_list("path", flat=True)
    below = reduce(or_, (Q(path__startswith=path) for path in paths), Q(translation_key=translation_key))
    # A restriction of one edition holds for the others, wherever they stand.
    return Page.objects.filter(translation_key__in=Page.objects.filter(below).values("translation_key"))


def announce_below(sender, translation_key, *signals: Signal) -> None:
    """Announces a work and all below it. `signals` come first: what readers may not see any more stays the newest."""
    pages = pages_below(translation_key)
    for signal in signals:
        signal.send(sender=sender, pages=pages)
    works_changed.send(sender=sender, keys={translation_key, *pages.values_list("translation_key", flat=True)})


@receiver(pre_save, dispatch_uid="resources-page-before")
def remember_state(instance, raw=False, **_kwargs):
    """What readers had of a page before it is saved."""
    if isinstance(instance, Page) and not raw:
        before = Page.objects.filter(pk=instance.pk).values_list("live", "url_path").first() if instance.pk else None
        instance._state_before_save = before or (False, None)


@receiver(post_save, dispatch_uid="resources-page-saved")
def announce_page(instance, created=False, raw=False, update_fields=None, **_kwargs):
    """A page that appears, disappears or gets another address changes every work below it; else only its own."""
    if not isinstance(instance, Page) or raw:
        return
    was_live, url_path = instance._state_before_save
    has_new_address = url_path not in (None, instance.url_path)
    if was_live != instance.live or has_new_address:
        is_moved = has_new_address and _address_above(url_path) != _address_above(instance.url_path)
        signals = () if created else (publicity_changed, place_changed) if is_moved else (publicity_changed,)
        announce_below(Page, instance.translation_key, *signals)
    elif instance.live and not _is_draft_save(update_fields):
        works_changed.send(sender=Page, keys={instance.translation_key})


@receiver(page_published, dispatch_uid="resources-page-published")
def announce_published(instance, **_kwargs):
    """Sent once more when everything is written: rows below a page are saved after the page itself."""
    works_changed.send(sender=Page, keys={instance.translation_key})


@receiver(pre_delete, sender=Page, dispatch_uid="resources-page-deleting")
def prepare_deletion(instance, **_kwargs):
    """Reads what the remaining edition will need of the one that goes. Pages below it are deleted each by itself."""
    place_changed.send(sender=Page, pages=Page.objects.filter(translation_key=instance.translation_key))
    survivor = _survivor(instance)
    instance._survivor = survivor
    if survivor is None:
        return
    instance._former_addresses = redirects.former_addresses(instance)
    instance._restrictions_before = list(languages.view_restrictions(instance).prefetch_related("groups"))
    source = instance.specific
    if isinstance(source, BasePage) and isinstance(survivor, type(source)) and is_source_edition(instance):
        instance._handover = Handover.read(source, survivor)


@receiver(post_delete, sender=Page, dispatch_uid="resources-page-deleted")
def finish_deletion(instance, **_kwargs):
    survivor = instance._survivor
    if survivor and Page.objects.filter(pk=survivor.pk).exists():
        if hasattr(instance, "_handover"):
            instance._handover.write()
        redirects.lead_to(survivor, instance._former_addresses)
        restrictions.keep_private(survivor, instance._restrictions_before)
    if instance.depth == 2:
        Site.clear_site_root_paths_cache()
    announce_below(Page, instance.translation_key)


@receiver(post_save, sender=PageViewRestriction, dispatch_uid="resources-restriction-saved")
def mirror_restriction(instance, raw=False, **_kwargs):
    if not raw:
        restrictions.mirror(instance)
        announce_below(PageViewRestriction, instance.page.translation_key, publicity_changed)


@receiver(post_delete, sender=PageViewRestriction, dispatch_uid="resources-restriction-deleted")
def lift_restriction(instance, origin=None, **_kwargs):
    """Not where it goes with its page: the other edition stays private."""
    model = getattr(origin, "model", type(origin))
    if model is PageViewRestriction:
        restrictions.lift(instance.page)
        announce_below(PageViewRestriction, instance.page.translation_key, publicity_changed)


@receiver(m2m_changed, sender=PageViewRestriction.groups.through, dispatch_uid="resources-restriction-groups")
def mirror_restriction_groups(instance, action, reverse, **_kwargs):
    if action in ("post_add", "post_remove", "post_clear") and not reverse:
        restrictions.mirror_groups(instance)


@receiver(copy_for_translation_done, dispatch_uid="resources-new-edition")
def restrict_new_edition(source_obj, target_obj, **_kwargs):
    if isinstance(source_obj, Page):
        restrictions.mirror_to_new_edition(source_obj, target_obj)


def _survivor(page: Page) -> Page | None:
    """The edition that remains when `page` goes: the live one first."""
    others = Page.objects.filter(translation_key=page.translation_key, alias_of__isnull=True).exclude(pk=page.pk)
    other = others.order_by("-live", "pk").first()
    return other.specific if other and not page.alias_of_id else None


def _address_above(url_path: str) -> str:
    return url_path.rstrip("/").rpartition("/")[0]


def _is_draft_save(update_fields) -> bool:
    return update_fields is not None and set(update_fields) <= DRAFT_FIELDS | {"wagtail_admin_comments"}
