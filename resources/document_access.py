"""Who may open an uploaded document or recording: whoever may read one of the works that use it."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from resources import languages
from resources.models import CaptionTrack, ConveningRecordingPage, RecordingFile, ResourceFile
from resources.visibility import media_at, media_is_public


def may_open(document, request) -> bool:
    """True for documents that no page uses or a public page uses; for the others, to editors and to readers who have
    passed the restrictions of a live page that uses it."""
    keys = works_using(document)
    if not keys or request.user.has_perm("wagtailadmin.access_admin"):
        return True
    if languages.public_editions().filter(translation_key__in=keys).exists():
        return True
    pages = Page.objects.filter(translation_key__in=keys, live=True, alias_of__isnull=True)
    return any(_has_passed(request, page) for page in pages)


def may_play(path: str, request) -> tuple[bool, bool]:
    """For a recording's file at `path` below MEDIA_ROOT: may this reader have it, and may anybody."""
    if media_is_public(path):
        return True, True
    if request.user.has_perm("wagtailadmin.access_admin"):
        return True, False
    keys = ConveningRecordingPage.objects.filter(video__in=media_at(path)).values("translation_key")
    pages = Page.objects.filter(translation_key__in=keys, live=True, alias_of__isnull=True)
    return any(_has_passed(request, page) for page in pages), False


def works_using(document) -> set:
    """Translation keys of the works that offer the document: as a file, as captions, or anywhere in their text."""
    keys = set()
    for model in (ResourceFile, RecordingFile, CaptionTrack):
        keys.update(model.objects.filter(document=document).values_list("page__translation_key", flat=True))
    references = ReferenceIndex.get_references_to(document).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    page_ids = [int(object_id) for object_id in references.values_list("object_id", flat=True)]
    keys.update(Page.objects.filter(pk__in=page_ids).values_list("translation_key", flat=True))
    return keys


def _has_passed(request, page: Page) -> bool:
    return all(restriction.accept_request(request) for restriction in languages.view_restrictions(page))
