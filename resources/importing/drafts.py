"""What editors have begun and not published: an import, which writes what is public, would put it aside unseen."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from resources.importing.works import Work
from resources.language_names import language_within_sentence
from resources.models import BasePage


def scheduled_pages(works: Iterable[Work]) -> set[int]:
    """The editions that are to be published at a set time, in one query."""
    ids = [str(page.pk) for work in works for page in work.editions.values()]
    scheduled = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=ids,
        approved_go_live_at__isnull=False,
    )
    return {int(pk) for pk in scheduled.values_list("object_id", flat=True)}


def drafts_of(work: Work, scheduled: set[int]) -> list[tuple[str, str]]:
    """(message, remedy) for each edition of the work that would lose what is not published."""
    found = []
    for language in work.languages:
        page, name = work.editions[language], {"language": language_within_sentence(language)}
        if page.pk in scheduled:
            message = _("The %(language)s edition is scheduled for publication.") % name
            found.append((message, _("Wait until it is published, or cancel the schedule in the admin first.")))
        elif _has_draft(page):
            message = _("The %(language)s edition has unpublished changes.") % name
            found.append((message, _("Publish or discard them in the admin first.")))
    return found


def _has_draft(page: BasePage) -> bool:
    if page.live or not (page.last_published_at and page.latest_revision_created_at):
        return page.has_unpublished_changes
    # Taken off the site: Wagtail calls it changed then, also where nobody has edited it since it was public.
    return page.latest_revision_created_at > page.last_published_at
