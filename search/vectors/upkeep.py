"""Upkeep: the worker's part. Vectors follow the works, at their own pace, never holding up the index.

Each store keeps the stamp of the state it embedded, so that whatever is behind can be found again at any time; nothing
is queued that could be lost.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Mapping

from django.conf import settings

from search.documents import Build, IndexDocument, build_apart, build_documents, public_stamps
from search.embedders import EmbedderUnavailable
from search.passages import PAGE, TIME
from search.pauses import Pause
from search.vectors.embedding import renew
from search.vectors.file import Identity
from search.vectors.meaning import Meaning
from search.vectors.model import MOST_FOR_ALL, Model
from search.vectors.passages import Passage
from search.vectors.trouble import VectorsDamaged, VectorsUnavailable, tell

logger = logging.getLogger(__name__)

TOGETHER = 20
# An endpoint that refuses for hours is asked twelve times an hour.
LONGEST_REST_SECONDS = 300.0
AND_PASSAGES = " and passages"


def passages_of(document: IndexDocument, with_places: bool) -> list[Passage]:
    """What of a work is embedded: each edition as a whole; `with_places` also stretches of recordings, and pages.

    Pages of files only where settings.SEARCH_EMBED_PAGES says so: there may be very many.
    """
    passages = []
    for language, title in document.stored["titles"].items():
        groups = document.texts.get(language, {})
        text = " ".join((*groups.get("summary", ()), *groups.get("body", ())))
        passages.append(Passage(language, title, text))
    kinds = (TIME, PAGE) if settings.SEARCH_EMBED_PAGES else (TIME,)
    parts = [part for part in document.passages if part.kind in kinds] if with_places else []
    return passages + [Passage(part.language, "", part.text, part.kind, part.place) for part in parts]


class Upkeep:
    """Brings the stores of all models up to the works as they are."""

    def __init__(
        self,
        meaning: Meaning,
        stamps: Callable[[], Mapping[str, str]] = public_stamps,
        build: Build = build_documents,
    ):
        self._meaning, self._stamps, self._build = meaning, stamps, build
        self._behind: dict[Model, list[str]] = {}
        self._failing: set[str] = set()
        self._refused = ""
        self._pauses: defaultdict[Model, Pause] = defaultdict(lambda: Pause(LONGEST_REST_SECONDS))
        self._compared: dict[Model, Identity | None] = {}

    def prepare(self, is_thorough: bool) -> bool:
        """Makes the stores that are gone; whether any is another one than was compared, so that comparing is due.

        `is_thorough`: reads all of them. Raises VectorsUnavailable.
        """
        are_new = [model.prepare(is_thorough) for model in self._meaning.models]
        return any(are_new) or any(
            model.store.file.look() != self._compared.get(model) for model in self._needed_models()
        )

    def note_changed(self) -> None:
        """Works that the index was told of (see `Meaning.works_changed`)."""
        for model in self._needed_models():
            if changed := model.store.changed():
                waiting = self._behind.setdefault(model, [])
                known = set(waiting)
                waiting += [work for work in changed if work not in known]

    def begin_anew(self, damaged: VectorsDamaged) -> None:
        """Sets a damaged store aside. Raises VectorsUnavailable."""
        for model in self._meaning.models:
            if model.store.path == damaged.path:
                model.begin_anew("damaged", str(damaged))

    def compare(self) -> int:
        """Finds which works each model is behind with, and which it holds though they are gone. Returns how many."""
        public = self._stamps()
        self._behind = {}
        for model in self._needed_models():
            self._compared[model] = model.store.file.look()
            held = model.store.stamps()
            wanted = {work: self._stamp(model, stamp) for work, stamp in public.items()}
            differing = [work for work in {**wanted, **held} if wanted.get(work) != held.get(work)]
            if differing:
                self._behind[model] = differing
        return sum(map(len, self._behind.values()))

    def waiting(self, model: Model) -> int:
        """How many works `compare` found a model to be behind with."""
        return len(self._behind.get(model, ()))

    def _needed_models(self) -> list[Model]:
        first, *others = self._meaning.models
        return [first] if first.editions_for_all() > MOST_FOR_ALL else [first, *others]

    def _embeds_passages(self, model: Model) -> bool:
        first = self._meaning.models[0]
        return model is first or first.passages_for_all() <= MOST_FOR_ALL

    def _stamp(self, model: Model, stamp: str) -> str:
        """What a model is to hold of a state: others than the first embed passages only in small libraries."""
        return stamp if model is self._meaning.models[0] or not self._embeds_passages(model) else stamp + AND_PASSAGES

    def work(self, seconds: float) -> bool:
        """Embeds for about so long, the fast model first; True while more waits.

        A model that gives nothing rests, longer each time; the work that it refused goes to the end.
        """
        until = time.monotonic() + seconds
        for model in self._meaning.models:
            pause = self._pauses[model]
            while not pause.is_on and (waiting := self._behind.get(model)):
                if time.monotonic() >= until:
                    return True
                together = waiting[:TOGETHER]
                try:
                    done = self._renew(model, together, until)
                except VectorsUnavailable:
                    raise
                except EmbedderUnavailable as error:
                    tell(f"Vectors of {model.embedder.name} wait: {error}")
                    pause.lengthen()
                    waiting.sort(key=lambda work: work == self._refused)
                    break
                pause.end()
                waiting[:] = [work for work in waiting if work not in done]
            else:
                if not self._behind.get(model) and self._behind.pop(model, None) is not None:
                    self._finish(model)
        return False

    def _renew(self, model: Model, works: list[str], until: float) -> set[str]:
        """Renews works until time is up; returns those that are done, or cannot be built before `compare` is asked."""
        done, failed = set(), set()

        def leave(work: str, error: Exception) -> None:
            failed.add(work)
            if work not in self._failing:
                self._failing.add(work)
                logger.error("The work %s gets no vectors: its document cannot be built.", work, exc_info=error)

        for document in build_apart(works, leave, self._build):
            if done and time.monotonic() >= until:
                return done | failed
            work = document.translation_key
            passages = passages_of(document, with_places=self._embeds_passages(model))
            self._refused = work
            renew(model.store, model.embedder, work, self._stamp(model, document.stamp), passages)
            done.add(work)
            self._failing.discard(work)
        gone = set(works) - done - failed
        model.store.remove(gone)
        return done | gone | failed

    @staticmethod
    def _finish(model: Model) -> None:
        model.store.sweep()
        model.editions.build_index()
        model.passages.build_index()
