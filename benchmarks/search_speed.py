"""How fast the library's search is: `python -m benchmarks.search_speed [WORKS …]`, by default 1000 and 100000.

For each size, in a process of its own:

* the engine alone: made documents, already built, into a new generation: with ten passages of 80 words, and without;
* `rebuild_search` from a database of made works (about eleven passages a work), and the most memory it took;
* searches with all facets through `search.service`, the library page, completion, each over that index.

Beside the time on the clock stands that of the processor, which a busy machine does not lengthen as much.
`--elasticsearch` asks the server of ELASTICSEARCH_URL, or that of the tests, instead of the embedded engine.
`--write` keeps the table in benchmarks/search_speed.md; `--data-dir` keeps databases and indices for the next time.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.machine import measured_on

SIZES = (1_000, 100_000)
SEED = 7
BATCH = 2_000
MOST_MADE = 10_000
QUERIES = 200
WORDS_OF_QUERIES = (1, 2, 2, 3, 6)
DOCUMENT = Path(__file__).with_suffix(".md")
PACKAGES = ("tantivy", "elasticsearch", "django", "wagtail")
Figures = dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search_speed", description=__doc__.partition("\n")[0])
    parser.add_argument("works", nargs="*", type=int, default=SIZES)
    parser.add_argument("--data-dir", type=Path, metavar="FOLDER", help="keep the databases here for the next time")
    parser.add_argument("--answers-alone", action="store_true", help="only searches, over the indices of --data-dir")
    parser.add_argument("--elasticsearch", action="store_true", help="with Elasticsearch, not the embedded engine")
    parser.add_argument("--write", action="store_true", help=f"keep the table in {DOCUMENT.name}")
    parser.add_argument("--as-json", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="search-speed-") as folder:
        kept = (options.data_dir or Path(folder)).absolute()
        if options.as_json:
            print(json.dumps(measure(options.works[0], kept / f"works-{options.works[0]}", options)))
            return
        measured = {works: _in_a_process(works, kept, options) for works in options.works}
    text = render(measured)
    print(text)
    if options.write:
        DOCUMENT.write_text(f"# How fast the search is\n\n{text}\n", encoding="utf-8")


def _in_a_process(works: int, folder: Path, options: argparse.Namespace) -> Figures:
    """A size measured by itself, so that memory and caches of one are not those of another."""
    command = [sys.executable, "-m", "benchmarks.search_speed", str(works), "--as-json", "--data-dir", str(folder)]
    command += ["--answers-alone"] if options.answers_alone else []
    command += ["--elasticsearch"] if options.elasticsearch else []
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def measure(works: int, folder: Path, options: argparse.Namespace) -> Figures:
    from benchmarks.search_quality import site

    folder.mkdir(parents=True, exist_ok=True)
    site.use_folder(folder, models="", elasticsearch=site.server() if options.elasticsearch else "")
    figures: Figures = {}
    if not options.answers_alone:
        if not options.elasticsearch:
            figures |= measure_engine(works, passages=10)
            figures |= {f"bare_{name}": figure for name, figure in measure_engine(works, passages=0).items()}
        figures |= measure_rebuild(works)
        print(figures, file=sys.stderr)
    return {**figures, **measure_answers(works)}


def measure_engine(works: int, passages: int) -> Figures:
    """Index documents, built before the clock starts, into a generation of the embedded engine: `MOST_MADE` at most.

    All of them are made first: threads of the engine go on with their work while the next are made.
    """
    from benchmarks.made_documents import MadeDocuments
    from search.engines.embedded import EmbeddedEngine

    works, made, spent = min(works, MOST_MADE), MadeDocuments(passages), Clock()
    starts = range(0, works, BATCH)
    batches = [list(made.documents(range(start, min(start + BATCH, works)))) for start in starts]
    with tempfile.TemporaryDirectory() as folder, spent:
        generation = EmbeddedEngine(Path(folder)).new_generation()
        for batch in batches:
            generation.apply(batch)
        generation.close()
    return {"engine": works / spent.seconds, "engine_cpu": 1000 * spent.processor / works}


def measure_rebuild(works: int) -> Figures:
    from django.core.management import call_command

    from resources.importing.made.composing import KEY_PREFIX
    from resources.models import WorkKey
    from search.indexing import rebuild

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    if WorkKey.objects.filter(key__startswith=KEY_PREFIX).count() != works:
        call_command("load_site_content", verbosity=0)
        call_command("make_library", works=works, seed=SEED, verbosity=0)
    spent = Clock()
    with PeakMemory() as memory, spent:
        added = rebuild()
    return {
        "rebuild": added / spent.seconds,
        "rebuild_cpu": 1000 * spent.processor / added,
        "memory": memory.megabytes,
    }


def measure_answers(works: int) -> Figures:
    from django.test import Client

    from search.completion import complete
    from search.models import LibraryPage
    from search.query import LibraryQuery
    from search.results import LibraryResults
    from search.service import search
    from search.warming import warm_up

    warm_up()
    # Each is asked once: what an engine remembers of the same question would be no figure.
    asked, asked_of_pages, others = (list(queries(works, seed)) for seed in (SEED, SEED + 1, SEED + 2))
    pages = {page.locale.language_code: page.url for page in LibraryPage.objects.live().select_related("locale")}
    client = Client(HTTP_HOST="localhost")

    def page(text: str, language: str) -> None:
        response = client.get(pages[language], {"q": text})
        if response.status_code != 200:
            raise SystemExit(f"The library page answered {response.status_code} at {pages[language]}.")

    for text, language in others:
        # What has just started is slow, whatever it is asked.
        search(LibraryQuery(text=text, language=language))
    for text, language in others[:10]:
        page(text, language)
        complete(text[:3], language, pages[language])
    answers: list[LibraryResults] = []
    searches = milliseconds(
        lambda text, language: answers.append(search(LibraryQuery(text=text, language=language))), asked
    )
    shown = milliseconds(page, asked_of_pages)
    completed = milliseconds(lambda text, language: complete(text[:3], language, pages[language]), asked)
    return {
        "search_p50": percentile(searches, 0.5),
        "search_p95": percentile(searches, 0.95),
        "page_p50": percentile(shown, 0.5),
        "page_p95": percentile(shown, 0.95),
        "complete_p95": percentile(completed, 0.95),
        "unanswered": sum(answer.degraded for answer in answers),
    }


def queries(works: int, seed: int) -> Iterable[tuple[str, str]]:
    """Words of titles and sentences of made works, one to six of them, and the language they are in."""
    from resources.importing.made.composing import compose

    chance = random.Random(seed)  # noqa: S311 - which words are asked for, not secrets
    made = list(compose(SEED, 0, min(works, 2_000)))
    for _number in range(QUERIES):
        work = chance.choice(made)
        language = chance.choice(work.languages)
        said = f"{work.titles[language]} {work.summaries[language]}".split()
        yield " ".join(chance.sample(said, min(len(said), chance.choice(WORDS_OF_QUERIES)))), language


def milliseconds(ask: Callable[[str, str], object], asked: list[tuple[str, str]]) -> list[float]:
    """How long each answer took, sorted."""
    times = []
    for text, language in asked:
        began = time.perf_counter()
        ask(text, language)
        times.append((time.perf_counter() - began) * 1000)
    return sorted(times)


def percentile(times: list[float], share: float) -> float:
    return times[min(int(len(times) * share), len(times) - 1)]


class Clock:
    """Adds up the time of its `with` blocks: on the clock and on the processor, in seconds."""

    def __init__(self) -> None:
        self.seconds = self.processor = 0.0

    def __enter__(self) -> "Clock":
        self._began = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_error) -> None:
        self.seconds += time.perf_counter() - self._began[0]
        self.processor += time.process_time() - self._began[1]


class PeakMemory:
    """The most memory of this process in a `with` block, without the pages of files that the system keeps for it."""

    def __enter__(self) -> "PeakMemory":
        self.megabytes, self._done = 0.0, threading.Event()
        self._watching = threading.Thread(target=self._watch, daemon=True)
        self._watching.start()
        return self

    def _watch(self) -> None:
        while not self._done.wait(0.2):
            status = Path("/proc/self/status").read_text(encoding="utf-8")
            own = next(line for line in status.splitlines() if line.startswith("RssAnon"))
            self.megabytes = max(self.megabytes, int(own.split()[1]) / 1024)

    def __exit__(self, *_error) -> None:
        self._done.set()
        self._watching.join()


ROWS = (
    ("engine alone, works/s", "engine", "{:,.0f}"),
    ("… processor, ms a work", "engine_cpu", "{:.2f}"),
    ("engine alone, works without passages, works/s", "bare_engine", "{:,.0f}"),
    ("… processor, ms a work", "bare_engine_cpu", "{:.2f}"),
    ("`rebuild_search`, works/s", "rebuild", "{:,.0f}"),
    ("… processor, ms a work", "rebuild_cpu", "{:.2f}"),
    ("… most memory, MB", "memory", "{:,.0f}"),
    ("search with all facets, median ms", "search_p50", "{:.1f}"),
    ("search with all facets, p95 ms", "search_p95", "{:.1f}"),
    ("library page, median ms", "page_p50", "{:.1f}"),
    ("library page, p95 ms", "page_p95", "{:.1f}"),
    ("completion, p95 ms", "complete_p95", "{:.1f}"),
    ("searches that the engine did not answer", "unanswered", "{:.0f}"),
)
GROWTH = {"median": "search_p50", "p95": "search_p95"}


def render(measured: dict[int, Figures]) -> str:
    """A table with a column for each size, how latency grows, and where it was measured."""
    sizes = list(measured)
    lines = [f"| | {' | '.join(f'{works:,} works' for works in sizes)} |", f"|---|{'---|' * len(sizes)}"]
    for name, key, form in (row for row in ROWS if all(row[1] in figures for figures in measured.values())):
        lines.append(f"| {name} | {' | '.join(form.format(measured[works][key]) for works in sizes)} |")
    if len(sizes) > 1:
        first, last = measured[sizes[0]], measured[sizes[-1]]
        grown = ", ".join(f"{share} × {last[key] / first[key]:.1f}" for share, key in GROWTH.items())
        lines.append(f"\nSearches from {sizes[0]:,} to {sizes[-1]:,} works: {grown}.")
    lines.append(f"\n{measured_on(PACKAGES)}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
