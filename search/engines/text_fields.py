"""The text fields of an index, the same in every engine: which of a work's texts stand in which, and how they are cut.

`text_*` holds all of a language's texts, `title_*` and `terms_*` those that weigh more; `exact_*` title, summary and
names with their accents; `verbatim` all words of both languages, whole.
"""

from search import ranking
from search.analysis import LANGUAGES
from search.documents import IndexDocument

EXACT_GROUPS = ("title", "terms", "summary", "identifiers")
VERBATIM = "verbatim"


def analyzers() -> dict[str, str]:
    """Field → the name of its analyzer (see `search.analysis`)."""
    stemmed = {f"{field}_{language}": language for language in LANGUAGES for field in ranking.FIELD_WEIGHTS}
    return {**stemmed, **{f"exact_{language}": "exact" for language in LANGUAGES}, VERBATIM: VERBATIM}


def text_fields(document: IndexDocument) -> dict[str, list[str]]:
    """Field → the texts of a work in it."""
    fields: dict[str, list[str]] = {name: [] for name in analyzers()}
    for language, groups in document.texts.items():
        for group, texts in groups.items():
            fields[f"text_{language}"] += texts
            if group in ranking.FIELD_WEIGHTS:
                fields[f"{group}_{language}"] += texts
            if group in EXACT_GROUPS:
                fields[f"exact_{language}"] += texts
    every_text = (text for groups in document.texts.values() for texts in groups.values() for text in texts)
    fields[VERBATIM] += dict.fromkeys(every_text)
    return {name: texts for name, texts in fields.items() if texts}


def text_languages(document: IndexDocument) -> tuple[str, ...]:
    """The languages that a work has text in. Names and numbers, which stand under every language, are none."""
    return tuple(
        language
        for language, groups in document.texts.items()
        if any(groups.get(group) for group in ("title", "summary", "body"))
    )
