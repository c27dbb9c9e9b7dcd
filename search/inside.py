"""Search inside one work: the moments of a recording and the pages of files that hold what is looked for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.functional import SimpleLazyObject

from resources import languages
from search.engines.base import Engine
from search.highlighting import Highlighter
from search.moments import Moment, Moments
from search.query import LibraryQuery
from search.service import first_answer, interpret

MOST = 50
WORK_TYPES = frozenset({"recording", "resource"})


@dataclass(frozen=True)
class Inside:
    """What was found inside a work. `asked` is the text as it was searched for, after its spelling was repaired."""

    text: str = ""
    asked: str = ""
    moments: tuple[Moment, ...] = ()
    is_answered: bool = True


def moments_inside(translation_key: UUID | str, text: str, language: str, limit: int = MOST) -> list[Moment]:
    """The moments of a public work that hold a text, best first, whichever language is spoken there."""
    return list(search_inside(translation_key, LibraryQuery(text=text, language=language), limit).moments)


def search_inside(translation_key: UUID | str, query: LibraryQuery, limit: int = MOST) -> Inside:
    """The same with what the text was taken to mean. Whether the work is public is read anew."""
    key = UUID(str(translation_key))
    edition = languages.localized([key], language=query.language).get(key) if query.text and limit > 0 else None
    if edition is None:
        return Inside(query.text, query.text, is_answered=not query.text)
    answer = first_answer(lambda engine: _of_engine(engine, str(key), edition.url, query, limit))
    return answer or Inside(query.text, query.text, is_answered=False)


def _of_engine(engine: Engine, key: str, url: str, query: LibraryQuery, limit: int) -> Inside | None:
    """None from an engine that only stands in: it keeps no passages."""
    if engine.is_degraded:
        return None
    meant = interpret(query, engine)
    if meant.retrieval.text is None:
        return Inside(query.text, meant.asked)
    # Stretches of captions overlap by half: two of them may be one moment.
    passages = engine.passages_of(meant.retrieval.text, [key], 2 * limit)
    moments = Moments(passages, Highlighter(meant.retrieval.text)).of(key, url, query.language, limit)
    if meant.is_repaired and not moments:
        # What the library lacks may be well spelled all the same.
        return _of_engine(engine, key, url, replace(query, repair=False), limit)
    return Inside(query.text, meant.asked, moments)


def want_inside(page, request, context: dict, **_signal) -> None:
    """Receiver of `page_opened`: what a reader looks for inside the page's work; without words nothing is asked."""
    if page.pk and page.work_type in WORK_TYPES:
        context["inside"] = SimpleLazyObject(lambda: _asked(page, request.GET))


def _asked(page, parameters: Mapping[str, str]) -> Inside:
    query = LibraryQuery.parse(parameters, languages.current_language())
    return search_inside(page.translation_key, LibraryQuery(text=query.text, language=query.language))
