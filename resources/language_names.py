"""Names of languages in the reader's language, and the label of a work's languages."""

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

LANGUAGE_NAMES = {
    "ar": _("Arabic"),
    "en": _("English"),
    "es": _("Spanish"),
    "fa": _("Farsi"),
    "hi": _("Hindi"),
    "hmn": _("Hmong"),
    "hy": _("Armenian"),
    "ja": _("Japanese"),
    "km": _("Khmer"),
    "ko": _("Korean"),
    "pa": _("Punjabi"),
    "pt": _("Portuguese"),
    "ru": _("Russian"),
    "tl": _("Tagalog"),
    "uk": _("Ukrainian"),
    "vi": _("Vietnamese"),
    "zh": _("Chinese"),
    "zh-Hans": _("Chinese (simplified)"),
    "zh-Hant": _("Chinese (traditional)"),
}


def language_name(tag: str) -> str:
    """The name of a language tag in the reader's language; the tag itself when we do not know it."""
    return LANGUAGE_NAMES.get(tag) or LANGUAGE_NAMES.get(tag.split("-")[0]) or tag


def within_sentence(name: str) -> str:
    """The name of a language or a kind of file inside a sentence: Spanish writes it small, unless it is like “PDF”."""
    name = str(name)
    is_small = (get_language() or "").startswith("es") and not name.isupper()
    return name[:1].lower() + name[1:] if is_small else name


def language_within_sentence(tag: str) -> str:
    """The name of a language tag inside a sentence."""
    return within_sentence(language_name(tag))


def languages_label(languages: list[str], summary_language: str) -> str:
    """“Only in English; summary in Spanish”, “English and Spanish”… for the reader.

    `languages` are those of the work's files or captions; `summary_language` is that of the edition shown.
    """
    if languages == ["en"]:
        if summary_language == "es":
            return gettext("Only in English; summary in Spanish")
        return gettext("English only")
    if languages == ["es"]:
        if summary_language == "en":
            return gettext("Only in Spanish; summary in English")
        return gettext("Spanish only")
    if sorted(languages) == ["en", "es"]:
        return gettext("English and Spanish")
    first, *others = sorted(languages, key=lambda tag: (tag not in ("en", "es"), tag))
    names = [str(language_name(first)), *map(language_within_sentence, others)]
    if len(names) > 4:
        return gettext("%(names)s and %(count)d more") % {"names": ", ".join(names[:3]), "count": len(names) - 3}
    return ", ".join(names)
