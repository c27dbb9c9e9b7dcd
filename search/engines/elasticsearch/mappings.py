"""The settings and mappings of the indices, and how an index document is written into them.

The terms are made by `search.analysis` and sent as they are; the server only parts them at spaces. A server's own
stemmers are of another version than ours: with them `educación`, `educaciones` and `educacion` would not meet, and an
upgrade of the server could part words from their index without a sign. Nothing depends on what a server takes for
granted, and nothing needs more than a plain one.
"""

from search.analysis import LANGUAGES, fold
from search.documents import IndexDocument
from search.engines import spaced_terms
from search.engines.spaced_terms import spaced
from search.engines.text_fields import analyzers, text_fields, text_languages
from search.lexicon import starts_of
from search.passages import Passage
from search.query import FACETS
from search.remembered_terms import GAP

WORKS, PASSAGES, LEXICON = "works", "passages", "lexicon"

ANALYSIS = {
    "tokenizer": {"spaces": {"type": "whitespace"}},
    "filter": {"gaps": {"type": "stop", "stopwords": [GAP]}},
    "analyzer": {"terms": {"type": "custom", "tokenizer": "spaces", "filter": ["gaps"]}},
}


def _works_mappings() -> dict:
    """One document a work.

    `starts` holds how the words of its titles and numbers begin. Only `stored` comes back.
    """
    fields: dict = {"date": {"type": "integer"}, "stored": {"type": "object", "enabled": False}}
    for name in ("translation_key", "key", "stamp", "whole_title", "identifiers", "text_languages"):
        fields[name] = {"type": "keyword"}
    for name in ("names", "starts"):
        fields[name] = {"type": "keyword", "doc_values": False}
    for name, analyzer_name in analyzers().items():
        options = {"index_options": "freqs"} if analyzer_name == "exact" else {}
        fields[name] = {"type": "text", "analyzer": "terms", "similarity": "BM25", **options}
    for language in LANGUAGES:
        fields[f"sort_title_{language}"] = {"type": "keyword", "index": False}
    for facet in FACETS:
        fields[f"facet_{facet}"] = {"type": "keyword"}
    return {"dynamic": "strict", "_source": {"includes": ["stored"]}, "properties": fields}


def _passages_mappings() -> dict:
    """One document a passage. `written` names the writing that brought it, to tell what a later one left over."""
    fields: dict = {"stored": {"type": "object", "enabled": False}, "translation_key": {"type": "keyword"}}
    fields["written"] = {"type": "keyword", "doc_values": False}
    for language in LANGUAGES:
        fields[f"text_{language}"] = {"type": "text", "analyzer": "terms", "similarity": "BM25"}
    return {"dynamic": "strict", "_source": {"includes": ["stored"]}, "properties": fields}


def _lexicon_mappings() -> dict:
    """One document a word or name: for spelling by its folded form, for completion by how its words begin."""
    fields = {
        "entry": {"type": "keyword", "index": False, "doc_values": False},
        "word": {"type": "keyword", "doc_values": False},
        "starts": {"type": "keyword", "doc_values": False},
        "language": {"type": "keyword"},
        "frequency": {"type": "integer"},
    }
    return {"dynamic": "strict", "_source": {"includes": ["entry"]}, "properties": fields}


MAPPINGS = {WORKS: _works_mappings(), PASSAGES: _passages_mappings(), LEXICON: _lexicon_mappings()}


def fingerprint() -> str:
    """Names this form of the indices and of the terms in them: a release with another form has indices of its own."""
    return spaced_terms.fingerprint(ANALYSIS, MAPPINGS)


def as_source(document: IndexDocument) -> dict:
    """The document as it is sent."""
    titles = document.stored["titles"].values()
    source = {
        "translation_key": document.translation_key,
        "key": document.key,
        "stamp": document.stamp,
        "whole_title": list(dict.fromkeys(fold(title) for title in titles)),
        "identifiers": list(document.identifiers),
        "names": [name.as_term for name in document.names],
        "starts": starts_of(" ".join((*titles, *document.identifiers))).split(),
        # None is last in every order; 0 would be the oldest.
        "date": document.date or None,
        "text_languages": list(text_languages(document)),
        "stored": document.stored,
    }
    source |= {f"sort_title_{language}": title for language, title in document.sort_titles.items()}
    source |= {f"facet_{facet}": list(values) for facet, values in document.facets.items()}
    analyzer_names = analyzers()
    for field, texts in text_fields(document).items():
        source[field] = [spaced(text, analyzer_names[field]) for text in texts]
    return source


def passage_source(translation_key: str, passage: Passage, written: str) -> dict:
    """A passage as it is sent."""
    return {
        "translation_key": translation_key,
        "written": written,
        "stored": passage.stored,
        f"text_{passage.language}": spaced(passage.text, passage.language),
    }
