"""The last resort while the index is out of reach: Wagtail's own database search, over a limited number of works.

It says so (`is_degraded`). What it finds is cut at `MOST_WORKS`; filters and counts are exact within those.
"""

from collections import Counter
from collections.abc import Iterable

from wagtail.models import Page

from resources.models import WorkKey
from search import ranking
from search.documents import IndexDocument, build_documents
from search.engines.base import (
    Candidate,
    Candidates,
    Completion,
    Engine,
    Hit,
    Part,
    PassageHit,
    Retrieval,
    Retrieved,
    TextQuery,
)
from search.engines.text_fields import text_languages
from search.highlighting import Highlighter

MOST_WORKS = 100


class DatabaseEngine(Engine):
    """Answers from the database, without stems, spelling, completion or the text of files."""

    name = "database"
    is_degraded = True

    def retrieve(self, retrieval: Retrieval) -> Retrieved:
        found = [document for document in self._documents(retrieval) if _passes(document, retrieval.filters)]
        if retrieval.order != "relevance":
            found.sort(key=_order_key(retrieval), reverse=retrieval.order == "newest")
        page = found[retrieval.offset : retrieval.offset + retrieval.limit]
        return Retrieved(tuple(_hit(document) for document in page), len(found))

    def candidates(self, retrieval: Retrieval, with_total: bool = True) -> Candidates:
        found = [document for document in self._documents(retrieval) if _passes(document, retrieval.filters)]
        numbers = _numbers(retrieval)
        works = [
            Candidate(each.translation_key, _score(each, place, numbers), each.date, text_languages(each))
            for place, each in enumerate(found)
        ]
        return Candidates(tuple(works[: retrieval.limit]), len(works))

    def passage_scores(self, text: TextQuery, limit: int) -> dict[str, float]:
        return {}

    def passages_of(self, text: TextQuery, works: Iterable[str], limit: int) -> dict[str, list[PassageHit]]:
        return {}

    def passages_at(self, places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], PassageHit]:
        return {}

    def count(self, retrieval: Retrieval, facets: Iterable[str]) -> dict[str, dict[str, int]]:
        documents = self._documents(retrieval)
        counts = {}
        for facet in facets:
            others = {name: values for name, values in retrieval.filters.items() if name != facet}
            passing = [document for document in documents if _passes(document, others)]
            counts[facet] = dict(Counter(value for document in passing for value in document.facets.get(facet, ())))
        return counts

    def find(self, field_name: str, values: Iterable[str], with_texts: bool = False) -> dict[str, Hit]:
        values = list(values)[:MOST_WORKS]
        keys = dict(WorkKey.objects.filter(**{f"{field_name}__in": values}).values_list("translation_key", "key"))
        hits = [_hit(document) for document in build_documents(keys)]
        return {hit.stored[field_name]: hit for hit in hits}

    def frequency(self, word: str) -> int:
        return 1

    def near(self, word: str, edits: int) -> dict[str, str]:
        return {}

    def complete(self, text: str, language: str, limit: int, without: tuple[str, ...] = ()) -> list[Completion]:
        return []

    @staticmethod
    def _documents(retrieval: Retrieval) -> list[IndexDocument]:
        pages = Page.objects.filter(live=True)
        if retrieval.among is not None:
            pages = pages.filter(translation_key__in=retrieval.among[:MOST_WORKS])
        text = retrieval.text
        if text is None or (text.excluded and not text.parts):
            found = pages.order_by("-first_published_at", "pk")
        else:
            typed = [word for part in text.parts for word in part.alternatives[0].words]
            found = pages.search(" ".join(typed), operator="and") if typed else []
        others = [key for key in retrieval.also if retrieval.among is None or key in retrieval.among]
        wanted = [*(str(page.translation_key) for page in found[: MOST_WORKS * 2]), *others]
        # build_documents leaves out what the public may not read.
        keys = list(dict.fromkeys(wanted))[:MOST_WORKS]
        by_key = {document.translation_key: document for document in build_documents(keys)}
        documents, numbers = [by_key[key] for key in keys if key in by_key], _numbers(retrieval)
        if text and text.excluded:
            documents = [document for document in documents if not _holds_any(document, text.excluded)]
        return sorted(documents, key=lambda document: numbers.isdisjoint(document.identifiers))


def _numbers(retrieval: Retrieval) -> set[str]:
    """The numbers of bills and the like that are asked for."""
    parts = retrieval.text.parts if retrieval.text else ()
    return {number for part in parts for number in part.identifiers}


def _holds_any(document: IndexDocument, parts: tuple[Part, ...]) -> bool:
    """Whether a work holds what is excluded, in any of its texts."""
    looked_for = Highlighter(TextQuery(parts))
    texts = [
        (text, language) for language, groups in document.texts.items() for each in groups.values() for text in each
    ]
    return any(not set(part.identifiers).isdisjoint(document.identifiers) for part in parts) or any(
        looked_for.finds(text, language) for text, language in texts
    )


def _score(document: IndexDocument, place: int, numbers: set[str]) -> float:
    """Keeps the order in which works were found; those with a number that was asked for stand apart."""
    return 1 / (1 + place) if numbers.isdisjoint(document.identifiers) else ranking.IDENTIFIER


def _passes(document: IndexDocument, filters) -> bool:
    return all(set(values) & set(document.facets.get(facet, ())) for facet, values in filters.items())


def _order_key(retrieval: Retrieval):
    if retrieval.order == "title":
        return lambda document: document.sort_titles[retrieval.language]
    if retrieval.order == "oldest":
        return lambda document: (not document.date, document.date)
    return lambda document: document.date


def _hit(document: IndexDocument) -> Hit:
    return Hit(document.translation_key, 0.0, document.stored)
