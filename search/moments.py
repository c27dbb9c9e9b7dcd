"""Moments: the places inside a work that hold what was looked for, each with an address that opens there.

A moment of a recording starts at the caption that holds most of the query; one of a file opens its page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assets.documents import extension_of
from assets.models import CustomDocument
from resources.transcripts import timestamp
from resources.visibility import in_closed_collection
from search.engines.base import Engine, PassageHit
from search.highlighting import Highlighter
from search.passages import PAGE, TIME, WINDOW_SECONDS
from search.relevance import Found
from search.vectors.meaning import PlaceFound

EACH = 3
# One more is looked for, since two may be the same place.
PASSAGES_EACH = EACH + 1
# So many captions are shown of a moment: a sentence seldom needs more.
CAPTIONS_SHOWN = 3
LONGEST_TEXT = 220
# Places that hold much less of the query than the best one are left out.
WEAKEST = 0.6
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
        self._documents = shown.only("file").in_bulk(wanted) if wanted else {}
        self._url_of = cache(lambda document: document.url)

    def of(self, translation_key: str, url: str, reader: str, limit: int = EACH) -> tuple[Moment, ...]:
        """The best moments of the work at `url`, best first, each place once: in the reader's language if it can be."""
        moments: list[Moment] = []
        for hit in self._passages.get(translation_key, ()):
            document = self._documents.get(hit.stored["document"])
            moment = self._moment(hit.stored, document, url) if document else None
            if moment is None:
                continue
            same = next((at for at, other in enumerate(moments) if _is_near(moment, other)), None)
            if same is None:
                moments.append(moment)
            elif moment.lang == reader != moments[same].lang:
                moments[same] = moment
        return tuple(moments[:limit])

    def _moment(self, stored: dict, document: CustomDocument, url: str) -> Moment | None:
        if stored["kind"] == TIME:
            return self._of_recording(stored, url)
        return self._of_file(stored, document)

    def _of_recording(self, stored: dict, url: str) -> Moment | None:
        cues, language = stored["cues"], stored["lang"]
        at = best_cue(self._highlighter.terms_in_each([text for _start, _end, text in cues], language))
        if at is None:
            at = next((place for place, cue in enumerate(cues) if int(cue[0]) >= stored.get("from", 0)), 0)
        start, end, text = cues[at][0], cues[at][1], cues[at][2]
        for later in cues[at + 1 : at + CAPTIONS_SHOWN]:
            if len(text) + len(later[2]) > LONGEST_TEXT:
                break
            text, end = f"{text} {later[2]}", later[1]
        html = self._highlighter.mark(text, language)
        return Moment(TIME, language, text, html, url + _fragment(start), timestamp(start), start=start, end=end)

    def _of_file(self, stored: dict, document: CustomDocument) -> Moment | None:
        language, number = stored["lang"], stored["number"]
        found = self._highlighter.passage(stored["text"], language)
        extension, url = extension_of(document.filename), self._url_of(document)
        url = f"{url}#page={number}" if extension == "pdf" else url
        return Moment(PAGE, language, found.text, found.html, url, _page_label(extension, number), page=number)


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


def _is_near(moment: Moment, other: Moment) -> bool:
    if moment.start is not None and other.start is not None:
        return abs(moment.start - other.start) < NEAR_SECONDS
    return moment.url == other.url


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
    """The moments of what was found: passages with the words first, then those near in meaning."""
    by_words = {
        work: [hit for hit in hits if hit.score >= WEAKEST * hits[0].score]
        for work, hits in found.passages.result().items()
    }
    works = [hit.translation_key for hit in found.hits]
    by_meaning = _passages_by_meaning(engine, {work: found.places[work] for work in works if work in found.places})
    passages = {work: [*by_words.get(work, ()), *by_meaning.get(work, ())] for work in works}
    return Moments(passages, highlighter)


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
