"""More like this: the works most alike to one, by its title, its terms and the words of its summary.

Which they are is asked of the index and kept for some minutes; their cards are read anew at every showing.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.core.cache import cache
from django.utils.functional import SimpleLazyObject
from django.utils.translation import override
from wagtail.models import Page

from resources import languages
from resources.cards import KIND_LABELS, WorkCard, cards_of_pages, shelf_of
from resources.editions import source_ids
from search import ranking
from search.analysis import LANGUAGES, fold, is_stop_word, words
from search.declared_text import relation_paths, texts_of
from search.engines.base import Alternative, Engine, Hit, Part, Retrieval, TextQuery
from search.public_pages import PublicPages
from search.service import first_answer
from search.versions import index_version

# Lists and pages of text are no works.
WORK_TYPES = frozenset(KIND_LABELS) - {"page"}
MOST_SHOWN = 6
# More than are shown: some may stand on the page already, or have been made private since.
MOST_KEPT = 24
KEPT_SECONDS = 300
UNANSWERED_SECONDS = 30
MOST_SUMMARY_WORDS = 60
TERM_GROUPS = ("terms", "identifiers")


def similar_works(translation_key, language: str) -> list[WorkCard]:
    """Cards of the public works most alike to one, best first, for readers of a language; none rather than noise."""
    with override(language):
        return cards_of_pages(similar_keys(translation_key, language))[:MOST_SHOWN]


def similar_keys(translation_key, language: str) -> list[UUID]:
    """Translation keys of the works most alike to one, best first, from the cache where they are known.

    They are as public as the index knows: whoever shows them asks anew.
    """
    cache_key = f"similar-{index_version.current()}-{language}-{translation_key}"
    known = cache.get(cache_key)
    if known is None:
        answer = first_answer(lambda engine: _of_engine(engine, str(translation_key), language))
        known = answer or []
        cache.set(cache_key, known, UNANSWERED_SECONDS if answer is None else KEPT_SECONDS)
    return [UUID(key) for key in known]


def _of_engine(engine: Engine, translation_key: str, language: str) -> list[str] | None:
    """None from an engine that only stands in: it knows too little of likeness."""
    if engine.is_degraded:
        return None
    own = engine.find("translation_key", [translation_key], with_texts=True).get(translation_key)
    if own is None:
        return []
    text = likeness(own, _terms(translation_key), language)
    found = engine.retrieve(Retrieval(text=text, language=language, limit=MOST_KEPT + 1)).hits if text.parts else ()
    # A work is most alike to itself: its own score is the measure for the others.
    measure = next((hit.score for hit in found if hit.translation_key == translation_key), 0.0)
    return [
        hit.translation_key
        for hit in found
        if hit.translation_key != translation_key
        and hit.stored["type"] in WORK_TYPES
        and hit.score >= ranking.ALIKE * measure > 0
    ]


def want_similar(page, request, context: dict, **_signal) -> None:
    """Receiver of `page_opened`: what is like a work is fetched together with all else that its page shows."""
    if page.pk and page.work_type in WORK_TYPES:
        shelf = shelf_of(request)
        keys = shelf.want(similar_keys(page.translation_key, languages.current_language()), in_short=True)
        context["similar_cards"] = SimpleLazyObject(lambda: shelf.unseen_cards(keys)[:MOST_SHOWN])


def likeness(own: Hit, terms: Mapping[str, Iterable[str]], language: str) -> TextQuery:
    """What a work that is alike holds: words of the title, terms as they stand, words of the summary."""
    order = (language, *(other for other in LANGUAGES if other != language))
    titles = {code: words(own.stored["titles"].get(code, "")) for code in order}
    summaries = {code: words(own.stored["texts"].get(code, {}).get("summary", "")) for code in order}
    parts = [_any_words(titles, ranking.ALIKE_TITLE), _any_words(summaries, ranking.ALIKE_SUMMARY)]
    parts += [
        Part((Alternative(tuple(words(term)), order, is_phrase=True),))
        for term in dict.fromkeys(terms.get(language, ()))
        if words(term)
    ]
    return TextQuery(tuple(part for part in parts if part.alternatives))


def _any_words(texts: Mapping[str, list[str]], weight: float) -> Part:
    """Any of the words that carry meaning, each counted alone, in the language of its text."""
    alternatives = []
    for language, found in texts.items():
        telling = {fold(word): word for word in found if not is_stop_word(word, language)}
        if kept := tuple(telling.values())[:MOST_SUMMARY_WORDS]:
            alternatives.append(Alternative(kept, (language,), weight, is_partial=True))
    return Part(tuple(alternatives))


def _terms(translation_key: str) -> dict[str, list[str]]:
    """language → topics, people, organizations, bills and places of a work, public ones. A fixed number of queries."""
    source_id = source_ids([UUID(translation_key)]).get(UUID(translation_key))
    model = Page.objects.get(pk=source_id).specific_class if source_id else None
    if model is None:
        return {}
    source = model.objects.prefetch_related(*relation_paths(model)).get(pk=source_id)
    texts = texts_of(source, {}, PublicPages())
    return {
        language: [text for group in TERM_GROUPS for text in groups.get(group, ())]
        for language, groups in texts.items()
    }
