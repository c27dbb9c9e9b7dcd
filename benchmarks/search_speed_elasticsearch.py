"""How fast Elasticsearch is: `python -m benchmarks.search_speed_elasticsearch [WORKS] [--write]`.

Builds an index of made works with ten passages of 80 words each (see `made_documents`) in the server that
`ELASTICSEARCH_URL` names, or that the tests use, then measures what a search asks of the engine: candidates, counts of
all facets, passages, and what the page of results shows. It ends after `MOST_MINUTES` of building with what it has, and
says so. Vectors are no part of it. With `--write` the figures are kept in `search_speed_elasticsearch.md`.
"""

import argparse
import os
import platform
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from benchmarks.made_documents import MadeDocuments

RESULTS = Path(__file__).with_suffix(".md")
BATCH = 1_000
MOST_MINUTES = 12
QUERIES = 300
CANDIDATES, PASSAGES, SHOWN, PASSAGES_A_WORK = 200, 100, 20, 3
PATIENCE_SECONDS = 30.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("works", nargs="?", type=int, default=100_000)
    parser.add_argument("--write", action="store_true", help=f"keep the figures in {RESULTS.name}")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    if not os.environ.get("ELASTICSEARCH_URL"):
        from tests.services import elasticsearch

        os.environ["ELASTICSEARCH_URL"] = elasticsearch()
    os.environ["ELASTICSEARCH_PREFIX"] = f"benchmark-{uuid.uuid4().hex[:8]}"
    django.setup()
    lines = list(measured(asked.works))
    if asked.write:
        RESULTS.write_text("\n".join(["# How fast Elasticsearch is", "", f"`{_command(asked.works)}`", "", *lines, ""]))


def _command(works: int) -> str:
    return f"python -m benchmarks.search_speed_elasticsearch {works} --write"


def measured(works: int) -> Iterator[str]:
    """The figures, line by line, each also printed."""
    from benchmarks.made_documents import MadeDocuments
    from search.engines import index_engine
    from search.engines.elasticsearch import cluster

    # A slow answer is to be measured, not given up.
    cluster.READER_SECONDS = PATIENCE_SECONDS
    engine, made = index_engine(), MadeDocuments()
    try:
        for line in chain(machine(engine), building(engine, works, made), asking(engine, made)):
            print(line, flush=True)
            yield line
    finally:
        for name in engine.generations.names():
            engine.generations.remove(name)


def machine(engine) -> Iterator[str]:
    client = engine.cluster.client
    node = next(iter(client.nodes.stats(metric="jvm")["nodes"].values()))
    heap = node["jvm"]["mem"]["heap_max_in_bytes"] / 2**20
    load = os.getloadavg()[0]
    yield f"* {os.cpu_count()} processors ({platform.machine()}), shared by server and client; load {load:.1f} before"
    yield (
        f"* Elasticsearch {client.info()['version']['number']}, {heap:.0f} MB of heap, one shard; "
        f"Python {platform.python_version()}"
    )


def building(engine, works: int, made: "MadeDocuments") -> Iterator[str]:
    """Only what a rebuild does with documents is timed, not their making."""
    generation = engine.new_generation()
    spent = worked = 0.0
    done, give_up = 0, time.monotonic() + MOST_MINUTES * 60
    while done < works and time.monotonic() < give_up:
        batch = list(made.documents(range(done, min(done + BATCH, works))))
        began, began_work = time.perf_counter(), time.process_time()
        done += generation.apply(batch)
        spent += time.perf_counter() - began
        worked += time.process_time() - began_work
    began = time.perf_counter()
    generation.publish()
    published = time.perf_counter() - began
    size = engine.cluster.client.indices.stats(index=f"{generation.name}-*", metric="store")
    megabytes = size["_all"]["total"]["store"]["size_in_bytes"] / 1e6
    if done < works:
        yield f"* {works} works were asked for: after {MOST_MINUTES} minutes there were {done}"
    yield f"* **{done} works with {10 * done} passages: {done / (spent + published):.0f} works/s**"
    yield (
        f"* of that, the client's processor {1000 * worked / done:.2f} ms a work; publishing {published:.1f} s; "
        f"{megabytes:.0f} MB on disk"
    )
    began = time.perf_counter()
    held = sum(1 for _stamp in engine.stamps())
    yield f"* the stamps of all {held} works, for comparing with the database: {time.perf_counter() - began:.1f} s"


def asking(engine, made: "MadeDocuments") -> Iterator[str]:
    from search.query import FACETS, LibraryQuery
    from search.service import interpret

    def searched(text: str, **filters: tuple[str, ...]) -> dict[str, Callable[[], object]]:
        retrieval = interpret(LibraryQuery(text=text, filters=filters, expand=False), engine).retrieval
        retrieval = replace(retrieval, limit=CANDIDATES)
        shown = [work.translation_key for work in engine.candidates(retrieval).works[:SHOWN]]
        return {
            "candidates": lambda: engine.candidates(retrieval),
            "count": lambda: engine.count(retrieval, FACETS),
            "passages": lambda: engine.passage_scores(retrieval.text, PASSAGES),
            "passages_of": lambda: engine.passages_of(retrieval.text, shown, PASSAGES_A_WORK),
            "find": lambda: engine.find("translation_key", shown, with_texts=True),
        }

    texts = [" ".join(made.some_words(made.chance.choice((1, 2, 2, 3, 6)))) for _number in range(QUERIES)]
    kinds = {
        "words as they come": [searched(text) for text in texts],
        "the same, one value of a facet chosen": [searched(text, topic=("topic-1",)) for text in texts],
        "three of the hundred most frequent words": [
            searched(" ".join(made.chance.sample(made.words[:100], 3))) for _number in range(QUERIES // 3)
        ],
    }
    yield ""
    yield "Milliseconds, median / p95 / longest:"
    yield ""
    yield "| searches | the first three together | candidates | count | passages | passages of 20 works | find 20 |"
    yield "|---|---|---|---|---|---|---|"
    for name, searches in kinds.items():
        for search in searches[:20]:
            for ask in search.values():
                ask()
        # A server answers the same question faster the second time: half are asked together, the others one by one.
        together = [_milliseconds(lambda search=search: _first_three(engine, search)) for search in searches[::2]]
        times: dict[str, list[float]] = {}
        for search in searches[1::2]:
            for step, ask in search.items():
                times.setdefault(step, []).append(_milliseconds(ask))
        steps = " | ".join(_figures(found) for found in times.values())
        yield f"| {name} | **{_figures(together)}** | {steps} |"


def _first_three(engine, search: dict[str, Callable[[], object]]) -> None:
    """All at the same time, the most that the server has to do at once for one search."""
    from search.together import ask

    waiting = [ask(engine, search[step]) for step in ("count", "passages")]
    search["candidates"]()
    for answer in waiting:
        answer.result()


def _milliseconds(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


def _figures(times: list[float]) -> str:
    times = sorted(times)
    return f"{times[len(times) // 2]:.0f} / {times[int(len(times) * 0.95)]:.0f} / {times[-1]:.0f}"


if __name__ == "__main__":
    main()
