"""Values that rows keep once for each language (`name_en`, `name_es`)."""

from resources import languages


def in_reader_language(row, field: str) -> str:
    """The value in the reader's language, else in the other one."""
    language = languages.current_language()
    return getattr(row, f"{field}_{language}") or getattr(row, f"{field}_{languages.other_language(language)}")
