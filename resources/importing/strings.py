"""The strings of imported works, so that an imported translation opens in the translation editor with all of them."""

from collections.abc import Iterable

from wagtail_localize.models import Translation
from wagtail_localize.segments.extract import extract_segments

from resources.importing.page_rows import WrittenPage
from resources.translation_rows import TranslatedPage, keep_translation_rows
from resources.translations import TranslationMismatch, match_strings

TOOL_NAME = "import_library"


def keep_strings(pairs: Iterable[tuple[WrittenPage, WrittenPage]]) -> None:
    """Writes what the translation editor shows for each pair of editions.

    A translation that an editor has detached from its source, or rebuilt by hand with other parts, is left alone.
    """
    pages = [page for source, target in pairs if (page := _take_apart(source, target))]
    detached = set(
        Translation.objects.filter(
            source__object_id__in=[page.translation_key for page in pages], enabled=False
        ).values_list("source__object_id", flat=True)
    )
    keep_translation_rows([page for page in pages if page.translation_key not in detached], TOOL_NAME)


def _take_apart(source: WrittenPage, target: WrittenPage) -> TranslatedPage | None:
    segments = extract_segments(source.page)
    try:
        strings = match_strings(segments, extract_segments(target.page))
    except TranslationMismatch:
        return None
    return TranslatedPage(source.page, target.page, source.content, segments, strings)
