"""Composes made works: what each is about and says, in both languages, from its number and the seed alone."""

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml
from django.utils.text import slugify

PHRASES = Path(__file__).with_name("phrases.yaml")
KEY_PREFIX = "made-"
# Of every twenty works the first is a convening and the next two are recordings of it.
BLOCK = 20
RECORDINGS = 2
PAGES = 6
SENTENCES_OF_A_PAGE = 7
CUES = 45
# As many different sentences as any work has: those of a topic, of an angle, and the general ones.
DISTINCT = 4 + 2 + 24
CUE_SECONDS = 4.0
VALLEY = {"fresno", "kern", "merced", "stanislaus", "tulare"}
FIRST_YEAR, LAST_YEAR = 2006, 2025
LANGUAGES = ("en", "es")


@cache
def phrases() -> dict:
    return yaml.safe_load(PHRASES.read_text(encoding="utf-8"))


@dataclass
class MadeWork:
    """What one made work says. Texts are by language; `pages` and `cues` are those of its files."""

    number: int
    key: str
    work_type: str
    languages: tuple[str, ...]
    date: datetime.date
    precision: str
    terms: dict[str, list[str]]
    resource_type: str = ""
    convening: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    slugs: dict[str, str] = field(default_factory=dict)
    summaries: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    pages: dict[str, list[str]] = field(default_factory=dict)
    cues: dict[str, list[str]] = field(default_factory=dict)


def key_of(seed: int, number: int) -> str:
    return f"{KEY_PREFIX}{seed}-{number:06d}"


def compose(seed: int, start: int, end: int) -> Iterator[MadeWork]:
    """The works of these numbers. A work is the same however many are made."""
    for number in range(start, end):
        yield _Composer(seed, number).work()


class _Composer:
    def __init__(self, seed: int, number: int):
        self.seed, self.number = seed, number
        self.random = random.Random(f"{seed}/{number}")  # noqa: S311 - texts, not secrets
        self.phrases = phrases()

    def work(self) -> MadeWork:
        place_in_block = self.number % BLOCK
        kind = "convening" if place_in_block == 0 else "recording" if place_in_block <= RECORDINGS else "resource"
        self.choose_subject()
        terms = self.terms()
        work = MadeWork(
            number=self.number,
            key=key_of(self.seed, self.number),
            work_type=kind,
            languages=self.languages(kind),
            date=self.date(),
            precision=self.random.choices(("day", "month", "year"), (5, 3, 2))[0],
            terms=terms,
        )
        if kind == "recording":
            work.convening = key_of(self.seed, self.number - place_in_block)
        self.write_texts(work)
        return work

    def choose_subject(self) -> None:
        choice, phrases = self.random.choice, self.phrases
        self.topics = self.random.sample(list(phrases["topics"]), self.random.choices((1, 2), (2, 1))[0])
        self.angle = choice(phrases["angles"])
        self.audience = choice(list(phrases["audiences"]))
        self.grade = choice(list(phrases["grade_spans"]))
        self.county = choice([*phrases["places"], None])
        self.year = self.random.randint(FIRST_YEAR, LAST_YEAR)
        self.place = phrases["places"][self.county] if self.county else phrases["statewide"]
        self.town = choice(self.place["towns"])
        self.slots = {language: self.slots_in(language) for language in LANGUAGES}

    def slots_in(self, language: str) -> dict[str, str | int]:
        topic, angle = self.phrases["topics"][self.topics[0]]["name"][language], self.angle[language]
        return {
            "topic": topic,
            "Topic": _capitalized(topic),
            "angle": angle,
            "Angle": _capitalized(angle),
            "audience": self.phrases["audiences"][self.audience][language],
            "grade": self.phrases["grade_spans"][self.grade][language],
            "place": self.place[language],
            "town": self.town,
            "year": self.year,
        }

    def terms(self) -> dict[str, list[str]]:
        """Keys of vocabularies and works that the work is filed under."""
        more = self.random.random
        audiences = (
            {self.audience, self.random.choice(list(self.phrases["audiences"]))} if more() < 0.3 else {self.audience}
        )
        region = "los-angeles" if self.county == "los-angeles" else "central-valley" if self.county in VALLEY else None
        programs = (
            ["consortium"] if self.county == "los-angeles" and more() < 0.6 else ["el-win"] if more() < 0.6 else []
        )
        return {
            "topics": sorted(self.topics),
            "audiences": sorted(audiences),
            "grade_spans": [self.grade],
            "counties": [self.county] if self.county else [],
            "programs": programs,
            "regions": [region] if region and more() < 0.5 else [],
            "bills": [self.random.choice(("ab-2268", "ab-1947", "ab-2071", "ab-2074"))] if more() < 0.03 else [],
        }

    def languages(self, kind: str) -> tuple[str, ...]:
        if kind != "resource":
            return LANGUAGES
        return self.random.choices((LANGUAGES, ("en",), ("es",)), (75, 16, 9))[0]

    def date(self) -> datetime.date:
        return datetime.date(self.year, self.random.randint(1, 12), self.random.randint(1, 28))

    # Texts

    def write_texts(self, work: MadeWork) -> None:
        summary = self.random.choice(self.phrases["summaries"])
        title = self.random.choice(self.titles(work))
        body = [self.sentences(3) for _paragraph in range(self.random.randint(1, 3))]
        pages = [self.sentences(SENTENCES_OF_A_PAGE) for _page in range(PAGES)] if work.work_type == "resource" else []
        cues = self.sentences(CUES) if work.work_type == "recording" else []
        for language in work.languages:
            slots = self.slots[language]
            work.titles[language] = title[language].format(**slots)
            work.slugs[language] = f"{slugify(work.titles[language])[:80].strip('-')}-{self.number}"
            work.summaries[language] = summary[language].format(**slots)
            work.bodies[language] = "".join(f"<p>{' '.join(self.said(body_part, language))}</p>" for body_part in body)
            work.pages[language] = [" ".join(self.said(page, language)) for page in pages]
            work.cues[language] = self.said(cues, language)

    def titles(self, work: MadeWork) -> list[dict]:
        if work.work_type != "resource":
            return self.phrases[f"{work.work_type}_titles"]
        work.resource_type = self.random.choice(list(self.phrases["kinds"]))
        return self.phrases["kinds"][work.resource_type]

    def sentences(self, count: int) -> list[tuple[dict, dict]]:
        """Sentences of the topics, the angle and of any work, with own numbers; each once as long as they last."""
        chosen: list[tuple[dict, dict]] = []
        used: set[int] = set()
        while len(chosen) < count:
            sources = self.sources()
            fresh = [sentence for sentence in sources if id(sentence) not in used]
            if not fresh and len(used) < DISTINCT:
                continue
            sentence = self.random.choice(fresh or sources)
            used.add(id(sentence))
            numbers = {
                "number": self.random.randrange(40, 4000, 10),
                "percent": self.random.randint(3, 97),
                "few": self.random.randint(3, 12),
            }
            chosen.append((sentence, numbers))
        return chosen

    def sources(self) -> list[dict]:
        match self.random.randrange(10):
            case 0 | 1 | 2 | 3:
                return self.phrases["topics"][self.random.choice(self.topics)]["sentences"]
            case 4 | 5:
                return self.angle["more"]
        return self.phrases["general"]

    def said(self, sentences: list[tuple[dict, dict]], language: str) -> list[str]:
        slots = self.slots[language]
        return [sentence[language].format(**slots, **numbers) for sentence, numbers in sentences]


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]


def webvtt(cues: list[str]) -> bytes:
    """The captions file of spoken sentences."""
    lines = ["WEBVTT", ""]
    for number, text in enumerate(cues):
        lines += [f"{_time(number * CUE_SECONDS)} --> {_time((number + 1) * CUE_SECONDS)}", text, ""]
    return "\n".join(lines).encode()


def _time(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes):02d}:{rest:06.3f}"
