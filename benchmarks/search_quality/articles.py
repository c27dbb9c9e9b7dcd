"""The articles of `benchmarks/articles` (see its README): what they say in both languages, and what is asked of it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.search_quality.collection import ROUTES, Collection, document_of_editions
from benchmarks.search_quality.judgments import Judgment, split_of
from benchmarks.search_quality.measures import ANSWERS
from search.documents import IndexDocument

FILE = Path(__file__).resolve().parent.parent / "articles" / "articles.jsonl"
# How a paragraph is asked for, and what the tables call it.
ASKED = {"near": "its words", "own_words": "other words", "keywords": "keywords"}


@dataclass(frozen=True)
class Paragraph:
    """A text in one language and what is asked of it: a key of `ASKED` → a query."""

    text: str
    asked: dict[str, str]


@dataclass(frozen=True)
class Article:
    """`titles` and `paragraphs` by language; the paragraphs of both say the same, one by one."""

    key: str
    titles: dict[str, str]
    paragraphs: dict[str, tuple[Paragraph, ...]]

    @property
    def split(self) -> str:
        return split_of(self.key)


@cache
def articles() -> tuple[Article, ...]:
    with FILE.open(encoding="utf-8") as lines:
        return tuple(_article(json.loads(line)) for line in lines)


def _article(row: dict) -> Article:
    editions = {language: edition for language, edition in row.items() if language != "article"}
    paragraphs = {
        language: tuple(Paragraph(each["text"], {kind: each[kind] for kind in ASKED}) for each in edition["paragraphs"])
        for language, edition in editions.items()
    }
    return Article(row["article"], {language: edition["title"] for language, edition in editions.items()}, paragraphs)


class ParagraphCollection(Collection):
    """Every paragraph of all articles a work; the queries are those of one split."""

    def __init__(self, split: str):
        self.split = split

    def documents(self, languages: tuple[str, ...]) -> Iterator[IndexDocument]:
        for article in articles():
            for language in languages:
                for at, paragraph in enumerate(article.paragraphs[language]):
                    page = {"title": article.titles[language], "body": paragraph.text}
                    yield document_of_editions(f"{_name(article, at)} {language}", {language: page})

    def queries(self, route: str) -> list[Judgment]:
        language, _there = ROUTES[route]
        return [
            Judgment(paragraph.asked[kind], language, f"{route}, {label}", {_name(article, at): ANSWERS})
            for kind, label in ASKED.items()
            for article in articles()
            if article.split == self.split
            for at, paragraph in enumerate(article.paragraphs[language])
        ]

    def name_of(self, key: str) -> str:
        return key.rpartition(" ")[0]


def _name(article: Article, at: int) -> str:
    return f"{article.key} {at + 1}"
