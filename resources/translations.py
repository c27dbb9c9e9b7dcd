"""Writes the other language's edition of a page as wagtail-localize would, with every string in its translation editor.

The editor of a translation works on three things: a `TranslationSource` (the frozen source edition), its string
segments, and a `StringTranslation` for each of them. Loads and imports come with a whole translated text instead. Here
that text is taken apart with wagtail-localize's own extraction, string is put beside string, and the edition is built
from the strings: saving it again in the translation editor changes nothing.
"""

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from bs4 import BeautifulSoup
from wagtail.fields import StreamField
from wagtail.models import Locale, Page
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments, quote_path_component
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.strings import StringValue

from resources.models import BasePage
from resources.publishing import publish_as_loaded
from resources.translation_rows import TranslatedPage, TranslatedString, keep_translation_rows

# What says where a page is and in which state, not what it says.
STATE_FIELDS = {"id", "page_ptr", "locale", "live", "owner", "alias_of", "expired", "draft_title"} | {
    *("path", "depth", "numchild", "url_path"),
    *("locked", "locked_at", "locked_by", "has_unpublished_changes", "first_published_at", "last_published_at"),
    *("live_revision", "latest_revision", "latest_revision_created_at"),
}


class TranslationMismatch(Exception):
    """The translated text has not the same parts as the source. `path` begins with the field's name."""

    def __init__(self, path: str, message: str):
        self.path = path
        super().__init__(message)


def write_translation(
    source: BasePage, locale: Locale, parent: Page, texts: Mapping[str, Any], tool_name: str
) -> BasePage:
    """Creates or updates the edition of `source` in `locale`, with its strings; see `build_translation`."""
    translated = build_translation(source, locale, parent, texts)
    keep_translation_rows([translated], tool_name)
    return translated.target


def build_translation(source: BasePage, locale: Locale, parent: Page, texts: Mapping[str, Any]) -> TranslatedPage:
    """Creates or updates the edition of `source` in `locale` below `parent`, and publishes it.

    `source` is published as it is in memory. `texts` has the value of every translatable field that is not empty;
    bodies have the source's block identifiers. The rows of the translation editor are left to the caller, who writes
    those of many pages at once with `keep_translation_rows`. Raises TranslationMismatch.
    """
    page = source.get_translation_or_none(locale) or type(source)(locale=locale)
    original = _copied_onto(type(source)(locale=source.locale), source)
    segments = extract_segments(original)
    strings = match_strings(segments, extract_segments(_with_texts(original, texts)))
    _copied_onto(page, original)
    ingest_segments(original, page, source.locale, locale, _translated_segments(segments, strings))
    if page.pk is None:
        parent.add_child(instance=page)
    else:
        page.save()
    publish_as_loaded(page)
    return TranslatedPage(source, page, source.latest_revision.content, segments, strings)


def match_strings(source: Sequence, translated: Sequence) -> list[TranslatedString]:
    """Puts each string of the source beside its translation, by path and order. Raises TranslationMismatch."""
    _compare_shapes(source, translated)
    pairs: dict[tuple[str, str], TranslatedString] = {}
    matched = []
    for ours, theirs in zip(_strings(source), _strings(translated), strict=True):
        string = _with_links_of(ours, theirs)
        first = pairs.setdefault((ours.path, ours.string.data), string)
        if first.data != string.data:
            raise TranslationMismatch(
                ours.path, f"“{ours.render_text()[:60]}” stands twice here with two translations. Use one of them."
            )
        matched.append(string)
    return matched


def _strings(segments: Sequence) -> list[StringSegmentValue]:
    return [segment for segment in segments if isinstance(segment, StringSegmentValue)]


def _compare_shapes(source: Sequence, translated: Sequence) -> None:
    shapes = []
    for segments in (source, translated):
        templates = {
            segment.path: segment.template for segment in segments if isinstance(segment, TemplateSegmentValue)
        }
        shapes.append(([segment.path for segment in _strings(segments)], templates))
    (paths, templates), (other_paths, other_templates) = shapes
    if paths != other_paths:
        differing = [path for path, other in zip(paths, other_paths, strict=False) if path != other]
        path = (differing or paths[len(other_paths) :] or other_paths[len(paths) :])[0]
        raise TranslationMismatch(path, "This text stands in one language only, or in another order.")
    for path, template in templates.items():
        if template != other_templates.get(path):
            raise TranslationMismatch(path, "The languages differ in their paragraphs, lists or headings.")


def _with_links_of(source: StringSegmentValue, translated: StringSegmentValue) -> TranslatedString:
    """The translated string with the link identifiers of the source, matched by where the links lead, then by order."""
    if not translated.attrs:
        return TranslatedString(source, translated.string.data)
    free = dict(source.attrs or {})
    names, addresses, unmatched = {}, {}, []
    for name, attributes in translated.attrs.items():
        same = next((ours for ours, candidate in free.items() if candidate == attributes), None)
        if same is None:
            unmatched.append((name, attributes))
        else:
            names[name] = same
            del free[same]
    for name, attributes in unmatched:
        ours = next((ours for ours, candidate in free.items() if "href" in candidate), None)
        if ours is None or "href" not in attributes:
            raise TranslationMismatch(source.path, "The translation links to something that the source does not.")
        addresses[free.pop(ours)["href"]] = attributes["href"]
        names[name] = ours
    soup = BeautifulSoup(translated.string.data, "html.parser")
    for element in soup.find_all(id=True):
        element["id"] = names[element["id"]]
    return TranslatedString(source, str(soup), addresses)


def _translated_segments(segments: Sequence, strings: Sequence[TranslatedString]) -> list:
    """What wagtail-localize writes into the page: its strings translated, its templates, and addresses of its own."""
    by_order = {string.source.order: string for string in strings}
    addresses = {path: address for string in strings for path, address in _address_paths(string)}
    translated = []
    for segment in segments:
        if isinstance(segment, StringSegmentValue):
            value = StringValue(by_order[segment.order].data)
            translated.append(
                StringSegmentValue(segment.path, value, attrs=copy.deepcopy(segment.attrs), order=segment.order)
            )
        elif isinstance(segment, TemplateSegmentValue):
            translated.append(segment)
        elif isinstance(segment, OverridableSegmentValue) and segment.path in addresses:
            translated.append(OverridableSegmentValue(segment.path, addresses[segment.path], order=segment.order))
    return translated


def _address_paths(string: TranslatedString) -> list[tuple[str, str]]:
    return [(f"{string.source.path}.{quote_path_component(ours)}", own) for ours, own in string.addresses.items()]


def _copied_onto(page: BasePage, source: BasePage) -> BasePage:
    """Gives `page` the values of the source that are not its place or state; bodies are copied, not shared."""
    for model_field in source._meta.concrete_fields:
        if model_field.name in STATE_FIELDS:
            continue
        value = getattr(source, model_field.attname)
        if isinstance(model_field, StreamField):
            value = model_field.to_python(model_field.get_prep_value(value))
        setattr(page, model_field.attname, value)
    return page


def _with_texts(source: BasePage, texts: Mapping[str, Any]) -> BasePage:
    """An unsaved page with the translated texts; what has no text is empty."""
    page = type(source)(locale=source.locale)
    for declared in source.translatable_fields:
        setattr(page, declared.field_name, texts.get(declared.field_name, ""))
    return page
