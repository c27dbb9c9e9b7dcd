"""Values that rows keep once for each language (`name_en`, `name_es`)."""

from resources import languages


def in_reader_language(row, field: str) -> str:
    """The value in the reader's language, else in the other one."""
    return in_language(row, field, languages.current_language())[0]


def in_language(row, field: str, language: str) -> tuple[str, str]:
    """The value for readers of a language, else the other one's, and the language it is in."""
    other = languages.other_language(language)
    own = getattr(row, f"{field}_{language}")
    return (own, language) if own else (getattr(row, f"{field}_{other}"), other)
