"""Completion: how the typed text may go on, from glossary, names and titles of public works, in both languages."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from resources import languages
from resources.cards import KIND_LABELS
from search.analysis import LANGUAGES, clean, fold
from search.engines.base import Completion, Engine
from search.glossary import current_glossary
from search.hidden import hidden_works
from search.lexicon import typed_starts
from search.parsing import Kind, parse
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
    """At most `MOST` suggestions, the likeliest first, each text once. `library_url` is where words are searched.

    What begins as typed comes before what holds a word that does, and of either the reader's language comes first.
    """
    text = " ".join(clean(text).split())[:LONGEST_TEXT]
    typed = typed_starts(text)
    if not typed or _excludes(text):
        return []
    readings = _readings(text)
    found = first_answer(lambda engine: _of_engine(engine, readings, language)) or []
    names = [completion for completion in found if not completion.translation_key]
    names = _each_once(_terms(typed, language) + sorted(names, key=lambda name: name.kind in _LAST_KINDS))
    names.sort(key=lambda name: (not _begins(name.text, readings), _is_foreign(name.language, language)))
    works = [completion for completion in found if completion.translation_key]
    works.sort(key=lambda work: (not _begins(work.text, readings), len(work.text)))
    kept_names = names[: max(MOST_NAMES, MOST - len(works))]
    lines = [_searched(name, library_url) for name in kept_names] + _opened(works, language)
    lines = _each_text_once(lines, library_url)[:MOST]
    return sorted(lines, key=lambda line: (not _begins(line.text, readings), _is_foreign(line.lang, language)))


def _excludes(text: str) -> bool:
    """Whether words are excluded, also within quotes that are not closed yet. A completion takes the place of the whole
    text: it would search for what the reader does not want, or forget it."""
    return any(piece.is_excluded for piece in parse(f'{text}"'))


def _readings(text: str) -> list[str]:
    """The text as typed and, where it ends in the number of a bill, with that number as the index joins it to each
    house it may be of: `AB 2` → `AB2`, `ley 22` → `ab22`, `sb22`."""
    *before, last = parse(text) or [None]
    if last is None or last.kind is not Kind.BILL:
        return [text]
    kept = [word for piece in before for word in piece.words]
    return [text, *(" ".join((*kept, house + last.words[-1])) for house in last.houses)]


def _kind_label(completion: Completion) -> str:
    return str(NAME_LABELS.get(completion.kind) or KIND_LABELS.get(completion.kind, ""))


def _of_engine(engine: Engine, readings: list[str], language: str) -> list[Completion]:
    """What the engine offers for any of the readings, each once."""
    hidden = hidden_works()
    return list(dict.fromkeys(each for text in readings for each in engine.complete(text, language, MOST, hidden)))


def _terms(typed: list[str], language: str) -> list[Completion]:
    """For each glossary term that begins so, one official wording, in the reader's language where there is one.

    Where families' words for it begin so, the official one is offered, too.
    """
    found = []
    for term in current_glossary().terms:
        fitting = [wording for wording in term.official if _starts_words(wording.text, typed)]
        if not fitting and any(_starts_words(wording.text, typed) for wording in term.wordings):
            fitting = [wording for wording in term.official if wording.kind == "preferred"]
        if fitting:
            best = min(fitting, key=lambda wording: wording.language != language)
            found.append(Completion(best.text, "term", best.language))
    return sorted(found, key=lambda completion: completion.language != language)


def _starts_words(text: str, typed: list[str]) -> bool:
    """Whether each of what is typed begins a word of a text."""
    return all(any(word.startswith(start) for word in fold(text).split()) for start in typed)


def _each_once(completions: list[Completion]) -> list[Completion]:
    return list({fold(completion.text): completion for completion in reversed(completions)}.values())[::-1]


def _begins(text: str, readings: list[str]) -> bool:
    """Whether it goes on from one of the readings; spaces do not count, so that `ab22` begins `AB 2268`."""
    return _unspaced(text).startswith(tuple(map(_unspaced, readings)))


def _is_foreign(language: str, readers: str) -> bool:
    return language not in ("", readers)


def _unspaced(text: str) -> str:
    return fold(text).replace(" ", "")


def _searched(name: Completion, library_url: str) -> Suggestion:
    lang = name.language if name.language in LANGUAGES else ""
    return Suggestion(name.text, name.kind, _kind_label(name), lang, _search_url(name.text, library_url))


def _search_url(text: str, library_url: str) -> str:
    return f"{library_url}{LibraryQuery(text=text).url}" if library_url else ""


def _opened(works: list[Completion], language: str) -> list[Suggestion]:
    """Works with the address of their edition; one that is not public any more is left out."""
    keys = [work.translation_key for work in works]
    localized = languages.localized(keys, language=language) if keys else {}
    editions = {str(key): edition for key, edition in localized.items()}
    return [
        Suggestion(edition.title, work.kind, _kind_label(work), edition.language, edition.url)
        for work in works
        if (edition := editions.get(work.translation_key))
    ]


def _each_text_once(lines: list[Suggestion], library_url: str) -> list[Suggestion]:
    """Of lines that read the same the first, which then searches: the works of that title come first there."""
    by_text: dict[str, list[Suggestion]] = {}
    for line in lines:
        by_text.setdefault(fold(line.text), []).append(line)
    return [
        same[0] if len(same) == 1 else replace(same[0], url=_search_url(same[0].text, library_url))
        for same in by_text.values()
    ]
