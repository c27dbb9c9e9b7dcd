"""Publishes pages that a load or an import writes: many in a row, announced by the caller in one signal."""

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from resources.models import BasePage


def publish_as_loaded(page: BasePage) -> Revision:
    """Makes the page as it is in memory the live one, with one revision and one entry in its history.

    The page has been saved. Neither `page_published` nor Wagtail's indexes hear of it: the caller sends `works_changed`
    once for all its pages and brings the indexes up to date.
    """
    now = timezone.now()
    is_new = page.first_published_at is None
    if not is_new:
        page.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=None)
    state = {
        "live": True,
        "expired": False,
        "has_unpublished_changes": False,
        "draft_title": page.title,
        "first_published_at": page.first_published_at or now,
        "last_published_at": now,
        "latest_revision_created_at": now,
    }
    for name, value in state.items():
        setattr(page, name, value)
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        content=page.serializable_data(),
        object_str=str(page),
        created_at=now,
    )
    page.latest_revision = page.live_revision = revision
    Page.objects.filter(pk=page.pk).update(**state, latest_revision=revision, live_revision=revision)
    PageLogEntry.objects.bulk_create([_log_entry(page, revision, "wagtail.create" if is_new else "wagtail.publish")])
    return revision


def _log_entry(page: BasePage, revision: Revision, action: str) -> PageLogEntry:
    return PageLogEntry(
        page=page,
        content_type=ContentType.objects.get_for_model(page, for_concrete_model=False),
        label=page.get_admin_display_title(),
        action=action,
        timestamp=revision.created_at,
        revision=revision,
        content_changed=True,
    )
