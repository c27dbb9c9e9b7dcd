"""Signals of pages and restrictions, turned into the one signal of this room, and what keeps the two trees in step."""

from django.db.models import Q
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import copy_for_translation_done, page_published

from resources import languages, redirects, restrictions
from resources.editions import is_source_edition
from resources.handover import Handover
from resources.models import BasePage
from resources.signals import works_changed

# What saving a draft writes on a live page: nothing that readers see.
DRAFT_FIELDS = {"latest_revision_created_at", "draft_title", "latest_revision", "has_unpublished_changes"}


def keys_below(*translation_keys) -> set:
    """The works themselves and those below any of their editions: their addresses and privacy follow from it."""
    paths = Page.objects.filter(translation_key__in=translation_keys).values_list("path", flat=True)
    below = Q(translation_key__in=translation_keys)
    for path in paths:
        below |= Q(path__startswith=path)
    return {*translation_keys, *Page.objects.filter(below).values_list("translation_key", flat=True)}


@receiver(pre_save, dispatch_uid="resources-page-before")
def remember_state(instance, raw=False, **_kwargs):
    """What readers had of a page before it is saved."""
    if isinstance(instance, Page) and not raw:
        before = Page.objects.filter(pk=instance.pk).values_list("live", "url_path").first() if instance.pk else None
        instance._state_before_save = before or (False, None)


@receiver(post_save, dispatch_uid="resources-page-saved")
def announce_page(instance, raw=False, update_fields=None, **_kwargs):
    """A page that appears, disappears or gets another address changes every work below it; else only its own."""
    if not isinstance(instance, Page) or raw:
        return
    was_live, url_path = instance._state_before_save
    if (was_live, url_path if was_live else None) != (instance.live, instance.url_path if instance.live else None):
        works_changed.send(sender=Page, keys=keys_below(instance.translation_key))
    elif instance.live and not _is_draft_save(update_fields):
        works_changed.send(sender=Page, keys={instance.translation_key})


@receiver(page_published, dispatch_uid="resources-page-published")
def announce_published(instance, **_kwargs):
    """Sent once more when everything is written: rows below a page are saved after the page itself."""
    works_changed.send(sender=Page, keys={instance.translation_key})


@receiver(pre_delete, sender=Page, dispatch_uid="resources-page-deleting")
def prepare_deletion(instance, **_kwargs):
    """Reads what the remaining edition will need of the one that goes."""
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
    works_changed.send(sender=Page, keys=keys_below(instance.translation_key))


@receiver(post_save, sender=PageViewRestriction, dispatch_uid="resources-restriction-saved")
def mirror_restriction(instance, raw=False, **_kwargs):
    if not raw:
        restrictions.mirror(instance)
        works_changed.send(sender=PageViewRestriction, keys=keys_below(instance.page.translation_key))


@receiver(post_delete, sender=PageViewRestriction, dispatch_uid="resources-restriction-deleted")
def lift_restriction(instance, origin=None, **_kwargs):
    """Not where it goes with its page: the other edition stays private."""
    model = getattr(origin, "model", type(origin))
    if model is PageViewRestriction:
        restrictions.lift(instance.page)
        works_changed.send(sender=PageViewRestriction, keys=keys_below(instance.page.translation_key))


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


def _is_draft_save(update_fields) -> bool:
    return update_fields is not None and set(update_fields) <= DRAFT_FIELDS | {"wagtail_admin_comments"}
