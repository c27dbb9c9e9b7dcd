"""Judged queries: what readers type, and which works answer it.

They stand in `benchmarks/judgments`, one JSON object a line, and were written from the site's content before anybody
saw what the search makes of them:

- `query`, `language` (the reader's), `task` (what the query tries, see `TASKS`)
- `relevant`: keys of works with their grades, 2 for a work that answers, 1 for one that helps; empty where nothing may
  be found
- `accented`: the same query with its accents; `unwanted`: keys that a minus or the sense of a word excludes
- `moment`: the place in a work where the answer is, `start` and `end` in seconds or a `page`

`dev` is for tuning. `test` is frozen: no code, glossary, setting or document may mention its queries, and whoever tunes
does not read it. The query alone decides where it belongs (`split_of`).
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "judgments"
SPLITS = ("dev", "test")
TASKS = {
    "known-item": "titles, names, numbers and addresses of something that one knows is there",
    "question": "questions of parents, teachers and others, in their own words",
    "cross-language": "asked in the language that the file or its wording is not in",
    "family-words": "what families say instead of the official term",
    "typo": "slips of the finger, sounds written as heard",
    "accents": "Spanish as typed on a phone, without accents",
    "inflected": "other forms of the words that the works use",
    "phrase": "words in quotation marks, which must stand together",
    "minus": "words that must not be there",
    "acronym": "acronyms, those too that are ordinary words in the other language",
    "bill": "bills by number, by author and by what they do",
    "nothing": "words that exist nowhere: nothing may be found",
    "moment": "something said in a recording or written on a page",
}


@dataclass(frozen=True)
class Place:
    """Where in a work the answer is: seconds of a recording, or a page of a file."""

    key: str
    start: float | None = None
    end: float | None = None
    page: int | None = None


@dataclass(frozen=True)
class Judgment:
    """A query with the works that answer it, by grade."""

    text: str
    language: str
    task: str
    relevant: Mapping[str, int] = field(default_factory=dict)
    accented: str = ""
    unwanted: tuple[str, ...] = ()
    moment: Place | None = None


def judgments(split: str) -> list[Judgment]:
    """The judged queries of a split, in the order of the file."""
    with (FOLDER / f"{split}.jsonl").open(encoding="utf-8") as lines:
        return [_judgment(json.loads(line)) for line in lines]


def _judgment(row: dict) -> Judgment:
    text, place, unwanted = row.pop("query"), row.pop("moment", None), row.pop("unwanted", ())
    return Judgment(text, **row, unwanted=tuple(unwanted), moment=Place(**place) if place else None)


def split_of(query: str) -> str:
    """Where a query belongs, whoever writes it and whenever."""
    return SPLITS[hashlib.sha256(normalized(query).encode()).digest()[0] % 2]


def normalized(text: str) -> str:
    """Words in lower case without accents and signs, one space between them."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", bare))
