"""The lexicon of a generation: a small index of the words and names in the large one, for spelling and completion.

It may hold what no public work holds any more: whoever reads it asks the large index first (`EmbeddedEngine`).
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import tantivy
from tantivy import Occur, Order, Query

from search.analysis import fold, terms
from search.documents import IndexDocument
from search.lexicon import LexiconEntry, is_word, of_both, starts_of
from search.remembered_terms import Pieces

FOLDER = "lexicon"
WRITER_MEMORY = 15_000_000
MOST_NEAR = 40
_ACCENTED = re.compile(r"[^\W_]*[^\x00-\x7f\W_][^\W_]*")


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("entry", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("word", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("starts", tokenizer_name="whitespace", index_option="basic")
    builder.add_integer_field("frequency", indexed=True, fast=True)
    return builder.build()


class Lexicon:
    """Words by their spelling, names by how their words begin."""

    def __init__(self, generation: Path):
        self.folder = generation / FOLDER
        self.folder.mkdir(exist_ok=True)
        self._index = tantivy.Index(schema(), path=str(self.folder))
        self._index.register_tokenizer(
            "whitespace", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        )

    def fill(self, searcher: tantivy.Searcher, spellings: Mapping[str, LexiconEntry]) -> None:
        """Takes all words and names of the large index. `spellings`: folded word → the word with its accents."""
        self._add(_entries_of_index(searcher, spellings))

    def learn(self, documents: Iterable[IndexDocument]) -> None:
        """Adds the words and names of documents that are new."""
        searcher = self._index.searcher()
        found = {entry.as_term: entry for document in documents for entry in _entries_of_document(document)}
        self._add([(entry, 1) for term, entry in found.items() if not searcher.doc_freq("entry", term)])

    def near(self, word: str, edits: int) -> list[LexiconEntry]:
        """Words within so many edits of a word, the most frequent first."""
        query = Query.fuzzy_term_query(schema(), "word", fold(word), edits, True)
        return self._entries(query, MOST_NEAR)

    def starting(self, typed: list[str], limit: int) -> list[LexiconEntry]:
        """Names with a word beginning as each of `typed` (see `typed_starts`), the most frequent first."""
        clauses = [(Occur.Must, Query.term_query(schema(), "starts", start)) for start in typed]
        return self._entries(Query.boolean_query(clauses), limit)

    def _entries(self, query: Query, limit: int) -> list[LexiconEntry]:
        searcher = self._index.searcher()
        found = searcher.search(query, limit=limit, order_by_field="frequency", order=Order.Desc)
        return [LexiconEntry.from_term(searcher.doc(address).get_first("entry")) for _key, address in found.hits]

    def reload(self) -> None:
        self._index.reload()

    def _add(self, entries: Iterable[tuple[LexiconEntry, int]]) -> None:
        entries = list(entries)
        if not entries:
            return
        writer = self._index.writer(heap_size=WRITER_MEMORY, num_threads=1)
        for entry, frequency in entries:
            row = tantivy.Document()
            row.add_text("entry", entry.as_term)
            row.add_integer("frequency", frequency)
            if entry.kind == "word":
                row.add_text("word", fold(entry.text))
            else:
                row.add_text("starts", starts_of(entry.text))
            writer.add_document(row)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()


def _entries_of_index(
    searcher: tantivy.Searcher, spellings: Mapping[str, LexiconEntry]
) -> Iterable[tuple[LexiconEntry, int]]:
    for word, count in searcher.terms_with_prefix("verbatim", ""):
        if is_word(word):
            yield spellings.get(word) or LexiconEntry("word", "", word), count
    for term, count in searcher.terms_with_prefix("names", ""):
        yield LexiconEntry.from_term(term), count


class Spellings(dict[str, LexiconEntry]):
    """Folded word → the word, for words that have accents or ñ."""

    def read(self, piece: str, language: str) -> None:
        """Learns the words of a piece of text without spaces."""
        for word in _ACCENTED.findall(piece.lower()):
            if is_word(word):
                folded = fold(word)
                self[folded] = of_both(self.get(folded), LexiconEntry("word", language, word))


class ReadPieces(Pieces):
    """The terms of pieces, whose spellings are learned when they are first met: no text is read once more for them."""

    def __init__(self, language: str, spellings: Spellings):
        super().__init__(language)
        self._language, self._spellings = language, spellings

    def __missing__(self, piece: str) -> str:
        if not piece.isascii():
            self._spellings.read(piece, self._language)
        return super().__missing__(piece)


def _entries_of_document(document: IndexDocument) -> Iterable[LexiconEntry]:
    for language, groups in document.texts.items():
        found = {word for texts in groups.values() for text in texts for word in terms(text, "exact")}
        yield from (LexiconEntry("word", language, word) for word in found if is_word(word))
    yield from document.names
