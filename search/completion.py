"""Completion: how the typed text may go on, from glossary, names and titles of public works, in both languages."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from resources import languages
from resources.cards import KIND_LABELS
from search.analysis import LANGUAGES, clean, fold
from search.engines.base import Completion, Engine
from search.glossary import current_glossary
from search.lexicon import typed_starts
from search.query import LONGEST_TEXT, LibraryQuery
from search.service import first_answer

MOST = 8
MOST_NAMES = 4
NAME_LABELS = {
    "term": _("Term"),
    "topic": _("Topic"),
    "person": _("Person"),
    "contact": _("Person"),
    "organization": _("Organization"),
    "county": _("County"),
    "resourcetype": _("Type of resource"),
}
# Kinds of names that only repeat what another kind says.
_LAST_KINDS = ("contact",)


@dataclass(frozen=True)
class Suggestion:
    """One line of the list under the search field: a work opens at its `url`, words are searched for."""

    text: str
    kind: str
    kind_label: str
    lang: str
    url: str = ""


def complete(text: str, language: str, library_url: str = "") -> list[Suggestion]:
    """At most `MOST` suggestions, the likeliest first. `library_url` is where words are searched."""
    text = " ".join(clean(text).split())[:LONGEST_TEXT]
    typed = typed_starts(text)
    if not typed:
        return []
    found = first_answer(lambda engine: _of_engine(engine, text, language)) or []
    names = [completion for completion in found if not completion.translation_key]
    names = _each_once(_terms(typed, language) + sorted(names, key=lambda name: name.kind in _LAST_KINDS))
    names.sort(key=lambda name: not _begins(name, text))
    works = [completion for completion in found if completion.translation_key]
    works.sort(key=lambda work: (not _begins(work, text), len(work.text)))
    kept_names = names[: max(MOST_NAMES, MOST - len(works))]
    return _with_addresses(kept_names + works[: MOST - len(kept_names)], language, library_url)


def _kind_label(completion: Completion) -> str:
    return str(NAME_LABELS.get(completion.kind) or KIND_LABELS.get(completion.kind, ""))


def _of_engine(engine: Engine, text: str, language: str) -> list[Completion]:
    return engine.complete(text, language, MOST)


def _terms(typed: list[str], language: str) -> list[Completion]:
    """For each glossary term that begins so, one official wording, in the reader's language where there is one."""
    found = []
    for term in current_glossary().terms:
        fitting = [
            wording
            for wording in term.official
            if all(any(word.startswith(start) for word in fold(wording.text).split()) for start in typed)
        ]
        if fitting:
            best = min(fitting, key=lambda wording: wording.language != language)
            found.append(Completion(best.text, "term", best.language))
    return sorted(found, key=lambda completion: completion.language != language)


def _each_once(completions: list[Completion]) -> list[Completion]:
    return list({fold(completion.text): completion for completion in reversed(completions)}.values())[::-1]


def _begins(completion: Completion, text: str) -> bool:
    return fold(completion.text).startswith(fold(text))


def _with_addresses(completions: list[Completion], language: str, library_url: str) -> list[Suggestion]:
    """Works get the address of their edition; a work that is not public any more is left out."""
    keys = [completion.translation_key for completion in completions if completion.translation_key]
    editions = (
        {str(key): edition for key, edition in languages.localized(keys, language=language).items()} if keys else {}
    )
    suggestions = []
    for completion in completions:
        if not completion.translation_key:
            lang = completion.language if completion.language in LANGUAGES else ""
            url = f"{library_url}{LibraryQuery(text=completion.text).url}" if library_url else ""
            suggestions.append(Suggestion(completion.text, completion.kind, _kind_label(completion), lang, url))
        elif edition := editions.get(completion.translation_key):
            label = _kind_label(completion)
            suggestions.append(Suggestion(edition.title, completion.kind, label, edition.language, edition.url))
    return suggestions
