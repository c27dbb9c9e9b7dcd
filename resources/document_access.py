"""Who may open an uploaded document or recording: whoever may read something that shows it."""

from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, prefetch_related_objects
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, ReferenceIndex

from resources import languages
from resources.models import CaptionTrack, ConveningRecordingPage, RecordingFile, ResourceFile
from resources.visibility import media_at

# Where works keep their files, whichever edition is read.
FILE_ROWS = (ResourceFile, RecordingFile, CaptionTrack)


def may_open(document, request) -> bool:
    """What public pages show is open to all, and so is what a redirect leads to; what private pages show, to readers
    who have passed their restrictions; everything else to editors only. A fixed number of queries."""
    pages = _pages_with(document)
    return (
        _is_shown_to_all(pages)
        or Redirect.objects.filter(redirect_link__endswith=document.url).exists()
        or _is_editor(request)
        or _has_passed_one(request, pages)
    )


def may_play(path: str, request) -> tuple[bool, bool]:
    """For a recording's file at `path` below MEDIA_ROOT: may this reader have it, and may anybody."""
    recordings = ConveningRecordingPage.objects.filter(video__in=media_at(path))
    pages = [Q(translation_key__in=recordings.values("translation_key"))]
    if _is_shown_to_all(pages):
        return True, True
    return _is_editor(request) or _has_passed_one(request, pages), False


def _pages_with(document) -> list[Q]:
    """The pages that show a document, one condition for each way: all editions of the works that offer it, and the
    editions in whose own text it is linked."""
    in_work, in_text = set(), set()
    references = ReferenceIndex.get_references_to(document).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    for content_type_id, page_id, path in references.values_list("content_type", "object_id", "model_path"):
        (in_text if _is_text_of_edition(content_type_id, path) else in_work).add(page_id)
    works = [model.objects.filter(document=document).values("page__translation_key") for model in FILE_ROWS]
    works.append(Page.objects.filter(pk__in=in_work).values("translation_key"))
    return [Q(pk__in=in_text), *(Q(translation_key__in=keys) for keys in works)]


def _is_text_of_edition(content_type_id: int, path: str) -> bool:
    """Whether a field is written anew in each language; the others are read from the edition written first."""
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    return path.split(".")[0] in {field.field_name for field in getattr(model, "translatable_fields", ())}


def _is_shown_to_all(pages: list[Q]) -> bool:
    public = languages.public_editions()
    return any(public.filter(condition).exists() for condition in pages)


def _is_editor(request) -> bool:
    return request.user.has_perm("wagtailadmin.access_admin")


def _has_passed_one(request, pages: list[Q]) -> bool:
    """Whether the reader has passed all restrictions of one of the live pages."""
    live = languages.live_editions()
    keys = {key for condition in pages for key in live.filter(condition).values_list("translation_key", flat=True)}
    if keys and request.user.is_authenticated:
        prefetch_related_objects([request.user], "groups")
    has_passed = cache(lambda restriction: restriction.accept_request(request))
    return any(all(map(has_passed, found)) for found in languages.restrictions_of_works(keys).values())
