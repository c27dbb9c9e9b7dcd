"""The lexicon index: words and names of the works, for spelling and completion.

It may hold what no public work holds any more: whoever reads it asks the works first (`ElasticsearchEngine`).
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from search.analysis import fold, terms
from search.documents import IndexDocument
from search.engines.elasticsearch.bulk import replacement, send_all
from search.engines.elasticsearch.cluster import Cluster
from search.engines.spaced_terms import spaced
from search.engines.text_fields import VERBATIM
from search.lexicon import LexiconEntry, is_word, of_both, starts_of

MOST_NEAR = 40
# More spellings within two edits than a short word can have.
MOST_EXPANSIONS = 1_000
ASKED_TOGETHER = 5_000


class Vocabulary:
    """Words and names of the works seen so far, with the number of works that hold each."""

    def __init__(self):
        self._words: Counter[str] = Counter()
        self._names: Counter[LexiconEntry] = Counter()
        self._spellings: dict[str, LexiconEntry] = {}

    def add(self, document: IndexDocument) -> None:
        self._words.update(_words_of(document))
        self._names.update(set(document.names))
        for word, entry in _accented_words_of(document):
            self._spellings[word] = of_both(self._spellings.get(word), entry)

    def entries(self) -> Iterator[tuple[LexiconEntry, int]]:
        """Every word once, with its accents where any work writes them, and every name."""
        for word, count in self._words.items():
            yield self._spellings.get(word) or LexiconEntry("word", "", word), count
        yield from self._names.items()


def _words_of(document: IndexDocument) -> set[str]:
    every_text = (text for groups in document.texts.values() for texts in groups.values() for text in texts)
    return {word for text in dict.fromkeys(every_text) for word in set(spaced(text, VERBATIM).split()) if is_word(word)}


def _accented_words_of(document: IndexDocument) -> Iterator[tuple[str, LexiconEntry]]:
    """Folded words and the words, of those with accents or ñ."""
    for language, groups in document.texts.items():
        for text in (text for texts in groups.values() for text in texts if not text.isascii()):
            for word in set(terms(text, "exact")):
                if not word.isascii() and is_word(word):
                    yield fold(word), LexiconEntry("word", language, word)


class Lexicon:
    """Writes the lexicon of one alias."""

    def __init__(self, cluster: Cluster, alias: str):
        self._cluster, self._alias = cluster, alias

    def fill(self, vocabulary: Vocabulary) -> None:
        self._add(vocabulary.entries())

    def learn(self, documents: Iterable[IndexDocument]) -> None:
        """Adds the entries of documents that are new."""
        vocabulary = Vocabulary()
        for document in documents:
            vocabulary.add(document)
        found = {_identity(entry): (entry, count) for entry, count in vocabulary.entries()}
        identities = sorted(found)
        for start in range(0, len(identities), ASKED_TOGETHER):
            for known in self._known(identities[start : start + ASKED_TOGETHER]):
                del found[known]
        if found:
            self._add(found.values(), shows_at_once=True)

    def _known(self, identities: list[str]) -> list[str]:
        return self._cluster.look(
            lambda client: client.search(
                index=self._alias, query={"ids": {"values": identities}}, size=len(identities), source=False
            ),
            understand=lambda answer: [hit["_id"] for hit in answer["hits"]["hits"]],
        )

    def _add(self, entries: Iterable[tuple[LexiconEntry, int]], shows_at_once: bool = False) -> None:
        actions = (replacement(_identity(entry), _source(entry, frequency)) for entry, frequency in entries)
        send_all(self._cluster, self._alias, actions, shows_at_once)


def _identity(entry: LexiconEntry) -> str:
    """One for a word however it is accented, one for each name."""
    named = fold(entry.text) if entry.kind == "word" else entry.as_term
    return hashlib.sha256(named.encode()).hexdigest()[:32]


def _source(entry: LexiconEntry, frequency: int) -> dict:
    source: dict = {"entry": entry.as_term, "language": entry.language, "frequency": frequency}
    if entry.kind == "word":
        return source | {"word": fold(entry.text)}
    return source | {"starts": starts_of(entry.text).split()}


def near_query(word: str, edits: int) -> dict:
    """Words within so many edits of a word."""
    return {"fuzzy": {"word": {"value": fold(word), "fuzziness": edits, "max_expansions": MOST_EXPANSIONS}}}


def starting_query(typed: list[str], language: str) -> dict:
    """Names of a language or of all with a word beginning as each of `typed`."""
    starts = [{"term": {"starts": start}} for start in typed]
    return {"bool": {"filter": [*starts, {"terms": {"language": ["", language]}}]}}
