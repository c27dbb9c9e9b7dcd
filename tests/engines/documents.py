"""Index documents made by hand, for what an engine is asked directly."""

import uuid

from search.analysis import LANGUAGES, collation_key
from search.documents import IndexDocument
from search.engines.base import Alternative, Part, PassageHit, Retrieval, TextQuery


def document(key: str, *, names=(), identifiers=(), facets=None, date=0, stamp="1", **texts: str) -> IndexDocument:
    """A work with `title_en`, `body_es` and the like."""
    groups: dict = {language: {} for language in LANGUAGES}
    for name, text in texts.items():
        group, _separator, language = name.rpartition("_")
        groups[language][group] = (text,)
    titles = {language: found["title"][0] for language, found in groups.items() if "title" in found} or {"en": key}
    first = next(iter(titles.values()))
    translation_key = str(uuid.uuid5(uuid.NAMESPACE_URL, key))
    return IndexDocument(
        translation_key=translation_key,
        key=key,
        stamp=stamp,
        texts=groups,
        identifiers=tuple(identifiers),
        names=tuple(names),
        facets=facets or {},
        date=date,
        sort_titles={language: collation_key(titles.get(language, first), language) for language in LANGUAGES},
        stored={"translation_key": translation_key, "key": key, "type": "resource", "titles": titles, "texts": groups},
    )


def best_passages(engine, text: TextQuery, limit: int = 10) -> list[PassageHit]:
    """The passages for a text in the works that have the best ones, best first."""
    works = engine.passage_scores(text, limit)
    found = [hit for hits in engine.passages_of(text, works, limit).values() for hit in hits]
    return sorted(found, key=lambda hit: -hit.score)[:limit]


def build(engine, *documents: IndexDocument) -> None:
    """A live generation with these works."""
    generation = engine.new_generation()
    generation.apply(documents)
    generation.publish()


def words(text: str, *languages: str, order: str = "relevance", **values) -> Retrieval:
    """Asks for works with any of the words."""
    parts = tuple(Part((Alternative((word,), languages or LANGUAGES),)) for word in text.split())
    return Retrieval(TextQuery(parts), order=order, **values)


def keys(engine, retrieval: Retrieval) -> list[str]:
    return [hit.stored["key"] for hit in engine.retrieve(retrieval).hits]
