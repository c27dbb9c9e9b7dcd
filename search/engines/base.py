"""The contract of every engine: it retrieves, counts and gives candidates; all else is written once, in `search`."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

from search.documents import IndexDocument


class EngineUnavailable(Exception):
    """The engine cannot answer now; the service asks the next one."""


@dataclass(frozen=True)
class Alternative:
    """One way to say a part of the query: words to be analysed in each of `languages`.

    A phrase must stand together in the text; otherwise every word must be there, or (`is_partial`) each counts alone.
    """

    words: tuple[str, ...]
    languages: tuple[str, ...]
    weight: float = 1.0
    is_phrase: bool = False
    is_verbatim: bool = False
    is_partial: bool = False


@dataclass(frozen=True)
class Part:
    """A part of what was typed (a word, a phrase, a name): found where any of its alternatives is found.

    `is_common`: very many works hold it, so that holding it is no merit beside holding the others.
    """

    alternatives: tuple[Alternative, ...] = ()
    identifiers: tuple[str, ...] = ()
    is_required: bool = False
    is_common: bool = False


@dataclass(frozen=True)
class TextQuery:
    """The typed text, understood: parts to find, parts that must not be there, and the whole as a title."""

    parts: tuple[Part, ...] = ()
    excluded: tuple[Part, ...] = ()
    title: str = ""


@dataclass(frozen=True)
class Retrieval:
    """What the service asks of an engine. No `text` means: every work.

    `also` are works found by other means than words: they count as found and, by relevance, come last; filters and
    excluded words apply to them. `among` limits everything to some works; none of `without` is found or counted.
    """

    text: TextQuery | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = "relevance"
    language: str = "en"
    offset: int = 0
    limit: int = 20
    also: tuple[str, ...] = ()
    among: tuple[str, ...] | None = None
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """A work found, with what the index keeps of it for showing."""

    translation_key: str
    score: float
    stored: dict


@dataclass(frozen=True)
class Candidate:
    """A work found, without what is shown of it: its score, its date (yyyymmdd) and the languages it has text in."""

    translation_key: str
    score: float
    date: int
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Candidates:
    """The best works of a retrieval, best first, among equals the newest; and how many there are in all."""

    works: tuple[Candidate, ...]
    total: int


@dataclass(frozen=True)
class PassageHit:
    """A passage found (see `search.passages`): its work, its score, and `Passage.stored`."""

    translation_key: str
    score: float
    stored: dict


@dataclass(frozen=True)
class Completion:
    """How typed text may go on: a title (with its work's translation key) or a name, and what it is."""

    text: str
    kind: str
    language: str = ""
    translation_key: str = ""

    @classmethod
    def of_work(cls, stored: dict, language: str) -> "Completion":
        """The title of a work, from what the index keeps of it: the reader's edition, or else another one's."""
        titles = stored["titles"]
        shown = language if language in titles else next(iter(titles))
        return cls(titles[shown], stored["type"], shown, stored["translation_key"])


@dataclass(frozen=True)
class Retrieved:
    """A page of hits and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


class Generation(ABC):
    """One build of the index, written beside the live one until it is published."""

    name: str

    @abstractmethod
    def apply(self, documents: Iterable[IndexDocument], deleted: Iterable[str] = ()) -> int:
        """Adds or replaces documents and their passages, removes those of the translation keys of `deleted`.

        Returns how many were added. A work's document is written after its passages, so that its stamp stands for both.
        """

    @abstractmethod
    def close(self) -> None:
        """Ends writing and lets other writers in; nothing is lost."""

    @abstractmethod
    def publish(self) -> None:
        """Makes this generation the live one, at once for every reader.

        What cannot be cleared away afterwards is logged and stays: it takes nothing back.
        """

    @abstractmethod
    def discard(self) -> None:
        """Removes an unpublished generation; one that is live, or may be, stays."""


class Engine(ABC):
    """A search engine behind the one door `search.service`."""

    name: str
    is_degraded = False
    # Whether several threads may ask at once, so that one question need not wait for another.
    answers_together = False

    def one_search(self) -> AbstractContextManager[None]:
        """Around all questions of one search: no reader waits long for all of them together."""
        return nullcontext()

    @abstractmethod
    def retrieve(self, retrieval: Retrieval) -> Retrieved:
        """The hits of one page. Raises EngineUnavailable."""

    @abstractmethod
    def candidates(self, retrieval: Retrieval, with_total: bool = True) -> Candidates:
        """The first `limit` works by relevance, light enough to be hundreds. Raises EngineUnavailable.

        Without `with_total` the engine need not count how many there are in all, and may say any number.
        """

    @abstractmethod
    def passage_scores(self, text: TextQuery, limit: int) -> dict[str, float]:
        """translation_key → the score of its best passage, best first, of the works that have the `limit` best passages
        of all. Raises EngineUnavailable.
        """

    @abstractmethod
    def passages_of(self, text: TextQuery, works: Iterable[str], limit: int) -> dict[str, list[PassageHit]]:
        """translation_key → its best passages for a text, at most `limit` each. Raises EngineUnavailable.

        A work without a passage that holds a word of it is left out.
        """

    @abstractmethod
    def passages_at(self, places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], PassageHit]:
        """Passages by (translation_key, `Passage.place`), those that stand. Raises EngineUnavailable."""

    @abstractmethod
    def count(self, retrieval: Retrieval, facets: Iterable[str]) -> dict[str, dict[str, int]]:
        """facet → value → number of works, exactly, under all of the retrieval's filters. Raises EngineUnavailable."""

    @abstractmethod
    def frequency(self, word: str) -> int:
        """In how many works a word stands, in any form. Raises EngineUnavailable."""

    def frequencies(self, words: Iterable[str]) -> dict[str, int]:
        """The same for many words, asked together where an engine can. Raises EngineUnavailable."""
        return {word: self.frequency(word) for word in words}

    @abstractmethod
    def near(self, word: str, edits: int) -> dict[str, str]:
        """Words of public works within so many edits of a word: word → its language. Raises EngineUnavailable."""

    @abstractmethod
    def complete(self, text: str, language: str, limit: int, without: tuple[str, ...] = ()) -> list[Completion]:
        """Titles and names of public works with words that begin as those of `text`. Raises EngineUnavailable.

        Names that stand in none but works of `without` are left out.
        """

    @abstractmethod
    def find(self, field_name: str, values: Iterable[str], with_texts: bool = False) -> dict[str, Hit]:
        """value → hit for works whose `key` or `translation_key` is among `values`. Raises EngineUnavailable.

        `stored["texts"]`, which only highlights read, may be empty unless `with_texts`.
        """


class IndexEngine(Engine):
    """An engine that keeps an index of its own."""

    answers_together = True

    def trouble(self) -> str:
        """One sentence on what keeps the engine from answering, with its remedy; empty when all is well."""
        return ""

    def roll_back(self) -> str:
        """Makes the generation before the live one live again; returns its name. Raises EngineUnavailable."""
        raise EngineUnavailable(f"The {self.name} engine keeps no former index. Run: python manage.py rebuild_search")

    @abstractmethod
    def new_generation(self) -> Generation:
        """An empty generation beside the live one."""

    @abstractmethod
    def live_generation(self) -> Generation | None:
        """The generation that answers now, for writing; None before the first build."""

    @abstractmethod
    def stamps(self) -> Iterator[tuple[str, str]]:
        """translation_key and stamp of every work in the live generation."""
