"""Queries over made works, put together by rule from what the works say, so that their answers are known.

Which works hold a title or a sentence is found by reading all of them, not by searching.
"""

import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence

from benchmarks.search_quality.judgments import Judgment, Place
from benchmarks.search_quality.measures import ANSWERS
from resources.importing.made.composing import CUE_SECONDS, LANGUAGES, compose

QUERIES_A_TASK = 25
MOST_ANSWERS = 10
WORDS_OF_A_PHRASE = 6
SHORTEST_WORD = 4
LONG_WORD = 6
_WORD = re.compile(r"[^\W_]+")
_TAGS = re.compile(r"<[^>]+>")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
# Sentences with a number of their own stand in few works; years stand in many.
_NUMBER = re.compile(r"\b(?!20\d\d)\d{3,4}\b")


class MadeQueries:
    """The queries over the works 0 to N-1 of a seed."""

    def __init__(self, works: int, seed: int):
        self.works = list(compose(seed, 0, works))
        self.random = random.Random(seed)  # noqa: S311 - which works are asked for, not secrets
        self.title_words = {
            (work.key, language): frozenset(_WORD.findall(title))
            for work in self.works
            for language, title in work.titles.items()
        }
        self.texts = {
            (work.key, language): "\n".join([text, *work.pages[language], *work.cues[language]])
            for work in self.works
            for language, text in work.bodies.items()
        }

    def __iter__(self) -> Iterator[Judgment]:
        for language in LANGUAGES:
            titles = [work.titles[language] for work in self.works if language in work.titles]
            for title in self._some(titles):
                yield from self._for_title("made: half a title", language, title)
            for title in self._some(titles):
                yield from self._for_title("made: half a title with a slip", language, title, self._with_slip)
            yield from self._for_sentences(language)
        for title in self._some(titles):
            yield from self._for_title("made: half a title without accents", "es", title, without_accents)

    def _for_title(
        self, task: str, language: str, title: str, changed: Callable[[str], str] = str
    ) -> Iterator[Judgment]:
        """Half of a title's long words, as one remembers them, asked for in some way."""
        words = list(dict.fromkeys(word for word in _WORD.findall(title) if len(word) >= SHORTEST_WORD))
        half = self.random.sample(words, (len(words) + 1) // 2)
        remembered = " ".join(word for word in words if word in half)
        asked = changed(remembered)
        relevant = self._titled(half, language)
        if relevant and (asked != remembered or changed is str):
            accented = remembered if changed is without_accents else ""
            yield Judgment(asked, language, task, relevant, accented)

    def _titled(self, words: Sequence[str], language: str) -> dict[str, int]:
        """Works whose title holds all the words."""
        return _few(key for (key, of), held in self.title_words.items() if of == language and held.issuperset(words))

    def _for_sentences(self, language: str) -> Iterator[Judgment]:
        """Phrases in quotation marks, and the words of something said or written, with its place."""
        texts = [(work, text) for work in self.works for text in self._sentences_of(work.bodies.get(language, ""))]
        for _work, text in self._sample(texts):
            phrase = " ".join(text.split()[:WORDS_OF_A_PHRASE])
            if relevant := self._holders(phrase, language):
                yield Judgment(f'"{phrase}"', language, "made: phrase", relevant)
        cues = [
            (work, text, Place(work.key, start=at * CUE_SECONDS, end=(at + 1) * CUE_SECONDS))
            for work in self.works
            for at, text in enumerate(work.cues.get(language, ()))
        ]
        pages = [
            (work, text, Place(work.key, page=number))
            for work in self.works
            for number, page in enumerate(work.pages.get(language, ()), 1)
            for text in self._sentences_of(page)
        ]
        for task, places in (("made: said", cues), ("made: on a page", pages)):
            for work, text, place in self._sample(places):
                if len(relevant := self._holders(text, language)) == 1 and work.key in relevant:
                    yield Judgment(text, language, task, relevant, moment=place)

    def _sample(self, texts: Sequence[tuple]) -> list[tuple]:
        return self._some([found for found in texts if _NUMBER.search(found[1])])

    def _some(self, found: Sequence) -> list:
        return self.random.sample(found, min(QUERIES_A_TASK, len(found)))

    def _holders(self, text: str, language: str) -> dict[str, int]:
        """Works with a text anywhere in a language."""
        return _few(key for (key, of), held in self.texts.items() if of == language and text in held)

    @staticmethod
    def _sentences_of(text: str) -> list[str]:
        return _SENTENCE_END.split(_TAGS.sub(" ", text).strip())

    def _with_slip(self, text: str) -> str:
        """One slip in a long word: a letter lost, doubled or swapped with the next."""
        words = text.split()
        long = [at for at, word in enumerate(words) if len(word) >= LONG_WORD and word.isalpha()]
        if not long:
            return text
        at = self.random.choice(long)
        word, place = words[at], self.random.randrange(1, len(words[at]) - 1)
        words[at] = self.random.choice(
            (
                word[:place] + word[place + 1 :],
                word[:place] + word[place] + word[place:],
                word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            )
        )
        return " ".join(words)


def _few(keys: Iterable[str]) -> dict[str, int]:
    """The keys as answers; none where they are too many to be asked for."""
    keys = list(keys)
    return dict.fromkeys(keys, ANSWERS) if len(keys) <= MOST_ANSWERS else {}


def without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
