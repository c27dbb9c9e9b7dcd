"""How fast the embedded engine is: `python -m benchmarks.search_speed [WORKS]`.

Builds an index of made works (title, summary and ten passages of 80 words, in both languages for half of them), then
measures understanding, finding and counting of searches with all facets (not the cards, which a page adds), and
completions. Words follow Zipf's law, as in natural text. Beside the time on the clock stands that of the processor,
which a busy machine does not lengthen.
"""

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import django

SEED = 20
VOCABULARY = 50_000
PASSAGES, WORDS_A_PASSAGE = 10, 80
QUERIES = 300
BATCH = 2_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("works", nargs="?", type=int, default=10_000)
    works = parser.parse_args().works
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
    django.setup()
    with tempfile.TemporaryDirectory() as folder:
        measure(works, Path(folder))


def measure(works: int, folder: Path) -> None:
    from search.engines.embedded import EmbeddedEngine
    from search.query import FACETS, LibraryQuery
    from search.service import interpret

    chance = random.Random(SEED)  # noqa: S311
    words = Words(chance)
    engine = EmbeddedEngine(folder)
    generation = engine.new_generation()
    spent = worked = 0.0
    for start in range(0, works, BATCH):
        batch = list(made_documents(range(start, min(start + BATCH, works)), words, chance))
        began, began_work = time.perf_counter(), time.process_time()
        generation.apply(batch)
        spent += time.perf_counter() - began
        worked += time.process_time() - began_work
    began = time.perf_counter()
    generation.publish()
    published = time.perf_counter() - began
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6
    print(
        f"{works} works: {works / spent:.0f} works/s, processor {1000 * worked / works:.2f} ms a work, "
        f"publishing {published:.1f} s, {size:.0f} MB"
    )

    def search(text: str, **filters: tuple[str, ...]) -> None:
        meant = interpret(LibraryQuery(text=text, filters=filters), engine)
        engine.retrieve(meant.retrieval)
        engine.count(meant.retrieval, FACETS)

    queries = [" ".join(words.some(chance.choice((1, 2, 2, 3, 6)))) for _number in range(QUERIES)]
    report("search with all facets", search, queries)
    report("the same, one value chosen", lambda text: search(text, topic=("topic-1",)), queries)
    report("search, common words", search, [" ".join(words.common(3)) for _number in range(QUERIES // 3)])
    report("completion, two letters", lambda text: engine.complete(text[:2], "en", 8), queries)
    report("completion, five letters", lambda text: engine.complete(text[:5], "en", 8), queries)


def report(name: str, ask: Callable[[str], object], queries: list[str]) -> None:
    for query in queries[:10]:
        ask(query)
    times = []
    worked = time.process_time()
    for query in queries:
        began = time.perf_counter()
        ask(query)
        times.append((time.perf_counter() - began) * 1000)
    worked = (time.process_time() - worked) * 1000 / len(queries)
    times.sort()
    print(
        f"  {name}: median {times[len(times) // 2]:.1f} ms, p95 {times[int(len(times) * 0.95)]:.1f} ms, "
        f"processor {worked:.1f} ms"
    )


class Words:
    """Made words, the first of them the most frequent."""

    def __init__(self, chance: random.Random):
        syllables = [a + b for a in "bcdfglmnprstv" for b in ("a", "e", "i", "o", "u", "an", "er", "ion", "es")]
        self.chance = chance
        self.words = ["".join(chance.choices(syllables, k=chance.randint(2, 4))) for _number in range(VOCABULARY)]
        self.weights = [1 / (rank + 10) for rank in range(VOCABULARY)]
        self._cumulative = [sum(self.weights[:1])]
        for weight in self.weights[1:]:
            self._cumulative.append(self._cumulative[-1] + weight)

    def some(self, count: int) -> list[str]:
        return self.chance.choices(self.words, cum_weights=self._cumulative, k=count)

    def common(self, count: int) -> list[str]:
        return self.chance.sample(self.words[:100], count)


def made_documents(numbers: range, words: Words, chance: random.Random) -> Iterator:
    from search.documents import IndexDocument
    from search.query import FACETS

    for number in numbers:
        languages = chance.choice((("en",), ("es",), ("en", "es"), ("en", "es")))
        titles = {language: " ".join(words.some(6)).capitalize() for language in languages}
        texts = {
            language: {
                "title": (titles[language],),
                "summary": (" ".join(words.some(25)),),
                "body": tuple(" ".join(words.some(WORDS_A_PASSAGE)) for _passage in range(PASSAGES)),
            }
            for language in languages
        }
        facets = {facet: (f"{facet}-{chance.randrange(20)}",) for facet in FACETS}
        stored = {
            "translation_key": str(number),
            "key": str(number),
            "type": "resource",
            "titles": titles,
            "texts": {language: {"body": " ".join(groups["body"])} for language, groups in texts.items()},
        }
        yield IndexDocument(
            translation_key=str(number),
            key=str(number),
            stamp="made",
            texts=texts,
            identifiers=(),
            names=(),
            facets=facets,
            date=20_000_101 + chance.randrange(250_000),
            sort_titles=titles,
            stored=stored,
        )


if __name__ == "__main__":
    main()
