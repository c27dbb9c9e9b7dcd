"""Whether a person has read a translation. Only a person's own action says so."""

from enum import Enum

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail_localize.models import StringTranslation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from resources.editions import is_source_edition
from resources.models import TranslationReview


class ReviewState(Enum):
    """How far the reading of an edition has come."""

    UNREAD = _("Draft translation, to be read by a person")
    CHANGED = _("Changed since a person read it")
    READ = _("Read by a person")


def review_state(page: Page) -> ReviewState | None:
    """The state of a translation; None for an edition that is no translation and was written by a person.

    A page in a language other than the site's first that no person ever saved is a draft, too: it was loaded.
    """
    review = TranslationReview.objects.filter(page=page).first()
    if review is not None:
        return ReviewState.READ if review.revision_id == _text_to_read(page) else ReviewState.CHANGED
    if page.locale.language_code == settings.LANGUAGE_CODE and is_source_edition(page):
        return None
    if is_source_edition(page) and page.revisions.filter(user__isnull=False).exists():
        return None
    return ReviewState.UNREAD


def translation_notes(page: Page, source: Page) -> dict[str, bool]:
    """What readers of a translation are told quietly: that nobody has read it yet, that the original has changed since.

    Costs no query where the review came with the page.
    """
    if page.pk is None or page.pk == source.pk:
        return {"translation_unread": False, "translation_outdated": False}
    review = getattr(page, "translation_review", None)
    dates = (source.last_published_at, page.last_published_at)
    return {
        "translation_unread": review is None or review.revision_id != _text_to_read(page),
        "translation_outdated": all(dates) and dates[0] > dates[1] and _lacks_text_of(page, source),
    }


def mark_as_read(page: Page, user) -> TranslationReview:
    """Notes that this person has read the edition as it is now."""
    review, _created = TranslationReview.objects.update_or_create(
        page=page,
        defaults={"reviewed_by": user, "reviewed_at": timezone.now(), "revision_id": _text_to_read(page)},
    )
    return review


def _lacks_text_of(page: Page, source: Page) -> bool:
    """Whether the original says something that has no translation yet; a changed date or role is no text."""
    translated = StringTranslation.objects.filter(
        locale_id=page.locale_id, context__object__translation_key=page.translation_key
    )
    known = set(translated.values_list("translation_of__data", flat=True))
    segments = extract_segments(source)
    return any(isinstance(segment, StringSegmentValue) and segment.string.data not in known for segment in segments)


def _text_to_read(page: Page) -> int | None:
    """The revision that readers see; where the page is not live, the latest draft."""
    return page.live_revision_id if page.live else page.latest_revision_id
