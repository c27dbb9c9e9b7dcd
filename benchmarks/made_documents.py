"""Index documents made of words that follow Zipf's law, as in natural text: for measuring an engine by itself."""

import random
import uuid
from collections.abc import Iterator

from search.documents import IndexDocument
from search.passages import Passage, pages_of_file
from search.query import FACETS

SEED = 20
VOCABULARY = 50_000
PASSAGES, WORDS_A_PASSAGE = 10, 80


class MadeDocuments:
    """Works with title, summary and ten passages; half of them have title and summary in both languages.

    Those without passages have a body as long as one.
    """

    def __init__(self, passages: int = PASSAGES, seed: int = SEED):
        self.passages = passages
        self.chance = random.Random(seed)  # noqa: S311 - texts, not secrets
        syllables = [a + b for a in "bcdfglmnprstv" for b in ("a", "e", "i", "o", "u", "an", "er", "ión", "es")]
        self.words = ["".join(self.chance.choices(syllables, k=self.chance.randint(2, 4))) for _ in range(VOCABULARY)]
        total, self._cumulative = 0.0, []
        for rank in range(VOCABULARY):
            total += 1 / (rank + 10)
            self._cumulative.append(total)

    def some_words(self, count: int) -> list[str]:
        return self.chance.choices(self.words, cum_weights=self._cumulative, k=count)

    def documents(self, numbers: range) -> Iterator[IndexDocument]:
        return map(self._document, numbers)

    def _document(self, number: int) -> IndexDocument:
        languages = self.chance.choice((("en",), ("es",), ("en", "es"), ("es", "en")))
        titles = {language: " ".join(self.some_words(6)).capitalize() for language in languages}
        texts = {
            language: {"title": (titles[language],), "summary": (" ".join(self.some_words(25)),)}
            for language in languages
        }
        passages = self._passages(languages[0])
        body = tuple(passage.text for passage in passages) or (" ".join(self.some_words(WORDS_A_PASSAGE)),)
        texts[languages[0]]["body"] = body
        translation_key = str(uuid.uuid5(uuid.NAMESPACE_URL, str(number)))
        return IndexDocument(
            translation_key=translation_key,
            key=str(number),
            stamp="made",
            texts=texts,
            identifiers=(),
            names=(),
            facets={facet: (f"{facet}-{self.chance.randrange(20)}",) for facet in FACETS},
            date=20_000_101 + self.chance.randrange(250_000),
            sort_titles=titles,
            stored={"translation_key": translation_key, "key": str(number), "type": "resource", "titles": titles},
            passages=tuple(passages),
        )

    def _passages(self, language: str) -> list[Passage]:
        pages = [(number, " ".join(self.some_words(WORDS_A_PASSAGE))) for number in range(1, self.passages + 1)]
        return pages_of_file(1, language, pages)
