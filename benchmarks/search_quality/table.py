"""The figures as Markdown, beside those committed before, and the document that keeps them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.machine import measured_on
from benchmarks.search_quality.asking import Figures

DOCUMENT = Path(__file__).resolve().parent.parent.parent / "docs" / "quality" / "search-quality.md"
COLUMNS = ("task", "queries", "nDCG@10", "MRR", "recall@10", "nothing found", "p50 ms", "p95 ms")
PACKAGES = ("tantivy", "django", "wagtail")
_SECTION = re.compile(r"^## (?P<title>.+)\n\n(?P<content>(?:(?!^## ).*\n?)+)", re.MULTILINE)
_ROW = re.compile(r"^\| (?P<task>[^|]+) \| \d+ \| (?P<ndcg>\d\.\d+)", re.MULTILINE)


@dataclass(frozen=True)
class Section:
    """One table: what was measured on, and a row for each task."""

    title: str
    figures: Sequence[Figures]
    remarks: Sequence[str] = ()


def render(section: Section, before: Mapping[str, float]) -> str:
    """The content of a section; in brackets the change of nDCG@10 since the committed figures (`before`, by task)."""
    lines = [f"| {' | '.join(COLUMNS)} |", "|---" * len(COLUMNS) + "|"]
    for row in section.figures:
        # A difference that the shown digits hide is none.
        change = round(row.ndcg, 3) - before.get(row.task, round(row.ndcg, 3))
        shown = f"{row.ndcg:.3f} ({change:+.3f})" if abs(change) >= 0.001 else f"{row.ndcg:.3f}"
        cells = (row.task, str(row.queries), shown, f"{row.mrr:.3f}", f"{row.recall:.3f}")
        cells += (f"{row.empty:.0%}", f"{row.p50_ms:.1f}", f"{row.p95_ms:.1f}")
        lines.append(f"| {' | '.join(cells)} |")
    table = ["\n".join(lines)] if section.figures else []
    return "\n\n".join([*table, *section.remarks, measured_on(PACKAGES)])


class Document:
    """`docs/quality/search-quality.md`: an introduction, and a section for each table."""

    def __init__(self, path: Path = DOCUMENT):
        self.path = path
        self.introduction, self.sections = _parts(path.read_text(encoding="utf-8") if path.exists() else "")

    def before(self, title: str) -> dict[str, float]:
        """task → nDCG@10 as committed."""
        return {row["task"]: float(row["ndcg"]) for row in _ROW.finditer(self.sections.get(title, ""))}

    def keep(self, sections: Iterable[Section]) -> None:
        """Writes sections into the document; those not measured now stay as they are."""
        for section in sections:
            self.sections[section.title] = render(section, {})
        parts = [self.introduction, *(f"## {title}\n\n{content}" for title, content in self.sections.items())]
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text("\n\n".join(filter(None, parts)) + "\n", encoding="utf-8")


def _parts(text: str) -> tuple[str, dict[str, str]]:
    sections = {match["title"]: match["content"].strip() for match in _SECTION.finditer(text)}
    return text.partition("\n## ")[0].strip(), sections
