"""Moments: the places inside a work that hold what was looked for, each with an address that opens there.

A moment of a recording starts at the caption that holds most of the query; one of a file opens its page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assets.documents import extension_of
from assets.models import CustomDocument
from resources.transcripts import timestamp
from resources.visibility import in_closed_collection
from search.engines.base import Engine, PassageHit
from search.highlighting import Highlighter
from search.passages import PAGE, TIME, WINDOW_SECONDS, place_of
from search.relevance import Found
from search.vectors.places import PlaceFound

EACH = 3
# One more is looked for, since two may be the same place.
PASSAGES_EACH = EACH + 1
# So many captions are shown of a moment: a sentence seldom needs more.
CAPTIONS_SHOWN = 3
LONGEST_TEXT = 220
# Places that hold much less of the query than the best one are left out.
WEAKEST = 0.6
# Among the passages of one work, which all speak of the same, the best match in words says so much less.
WITHIN_A_WORK = 0.25
# Two windows overlap by half: the same caption may be the best of both.
NEAR_SECONDS = 15


@dataclass(frozen=True)
class Moment:
    """A place in a work: `page` from 1, or `start` and `end` in seconds. `html` is `text` with matched words marked."""

    kind: str
    lang: str
    text: str
    html: SafeString
    url: str
    label: str
    page: int | None = None
    start: float | None = None
    end: float | None = None

    @property
    def fragment(self) -> str:
        """The address of a moment of a recording on the recording's own page."""
        return _fragment(self.start) if self.start is not None else ""

    @property
    def as_data(self) -> dict:
        """What the API tells of it."""
        names = ("kind", "page", "start", "end", "lang", "text", "url")
        return {name: getattr(self, name) for name in names}


class Moments:
    """Turns passages of shown works into moments. Documents are read anew: a file made private since has none."""

    def __init__(self, passages: Mapping[str, Sequence[PassageHit]], highlighter: Highlighter):
        self._passages, self._highlighter = passages, highlighter
        wanted = {hit.stored["document"] for hits in passages.values() for hit in hits}
        shown = CustomDocument.objects.filter(~in_closed_collection("collection__path"))
        documents = shown.only("file").in_bulk(wanted) if wanted else {}
        self._files = {key: _File(document) for key, document in documents.items()}

    def of(self, translation_key: str, url: str, reader: str, limit: int = EACH) -> tuple[Moment, ...]:
        """The best moments of the work at `url`, best first, each place once: in the reader's language if it can be."""
        places: list[_Place] = []
        for hit in self._passages.get(translation_key, ()):
            file = self._files.get(hit.stored["document"])
            if file is None:
                continue
            place = self._place(hit.stored, file)
            same = next((at for at, other in enumerate(places) if place.is_near(other)), None)
            if same is None:
                places.append(place)
            elif place.language == reader != places[same].language:
                places[same] = place
        return tuple(self._moment(place, url) for place in places[:limit])

    def _place(self, stored: dict, file: "_File") -> "_Place":
        if stored["kind"] != TIME:
            return _Place(stored, file)
        texts = [text for _start, _end, text in stored["cues"]]
        at = best_cue(self._highlighter.terms_in_each(texts, stored["lang"]))
        if at is None:
            likely = (place for place, cue in enumerate(stored["cues"]) if int(cue[0]) >= stored.get("from", 0))
            at = next(likely, 0)
        return _Place(stored, file, at)

    def _moment(self, place: "_Place", url: str) -> Moment:
        return self._of_file(place) if place.cue is None else self._of_recording(place, url)

    def _of_recording(self, place: "_Place", url: str) -> Moment:
        start, end, text = place.stored["cues"][place.cue]
        for later in place.stored["cues"][place.cue + 1 : place.cue + CAPTIONS_SHOWN]:
            if len(text) + len(later[2]) > LONGEST_TEXT:
                break
            text, end = f"{text} {later[2]}", later[1]
        html = self._highlighter.mark(text, place.language)
        return Moment(TIME, place.language, text, html, url + _fragment(start), timestamp(start), start=start, end=end)

    def _of_file(self, place: "_Place") -> Moment:
        number = place.stored["number"]
        found = self._highlighter.passage(place.stored["text"], place.language)
        url = f"{place.file.url}#page={number}" if place.file.opens_at_pages else place.file.url
        label = _page_label(place.file.extension, number)
        return Moment(PAGE, place.language, found.text, found.html, url, label, page=number)


class _File:
    """What moments need of a document, each thing looked up once."""

    def __init__(self, document: CustomDocument):
        self._document = document
        self.extension = extension_of(document.filename)
        self.opens_at_pages = self.extension == "pdf"

    @cached_property
    def url(self) -> str:
        return self._document.url


@dataclass(frozen=True)
class _Place:
    """Where a passage stands: at a caption of a recording, else at a page of a file."""

    stored: dict
    file: _File
    cue: int | None = None

    @property
    def language(self) -> str:
        return self.stored["lang"]

    def is_near(self, other: "_Place") -> bool:
        """Whether a reader would be led to the same place."""
        if self.cue is not None and other.cue is not None:
            return abs(self.stored["cues"][self.cue][0] - other.stored["cues"][other.cue][0]) < NEAR_SECONDS
        if self.cue is not None or other.cue is not None or self.file is not other.file:
            return False
        return not self.file.opens_at_pages or self.stored["number"] == other.stored["number"]


def _fragment(start: float) -> str:
    return f"#t={int(start)}"


def _page_label(extension: str, number: int) -> str:
    if extension == "pdf":
        return _("p. %(number)d") % {"number": number}
    if extension == "pptx":
        return _("slide %(number)d") % {"number": number}
    if extension == "xlsx":
        return _("sheet %(number)d") % {"number": number}
    return _("in the file")


def best_cue(found: Sequence[frozenset[str]]) -> int | None:
    """The caption to start at, given which terms of the query each holds: it and the next hold most; None if none do.

    What was looked for may run over into the next caption, so that two are counted together.
    """
    best, best_score = None, (0, 0)
    for at, terms in enumerate(found):
        following = found[at + 1] if at + 1 < len(found) else frozenset()
        score = (len(terms | following), len(terms))
        if terms and score > best_score:
            best, best_score = at, score
    return best


def moments_of(engine: Engine, found: Found, highlighter: Highlighter) -> Moments:
    """The moments of what was found: by their words and their meaning together, as works are put in order."""
    by_words = {
        work: [hit for hit in hits if hit.score >= WEAKEST * hits[0].score]
        for work, hits in found.passages.result().items()
    }
    works = [hit.translation_key for hit in found.hits]
    numbers = highlighter.of_numbers()
    by_meaning = _passages_by_meaning(engine, {work: found.places[work] for work in works if work in found.places})
    passages = {
        work: best_passages_first(
            by_words.get(work, []), by_meaning.get(work, []), found.places.get(work, ()), found.words_weight, numbers
        )
        for work in works
    }
    return Moments(passages, highlighter)


def best_passages_first(
    by_words: list[PassageHit],
    by_meaning: list[PassageHit],
    places: Sequence[PlaceFound],
    words_weight: float,
    numbers: Highlighter | None = None,
) -> list[PassageHit]:
    """Passages found by words or meaning, or both, best first (see `search.fusion`): those before all others that hold
    a number that was asked for, as of a bill (`numbers`)."""
    best, words_weight = by_words[0].score if by_words else 1.0, WITHIN_A_WORK * words_weight
    worth = {place.place: place.similarity for place in places}
    for hit in by_words:
        place = place_of(hit.stored)
        worth[place] = worth.get(place, 0.0) + words_weight * (hit.score / best) ** 2

    def rank(hit: PassageHit) -> tuple[bool, float]:
        is_named = numbers is not None and numbers.finds(_text_of(hit.stored), hit.stored["lang"])
        return is_named, worth[place_of(hit.stored)]

    return sorted([*by_words, *by_meaning], key=rank, reverse=True)


def _text_of(stored: Mapping) -> str:
    return " ".join(text for _start, _end, text in stored["cues"]) if stored["kind"] == TIME else stored["text"]


def _passages_by_meaning(engine: Engine, places: Mapping[str, Sequence[PlaceFound]]) -> dict[str, list[PassageHit]]:
    """translation_key → its passages nearest in meaning, each with the second from which it is to be played."""
    nearest = {work: found[:PASSAGES_EACH] for work, found in places.items()}
    asked = [(work, place.place) for work, found in nearest.items() for place in found]
    hits = engine.passages_at(asked) if asked else {}
    passages: dict[str, list[PassageHit]] = {}
    for work, found in nearest.items():
        similarities = {place.place: place.similarity for place in places[work]}
        for place in found:
            if hit := hits.get((work, place.place)):
                stored = hit.stored | {"from": likeliest_start(place.place, similarities)}
                passages.setdefault(work, []).append(replace(hit, stored=stored))
    return passages


def likeliest_start(place: str, similarities: Mapping[str, float]) -> int:
    """The second of a place at which what is meant probably begins, given the similarities of places.

    Stretches overlap by half: where the next one is nearer in meaning than the one before, it is in their common half.
    """
    *recording, number = place.split("/")
    others = {
        int(other.rsplit("/", 1)[1]) - int(number): near
        for other, near in similarities.items()
        if other.split("/")[:-1] == recording
    }
    after = {step: near for step, near in others.items() if 0 < step < WINDOW_SECONDS}
    before = max((near for step, near in others.items() if -WINDOW_SECONDS < step < 0), default=0.0)
    nearest = max(after, key=after.get, default=0)
    return int(number) + (nearest if after and after[nearest] > before else 0)
