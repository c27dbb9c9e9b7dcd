"""Publishes pages that a load or an import writes: many at once, with one announcement at the end."""

from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from resources.models import BasePage


def publish_as_loaded(page: BasePage) -> Revision:
    """Makes the page as it is in memory the live one: one revision, one entry in its history, no signal of its own.

    The page has been saved. The caller sends `works_changed` once for all.
    """
    first = page.first_published_at is None
    revision = page.save_revision(clean=False, changed=False)
    now = timezone.now()
    page.live, page.has_unpublished_changes, page.live_revision = True, False, revision
    page.last_published_at = now
    page.first_published_at = page.first_published_at or now
    Page.objects.filter(pk=page.pk).update(
        live=True,
        expired=False,
        has_unpublished_changes=False,
        live_revision=revision,
        draft_title=page.title,
        first_published_at=page.first_published_at,
        last_published_at=now,
    )
    PageLogEntry.objects.log_action(
        page, "wagtail.create" if first else "wagtail.publish", revision=revision, content_changed=True
    )
    return revision
