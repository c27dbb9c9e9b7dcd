"""Whether the texts of two languages are the same parts: each part is one string for translators."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.strings import extract_strings

from resources.importing import rich_text
from resources.importing.columns import KEPT
from resources.importing.works import LANGUAGES
from resources.language_names import language_within_sentence
from resources.translations import TranslationMismatch, match_strings

FIELDS = ("title", "summary", "place", "body")
_PARAGRAPHS_ONLY = re.compile(r"(?:<p>[^<]*</p>)*")
_PARAGRAPH = re.compile(r"<p>([^<]*)</p>")


def untitled(language: str) -> tuple[str, str]:
    """Message and remedy for a text in a language that the work has no title in, and so no edition."""
    message = _("There is text in %(language)s, and no title.") % {"language": language_within_sentence(language)}
    return message, _("Fill %(column)s.") % {"column": f"title_{language}"}


def missing_parts(texts: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str, str]]:
    """(column, message, remedy) for each text that stands in one language only, or is divided in another way.

    `texts`: language → field → text, for works with several languages.
    """
    languages = [language for language in LANGUAGES if language in texts]
    found = []
    for field in FIELDS if len(languages) > 1 else ():
        values = {language: texts[language].get(field, "") for language in languages}
        empty = [language for language, value in values.items() if not value]
        if empty and len(empty) < len(languages):
            full = next(language for language in languages if language not in empty)
            message = _("The text is there in %(one)s and not in %(other)s.") % {
                "one": language_within_sentence(full),
                "other": language_within_sentence(empty[0]),
            }
            remedy = _("Write it in both languages; or leave all cells of %(other)s empty.") % {
                "other": language_within_sentence(empty[0])
            }
            found.append((f"{field}_{empty[0]}", message, remedy))
        elif field == "body" and not empty:
            found += _body_problems(values)
    return found


def _body_problems(bodies: Mapping[str, str]) -> list[tuple[str, str, str]]:
    first, second = bodies
    column = f"body_{second}"
    if KEPT in bodies.values():
        if set(bodies.values()) == {KEPT}:
            return []
        remedy = _("Edit it in the admin, or write the whole body in both languages.")
        return [(column, _("The body has parts that a table cannot hold."), remedy)]
    if _are_plain_and_alike(bodies[first], bodies[second]):
        return []
    try:
        match_strings(_segments(bodies[first]), _segments(bodies[second]))
    except TranslationMismatch:
        message = _("The bodies differ in their paragraphs, lists, headings or links (%(shapes)s).") % {
            "shapes": ", ".join(
                f"{language_within_sentence(language)}: {_shape(body)}" for language, body in bodies.items()
            )
        }
        remedy = _("Give both languages the same parts in the same order; an empty line ends a paragraph.")
        return [(column, message, remedy)]
    return []


def _are_plain_and_alike(first: str, second: str) -> bool:
    """The common case without parsing: paragraphs only, as many in both, none with two translations."""
    if not (_PARAGRAPHS_ONLY.fullmatch(first) and _PARAGRAPHS_ONLY.fullmatch(second)):
        return False
    ours, theirs = _PARAGRAPH.findall(first), _PARAGRAPH.findall(second)
    return len(ours) == len(theirs) and len(set(ours)) == len(set(zip(ours, theirs, strict=True)))


def _segments(body: str) -> list:
    segments: list = []
    for number, (kind, content) in enumerate(rich_text.parts(body)):
        path = f"body.{number}"
        if kind == "heading":
            segments.append(StringSegmentValue(path, content))
            continue
        template, strings = extract_strings(content)
        segments.append(TemplateSegmentValue(path, "html", template, len(strings)))
        segments += [StringSegmentValue(path, string, attrs=attrs) for string, attrs in strings]
    return [segment.with_order(order) for order, segment in enumerate(segments, start=1)]


def _shape(body: str) -> str:
    tags = re.findall(r"<(p|h2|h3|ul|ol|li|a)\b", body)
    return " ".join(tags) or "–"
