"""Talks: the articles read aloud, as recordings with captions in one language, half of them in each.

Their titles say nothing, so that a talk is found by what is said in it, and at the second where it is said.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from benchmarks.search_quality.articles import Article, articles
from benchmarks.search_quality.asking import answer, opens_at
from benchmarks.search_quality.judgments import Place
from benchmarks.search_quality.measures import mean
from resources.importing.made.composing import CUE_SECONDS, webvtt
from search.analysis import LANGUAGES
from search.results import LibraryResult

FIRST_RESULTS = 5
# By these they are known again.
CONVENING, CAPTIONS = "measured-talks", "Captions of talk"
WORDS_OF_A_CUE, WORDS_OF_A_PHRASE = 10, 6
KINDS = {
    "phrase": "six words as they were said, running over from one caption to the next",
    "keywords": "keywords",
    "its words": "a question in the words of the talk",
    "other words": "a question in other words",
    "across, its words": "the same question in the other language",
    "across, other words": "the same question in the other language, in other words",
}
_WORD = re.compile(r"[\w'-]+")


@dataclass(frozen=True)
class Question:
    """What is asked, in a language, and where it is said."""

    kind: str
    text: str
    language: str
    place: Place


@dataclass(frozen=True)
class Talk:
    """An article as it is said in one language: a caption every `CUE_SECONDS`, which do not end with sentences."""

    number: int
    article: Article
    language: str

    @property
    def key(self) -> str:
        return f"talk-{self.number}"

    @property
    def cues(self) -> list[str]:
        return [" ".join(self._words[at : at + WORDS_OF_A_CUE]) for at in range(0, len(self._words), WORDS_OF_A_CUE)]

    @cached_property
    def _words(self) -> list[str]:
        return [word for paragraph in self.article.paragraphs[self.language] for word in paragraph.text.split()]

    def questions(self) -> Iterator[Question]:
        chance = random.Random(self.article.key)  # noqa: S311 - which words are asked for, not secrets
        other = next(language for language in LANGUAGES if language != self.language)
        start = 0
        for said, translated in zip(
            self.article.paragraphs[self.language], self.article.paragraphs[other], strict=True
        ):
            count = len(said.text.split())
            place = self._place(start, start + count - 1)
            yield self._phrase(chance, start, count)
            yield Question("keywords", said.asked["keywords"], self.language, place)
            yield Question("its words", said.asked["near"], self.language, place)
            yield Question("other words", said.asked["own_words"], self.language, place)
            yield Question("across, its words", translated.asked["near"], other, place)
            yield Question("across, other words", translated.asked["own_words"], other, place)
            start += count

    def _phrase(self, chance: random.Random, start: int, count: int) -> Question:
        """Words around the edge of two captions of a paragraph."""
        inner = range(start + WORDS_OF_A_PHRASE, start + count - WORDS_OF_A_PHRASE)
        edges = [at for at in inner if at % WORDS_OF_A_CUE == 0]
        first = chance.choice(edges) - WORDS_OF_A_PHRASE // 2
        last = first + WORDS_OF_A_PHRASE - 1
        text = " ".join(_WORD.findall(" ".join(self._words[first : last + 1]))).lower()
        return Question("phrase", text, self.language, self._place(first, last))

    def _place(self, first: int, last: int) -> Place:
        """From the caption of one word to that of another."""
        begin, end = (number // WORDS_OF_A_CUE for number in (first, last))
        return Place(self.key, start=begin * CUE_SECONDS, end=(end + 1) * CUE_SECONDS)


def talks() -> list[Talk]:
    return [Talk(at, article, LANGUAGES[at % len(LANGUAGES)]) for at, article in enumerate(articles(), 1)]


def add_talks() -> None:
    """The talks as recordings of the site, with the captions that an editor would upload."""
    from django.core.files.base import ContentFile

    from assets.models import CustomDocument
    from tests.factories import ConveningPageFactory, ConveningRecordingPageFactory, make_edition

    convening = ConveningPageFactory(title="Talks", slug=CONVENING, summary="")
    for talk in talks():
        # Read anew: the tree of pages has grown.
        convening.refresh_from_db()
        page = ConveningRecordingPageFactory(parent=convening, title=f"Talk {talk.number}", slug=talk.key, summary="")
        file = ContentFile(webvtt(talk.cues), f"{talk.key}.vtt")
        document = CustomDocument.objects.create(title=f"{CAPTIONS} {talk.number}", file=file)
        page.captions.create(language=talk.language, document=document)
        page.save_revision().publish()
        make_edition(page, "es", title=f"Charla {talk.number}", summary="")


def remove_talks() -> None:
    """Leaves the site as it was before `add_talks`."""
    from assets.models import CustomDocument
    from resources.models import ConveningPage, WorkKey

    for convening in ConveningPage.objects.filter(slug__startswith=CONVENING):
        convening.delete()
    CustomDocument.objects.filter(title__startswith=CAPTIONS).delete()
    # A work keeps its key for good; those of the next talks are to be the same.
    WorkKey.objects.filter(key__in=[talk.key for talk in talks()]).delete()


def table_of_talks(split: str) -> str:
    """Rows of how often a kind of question finds the right talk at the right second."""
    asked = [question for talk in talks() if talk.article.split == split for question in talk.questions()]
    found = [(question, _places(question)) for question in asked]
    lines = [
        f"| what is asked | queries | first | among the first {FIRST_RESULTS} | … by any moment shown |",
        "|---|---|---|---|---|",
    ]
    for kind, meaning in KINDS.items():
        ranks = [places for question, places in found if question.kind == kind]
        first = mean([float(bool(places) and places[0] == 1) for places in ranks])
        early = mean([float(1 in places) for places in ranks])
        somewhere = mean([float(any(places)) for places in ranks])
        lines.append(f"| {meaning} | {len(ranks)} | {first:.0%} | {early:.0%} | {somewhere:.0%} |")
    return "\n".join(lines)


def _places(question: Question) -> list[int]:
    """Of each of the first results, which of its moments is the right place of the right talk, from 1; 0 for none."""
    results = answer(question.text, question.language).results[:FIRST_RESULTS]
    return [_right_moment(result, question.place) for result in results]


def _right_moment(result: LibraryResult, place: Place) -> int:
    if result.key != place.key:
        return 0
    return next((at for at, moment in enumerate(result.moments, 1) if opens_at(moment, place)), 0)
