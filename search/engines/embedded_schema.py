"""The fields of the embedded index of works, and how an index document is written into them."""

import uuid
from functools import cache, lru_cache

import orjson
import tantivy

from search.analysis import LANGUAGES, SNOWBALL, analyzer, fold
from search.documents import IndexDocument
from search.engines.spaced_terms import Spaced
from search.engines.text_fields import analyzers, text_fields, text_languages
from search.lexicon import starts_of
from search.query import FACETS
from search.remembered_terms import GAP

STATE_SEPARATOR = " "
NEVER = 99_991_231
RAW = {"tokenizer_name": "raw", "index_option": "basic"}
TERMS = {"tokenizer_name": "terms", "index_option": "position"}
Fields = dict[str, tuple[str, dict]]

# A translation key is a number of 128 bits: two columns of 64, read without unpacking what is stored.
KEY_COLUMNS: Fields = {"key_high": ("unsigned", {"fast": True}), "key_low": ("unsigned", {"fast": True})}
_HALF = 1 << 64
# So many beginnings of keys are told apart where dates are equal.
_KEYS = 1 << 32


@cache
def work_fields() -> Fields:
    """Field → its kind and options; one document a work.

    `verbatim` holds all of its words, whole; `exact_*` those of title, summary and names with their accents; `starts`
    how the words of titles and numbers begin; `state` key and stamp; `languages` a bit for each language with text;
    `newest_first` and `oldest_first` the date, or where there is none what comes after all, and among equals the key.
    What only highlights read is stored apart, in `texts`.
    """
    raw = ("translation_key", "key", "state", "whole_title", "identifiers", "names")
    fields: Fields = dict.fromkeys(raw, ("text", RAW))
    for name, analyzer_name in analyzers().items():
        option = "freq" if analyzer_name == "exact" else "position"
        fields[name] = ("text", {"tokenizer_name": _tokenizer(analyzer_name), "index_option": option})
    fields["starts"] = ("text", {**TERMS, "index_option": "basic"})
    for name in (*(f"sort_title_{language}" for language in LANGUAGES), *(f"facet_{facet}" for facet in FACETS)):
        fields[name] = ("text", {**RAW, "fast": True})
    fields["date"] = ("integer", {"indexed": True, "fast": True})
    fields |= dict.fromkeys(("newest_first", "oldest_first"), ("integer", {"fast": True}))
    fields["languages"] = ("unsigned", {"fast": True})
    return fields | KEY_COLUMNS | dict.fromkeys(("stored", "texts"), ("bytes", {"stored": True}))


def build_schema(fields: Fields) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name, (kind, options) in fields.items():
        getattr(builder, f"add_{kind}_field")(name, **options)
    return builder.build()


@cache
def schema() -> tantivy.Schema:
    return build_schema(work_fields())


def open_index(schema: tantivy.Schema, path: str) -> tantivy.Index:
    """The index in a folder, created when the folder is empty. Raises ValueError for an index of another form."""
    index = tantivy.Index(schema, path=path)
    spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    index.register_tokenizer("terms", spaces.filter(tantivy.Filter.custom_stopword([GAP])).build())
    for name in set(analyzers().values()) - SNOWBALL.keys():
        index.register_tokenizer(name, analyzer(name))
    return index


def _tokenizer(analyzer_name: str) -> str:
    """tantivy cuts whole words itself, in threads of its own; stems are cheaper remembered than made there."""
    return "terms" if analyzer_name in SNOWBALL else analyzer_name


def as_tantivy(document: IndexDocument, spaced: Spaced) -> tantivy.Document:
    row = tantivy.Document()
    add_key(row, document.translation_key)
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
    analyzer_names = analyzers()
    for field, texts in text_fields(document).items():
        name = analyzer_names[field]
        for text in texts:
            row.add_text(field, spaced(text, name) if name in SNOWBALL else text)
    for language, title in document.sort_titles.items():
        row.add_text(f"sort_title_{language}", f"{title}\n{document.translation_key}")
    for facet, values in document.facets.items():
        for value in values:
            row.add_text(f"facet_{facet}", value)
    row.add_integer("date", document.date)
    place = int(document.translation_key[:8], 16)
    row.add_integer("newest_first", document.date * _KEYS + _KEYS - 1 - place)
    row.add_integer("oldest_first", (document.date or NEVER) * _KEYS + place)
    row.add_unsigned("languages", _as_bits(text_languages(document)))
    kept = dict(document.stored)
    row.add_bytes("texts", as_json(kept.pop("texts", {})))
    row.add_bytes("stored", as_json(kept))
    return row


def add_key(row: tantivy.Document, translation_key: str) -> None:
    """A translation key as a term, for finding, and as columns, for reading. Raises ValueError if it is no UUID."""
    row.add_text("translation_key", translation_key)
    for name, half in zip(KEY_COLUMNS, _halves(translation_key), strict=True):
        row.add_unsigned(name, half)


@lru_cache(maxsize=1)
def _halves(translation_key: str) -> tuple[int, int]:
    """Remembered for the passages of one work after the other."""
    return divmod(uuid.UUID(translation_key).int, _HALF)


def keys_at(searcher: tantivy.Searcher, addresses: list[tantivy.DocAddress]) -> list[str]:
    """The translation keys of documents, from columns."""
    columns = [searcher.fast_field_values(name, addresses) for name in KEY_COLUMNS]
    digits = [f"{high:016x}{low:016x}" for high, low in zip(*columns, strict=True)]
    return [f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}" for key in digits]


def as_json(value: object) -> bytes:
    return orjson.dumps(value)


def of_json(row: tantivy.Document, field: str) -> dict:
    """What `as_json` made of a value, as it is stored in a document."""
    return orjson.loads(row.get_first(field))


def _as_bits(languages: tuple[str, ...]) -> int:
    return sum(1 << at for at, language in enumerate(LANGUAGES) if language in languages)


@cache
def languages_of_bits(bits: int) -> tuple[str, ...]:
    return tuple(language for at, language in enumerate(LANGUAGES) if bits >> at & 1)
