"""The fields of the embedded index, and how an index document is written into them."""

import json
from functools import cache

import tantivy

from search.analysis import LANGUAGES, analyzer, fold
from search.documents import IndexDocument
from search.lexicon import starts_of
from search.query import FACETS

TEXT_FIELDS = ("title", "terms", "text")
EXACT_GROUPS = ("title", "terms", "summary", "identifiers")
STATE_SEPARATOR = " "


@cache
def schema() -> tantivy.Schema:
    """One document a work.

    `verbatim` holds all of its words, whole; `exact_*` those of title, summary and names with their accents; `starts`
    how the words of titles and numbers begin; `state` key and stamp.
    """
    builder = tantivy.SchemaBuilder()
    for name in ("translation_key", "key", "state", "whole_title", "identifiers", "names"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for language in LANGUAGES:
        for field in TEXT_FIELDS:
            builder.add_text_field(f"{field}_{language}", tokenizer_name=language, index_option="position")
        builder.add_text_field(f"exact_{language}", tokenizer_name="exact", index_option="freq")
        builder.add_text_field(f"sort_title_{language}", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("verbatim", tokenizer_name="verbatim", index_option="position")
    builder.add_text_field("starts", tokenizer_name="whitespace", index_option="basic")
    for facet in FACETS:
        builder.add_text_field(f"facet_{facet}", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_integer_field("date", indexed=True, fast=True)
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


def open_index(path: str) -> tantivy.Index:
    """The index in a folder, created when the folder is empty."""
    index = tantivy.Index(schema(), path=path)
    for name in (*LANGUAGES, "verbatim", "exact"):
        index.register_tokenizer(name, analyzer(name))
    index.register_tokenizer("whitespace", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def as_tantivy(document: IndexDocument) -> tantivy.Document:
    row = tantivy.Document()
    row.add_text("translation_key", document.translation_key)
    row.add_text("key", document.key)
    row.add_text("state", f"{document.translation_key}{STATE_SEPARATOR}{document.stamp}")
    titles = document.stored["titles"].values()
    for title in dict.fromkeys(fold(title) for title in titles):
        row.add_text("whole_title", title)
    for identifier in document.identifiers:
        row.add_text("identifiers", identifier)
    for name in document.names:
        row.add_text("names", name.as_term)
    row.add_text("starts", starts_of(" ".join((*titles, *document.identifiers))))
    _add_texts(row, document)
    for language, title in document.sort_titles.items():
        row.add_text(f"sort_title_{language}", title)
    for facet, values in document.facets.items():
        for value in values:
            row.add_text(f"facet_{facet}", value)
    row.add_integer("date", document.date)
    row.add_bytes("stored", json.dumps(document.stored, ensure_ascii=False).encode())
    return row


def _add_texts(row: tantivy.Document, document: IndexDocument) -> None:
    whole_words: dict[str, None] = {}
    for language, groups in document.texts.items():
        for group, texts in groups.items():
            for text in texts:
                row.add_text(f"text_{language}", text)
                if group in TEXT_FIELDS:
                    row.add_text(f"{group}_{language}", text)
                if group in EXACT_GROUPS:
                    row.add_text(f"exact_{language}", text)
                whole_words[text] = None
    for text in whole_words:
        row.add_text("verbatim", text)
