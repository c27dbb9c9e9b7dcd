"""The judged queries of `benchmarks/search_quality`: sound, bilingual, and their frozen half unknown to the code."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from benchmarks.search_quality.articles import FILE as ARTICLES
from benchmarks.search_quality.articles import ParagraphCollection
from benchmarks.search_quality.asking import Figures
from benchmarks.search_quality.judgments import FOLDER, SPLITS, TASKS, Judgment, judgments, normalized, split_of
from benchmarks.search_quality.made_queries import MadeQueries
from benchmarks.search_quality.measures import answers_among, ndcg, recall, reciprocal_rank
from benchmarks.search_quality.table import Document, Section, render

PROJECT_DIR = Path(__file__).resolve().parent.parent.parent
CONTENT = PROJECT_DIR / "home" / "content"
ALL = [judgment for split in SPLITS for judgment in judgments(split)]
# Shorter queries are terms that code and glossary cannot do without.
SHORTEST_FROZEN = 3
# What the works themselves say may stand in queries that quote it; of the content, the glossary alone is a setting.
QUOTING_TASKS = {"known-item", "accents", "phrase", "moment"}
QUOTED = (CONTENT / "pages", CONTENT / "library", CONTENT / "samples", PROJECT_DIR / "scripts" / "samples")
QUOTED_FILES = (CONTENT / "organizations.yaml", CONTENT / "people.yaml", CONTENT / "taxonomies.yaml")
NOT_OURS = {"data", "__pycache__", "node_modules"}
HIDDEN_BUT_OURS = {".ci"}


def test_every_query_stands_in_the_half_that_its_words_decide():
    assert {split: [j.text for j in judgments(split) if split_of(j.text) != split] for split in SPLITS} == {
        "dev": [],
        "test": [],
    }


def test_no_query_is_judged_twice():
    counts = Counter((judgment.text, judgment.language) for judgment in ALL)
    assert [query for query, count in counts.items() if count > 1] == []


def test_there_are_enough_queries_of_every_kind_in_both_languages():
    assert len(ALL) >= 160
    assert Counter(judgment.task for judgment in ALL)["question"] >= 30
    assert {judgment.task for judgment in ALL} == set(TASKS)
    for split in SPLITS:
        kinds = {(judgment.task, judgment.language) for judgment in judgments(split)}
        assert len(judgments(split)) >= 80
        assert {task for task, _language in kinds} == set(TASKS)
    assert {(judgment.task, judgment.language) for judgment in ALL} == {
        (t, code) for t in TASKS for code in ("en", "es")
    }


def test_judged_works_are_works_of_the_site():
    known = set(_keys_of_content())
    named = {key for judgment in ALL for key in (*judgment.relevant, *judgment.unwanted)}
    assert named - known == set()
    assert {judgment.moment.key for judgment in ALL if judgment.moment} - known == set()


def test_every_query_has_an_answer_unless_nothing_may_be_found():
    for judgment in ALL:
        assert set(judgment.relevant.values()) <= {1, 2}, judgment
        assert bool(answers_among(judgment.relevant)) == (judgment.task != "nothing"), judgment
        assert not set(judgment.relevant) & set(judgment.unwanted), judgment


def test_an_accented_query_differs_by_its_accents_only():
    pairs = [judgment for judgment in ALL if judgment.accented]
    assert len(pairs) >= 10
    for judgment in pairs:
        assert normalized(judgment.accented) == normalized(judgment.text)
        assert judgment.accented != judgment.text


def test_the_opening_query_of_a_parent_is_answered_by_the_guide_and_the_official_page():
    opening = next(judgment for judgment in ALL if judgment.text == "cómo sacar a mi hijo de aprendiz de inglés")
    assert answers_among(opening.relevant) == {"sample-guide-to-reclassification", "reclassification"}
    assert split_of(opening.text) == "dev"


def test_nothing_in_the_project_mentions_a_frozen_query():
    files = [path for path in _files_of(PROJECT_DIR) if path.parent not in (FOLDER, ARTICLES.parent)]
    assert len(files) > 300
    assert _mentions(files, judgments("test")) == []
    articles = ParagraphCollection("test")
    questions = [question for route in ("en→en", "es→es") for question in articles.queries(route)]
    assert _mentions(files, [question for question in questions if not question.task.endswith("keywords")]) == []


def test_a_mention_would_be_found(tmp_path):
    frozen = next(judgment for judgment in judgments("test") if _is_looked_for(judgment))
    path = tmp_path / "search" / "ranking.py"
    path.parent.mkdir()
    path.write_text(f'BOOSTS = {{"Ya: {frozen.text.upper().replace(" ", "-")}?": 9}}\n', encoding="utf-8")
    assert _mentions(_files_of(tmp_path), judgments("test")) == [(path, frozen.text)]


def test_what_works_say_may_be_quoted_by_tasks_that_quote_but_no_term_of_the_glossary():
    page, glossary = CONTENT / "library" / "families.yaml", CONTENT / "glossary.yaml"
    assert _mentions([page], [Judgment("myths and facts about English learners", "en", "phrase")]) == []
    assert _mentions([page], [Judgment("myths and facts about English learners", "en", "question")]) != []
    assert _mentions([glossary], [Judgment("sacar a mi hijo de aprendiz de inglés", "es", "phrase")]) != []


def test_an_answer_on_top_is_worth_more_than_a_help():
    relevant = {"answer": 2, "help": 1}
    assert ndcg(["answer", "help"], relevant) == 1
    assert ndcg(["help", "answer"], relevant) < ndcg(["answer", "other"], relevant) < 1
    assert reciprocal_rank(["help", "answer"], relevant) == 0.5
    assert recall(["help"], relevant) == 0
    assert ndcg(["a", "b"], {"a", "b"}) == 1


def test_queries_over_made_works_are_bilingual_and_have_answers():
    made = list(MadeQueries(works=200, seed=3))
    assert {(judgment.task, judgment.language) for judgment in made} >= {
        ("made: half a title", "en"),
        ("made: half a title", "es"),
        ("made: half a title with a slip", "es"),
        ("made: half a title without accents", "es"),
        ("made: phrase", "en"),
        ("made: on a page", "es"),
    }
    assert all(answers_among(judgment.relevant) for judgment in made)
    assert made == list(MadeQueries(works=200, seed=3))


def test_kept_figures_are_read_back_and_compared(tmp_path):
    document = Document(tmp_path / "quality.md")
    document.introduction = "# How good the search is"
    document.keep([Section("dev", [Figures("typo", 10, 0.8, 0.7, 0.9, 0, 5, 9)]), Section("test", [])])
    again = Document(document.path)
    assert again.introduction == "# How good the search is"
    assert list(again.sections) == ["dev", "test"]
    assert again.before("dev") == {"typo": 0.8}
    better = Section("dev", [Figures("typo", 10, 0.85, 0.7, 0.9, 0, 5, 9)])
    assert "| 0.850 (+0.050) |" in render(better, again.before("dev"))


def _is_looked_for(judgment: Judgment) -> bool:
    return len(normalized(judgment.text).split()) >= SHORTEST_FROZEN


def _mentions(files: Iterable[Path], frozen: Iterable[Judgment]) -> list[tuple[Path, str]]:
    """Files in which a frozen query stands, whatever its case, accents and signs."""
    looked_for = [judgment for judgment in frozen if _is_looked_for(judgment)]
    found = []
    for path in files:
        text = f" {normalized(path.read_bytes().decode(errors='ignore'))} "
        is_quoted = path in QUOTED_FILES or any(path.is_relative_to(folder) for folder in QUOTED)
        found += [
            (path, judgment.text)
            for judgment in looked_for
            if f" {normalized(judgment.text)} " in text and not (is_quoted and judgment.task in QUOTING_TASKS)
        ]
    return found


def _files_of(folder: Path) -> Iterator[Path]:
    """Text files, without what tools and deployments put there."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in NOT_OURS and _is_ours(name)]
        for path in (Path(place) / name for name in names):
            if b"\0" not in path.read_bytes()[:8000]:
                yield path


def _is_ours(name: str) -> bool:
    return not name.startswith(".") or name in HIDDEN_BUT_OURS


def _keys_of_content() -> Iterator[str]:
    for folder in ("pages", "library", "samples"):
        for path in (CONTENT / folder).glob("*.yaml"):
            yield from (work["key"] for work in yaml.safe_load(path.read_text(encoding="utf-8")))
