"""Generations: indices written beside the live ones, and the aliases that say which are live.

Every generation has indices of its own, one for each kind. `PREFIX-FORM-KIND` is the alias under which readers and the
outbox know the live one; `FORM` is the fingerprint of the mappings, so that two releases never meet in one index. The
generation that was live before stays until the next one is published, to go back to.
"""

import logging
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings

from search.documents import IndexDocument
from search.engines.base import EngineUnavailable, Generation
from search.engines.elasticsearch.bulk import DocumentsRefused, deletion, replacement, send, send_while_made
from search.engines.elasticsearch.cluster import BULK_SECONDS, Cluster, IndexMissing
from search.engines.elasticsearch.lexicon import Lexicon, Vocabulary
from search.engines.elasticsearch.mappings import ANALYSIS, LEXICON, MAPPINGS, PASSAGES, WORKS, as_source, fingerprint
from search.engines.elasticsearch.passages import Passages, new_writing
from search.engines.elasticsearch.troubles import INCOMPLETE_INDEX, NO_INDEX, OLDER_INDEX

logger = logging.getLogger(__name__)

ABANDONED_AFTER_SECONDS = 24 * 60 * 60
# The first one after a build writes all that was built.
FLUSH_SECONDS = 300.0
_BUILDING = "building"
# To the microsecond: two builds of one second must keep their order.
_STAMP = "%Y%m%d-%H%M%S%f"


def live_alias(cluster: Cluster, kind: str) -> str:
    return f"{cluster.prefix}-{fingerprint()}-{kind}"


class Generations:
    """The generations of one deployment: its prefix tells them from those of others in the same cluster."""

    def __init__(self, cluster: Cluster):
        self._cluster = cluster

    def create(self) -> "NewGeneration":
        """Empty indices, written to through aliases of their own, so that a bulk never makes an index by chance."""
        self._cluster.probe()
        self._remove_abandoned()
        stamp = datetime.now(UTC).strftime(_STAMP)
        name = f"{self._cluster.prefix}-{fingerprint()}-{stamp}-{uuid.uuid4().hex[:6]}"
        for kind, mappings in MAPPINGS.items():
            self._create(f"{name}-{kind}", mappings, f"{name}-{_BUILDING}-{kind}")
        return NewGeneration(self._cluster, name, self)

    def _create(self, index: str, mappings: dict, alias: str) -> None:
        self._cluster.write(
            lambda client: client.indices.create(
                index=index, settings=_settings(), mappings=mappings, aliases={alias: {}}
            ),
            BULK_SECONDS,
        )

    def live(self) -> str:
        """The name of the generation that answers; empty before the first build."""
        alias = live_alias(self._cluster, WORKS)
        try:
            return self._cluster.look(
                lambda client: client.indices.get_alias(name=alias),
                understand=lambda found: _generation_of(_aliases(found)),
            )
        except IndexMissing:
            return ""
        except EngineUnavailable as error:
            if getattr(error.__cause__, "status_code", 0) == 404:
                return ""
            raise

    def trouble(self) -> str:
        """One sentence where no whole generation of this release is live; else empty. Raises EngineUnavailable."""
        live = self.live()
        if not live:
            return OLDER_INDEX if any(not state.is_unfinished for state in self._states().values()) else NO_INDEX
        found = self._aliases_of(f"{live}-*")
        held = {alias for aliases in found.values() for alias in aliases}
        missing = [kind for kind in MAPPINGS if live_alias(self._cluster, kind) not in held]
        return INCOMPLETE_INDEX.format(missing=", ".join(missing)) if missing else ""

    def _aliases_of(self, indices: str) -> dict[str, set[str]]:
        return self._cluster.look(lambda client: client.indices.get_alias(index=indices), understand=_aliases)

    def names(self) -> list[str]:
        """All generations that stand, unfinished ones too, oldest first."""
        return list(self._states())

    def _states(self) -> dict[str, "_State"]:
        """The generations that stand, by name, oldest first."""
        found = self._aliases_of(f"{self._cluster.prefix}-*")
        names = re.compile(
            rf"({re.escape(self._cluster.prefix)}-([0-9a-f]{{8}})-(\d{{8}}-\d{{12}})-[0-9a-f]{{6}})-{WORKS}"
        )
        states = [
            _State(match[1], match[2], match[3], any(f"-{_BUILDING}-" in alias for alias in aliases))
            for name, aliases in found.items()
            if (match := names.fullmatch(name))
        ]
        return {state.name: state for state in sorted(states, key=lambda state: (state.made_at, state.name))}

    def tidy(self, name: str, before: str) -> None:
        """Once a generation is live: keeps only the one before. What cannot be removed waits for a later build.

        The first one of a release keeps that of the release before, whose processes may still be answering.
        """
        try:
            others = [state.name for state in self._states().values() if not state.is_unfinished and state.name != name]
            for other in others:
                if other != (before or others[-1]):
                    self.remove(other)
        except EngineUnavailable as error:
            logger.warning("Former generations of the index stay until the next rebuild_search: %s", error)

    def is_published(self, name: str) -> bool:
        """Whether a generation is live or was. Raises EngineUnavailable."""
        state = self._states().get(name)
        return state is not None and not state.is_unfinished

    def roll_back(self) -> str:
        """Makes the generation before the live one live again, or the newest where none is live; returns its name.

        Raises EngineUnavailable where there is none.
        """
        live, states = self.live(), self._states()
        earlier = [
            state.name
            for state in states.values()
            if state.form == fingerprint() and not state.is_unfinished and (not live or state.name < live)
        ]
        if not earlier:
            raise EngineUnavailable("There is no earlier generation of the search index to go back to.")
        self.point_to(earlier[-1])
        return earlier[-1]

    def point_to(self, name: str) -> None:
        """Points the live aliases to a generation, all at once."""
        actions: list[dict] = []
        for kind in MAPPINGS:
            alias, own = live_alias(self._cluster, kind), f"{name}-{kind}"
            actions.append({"remove": {"index": f"{self._cluster.prefix}-*", "alias": alias, "must_exist": False}})
            actions.append({"remove": {"index": own, "alias": f"{name}-{_BUILDING}-{kind}", "must_exist": False}})
            actions.append({"add": {"index": own, "alias": alias}})
        self._cluster.write(lambda client: client.indices.update_aliases(actions=actions), BULK_SECONDS)

    def remove(self, name: str) -> None:
        for kind in MAPPINGS:
            self._cluster.write(
                lambda client, kind=kind: client.indices.delete(index=f"{name}-{kind}", ignore_unavailable=True),
                BULK_SECONDS,
            )

    def _remove_abandoned(self) -> None:
        """Indices of builds that never finished."""
        oldest = (datetime.now(UTC) - timedelta(seconds=ABANDONED_AFTER_SECONDS)).strftime(_STAMP)
        for state in self._states().values():
            if state.is_unfinished and state.made_at < oldest:
                self.remove(state.name)


def _aliases(found: Mapping[str, Mapping]) -> dict[str, set[str]]:
    """index → its aliases, from the server's answer."""
    return {name: set(index["aliases"]) for name, index in found.items()}


def _generation_of(indices: Mapping[str, set[str]]) -> str:
    return min(indices).removesuffix(f"-{WORKS}")


@dataclass(frozen=True)
class _State:
    """What a generation's names tell of it."""

    name: str
    form: str
    made_at: str
    is_unfinished: bool


def _settings() -> dict:
    """A new index is written without being searched or copied: that comes when it is published."""
    return {
        "analysis": ANALYSIS,
        "number_of_shards": settings.ELASTICSEARCH_SHARDS,
        "number_of_replicas": 0,
        "refresh_interval": "-1",
        "translog.durability": "async",
    }


LIVE_SETTINGS = {"refresh_interval": "1s", "translog.durability": "request"}


class LiveGeneration(Generation):
    """The generation that answers: what is written shows at once."""

    def __init__(self, cluster: Cluster, name: str):
        self._cluster, self.name = cluster, name

    def apply(self, documents: Iterable[IndexDocument], deleted: Iterable[str] = ()) -> int:
        documents, deleted = list(documents), list(deleted)
        refused = Passages(self._cluster, live_alias(self._cluster, PASSAGES)).replace(documents, deleted)
        # A work without all of its passages keeps its former document, whose stamp tells that it must be renewed.
        documents = [document for document in documents if document.translation_key not in refused]
        actions = [deletion(key) for key in deleted]
        actions += [replacement(document.translation_key, as_source(document)) for document in documents]
        refused |= send(self._cluster, live_alias(self._cluster, WORKS), actions, shows_at_once=True)
        Lexicon(self._cluster, live_alias(self._cluster, LEXICON)).learn(documents)
        if refused:
            raise DocumentsRefused(refused)
        return len(documents)

    def close(self) -> None:
        """Nothing is held."""

    def publish(self) -> None:
        """It is live."""

    def discard(self) -> None:
        raise ValueError("The live generation is not discarded.")


class NewGeneration(Generation):
    """A generation that is being built."""

    def __init__(self, cluster: Cluster, name: str, generations: Generations):
        self._cluster, self.name, self._generations = cluster, name, generations
        self._vocabulary = Vocabulary()
        self._passages = Passages(cluster, self._alias(PASSAGES))
        self._written: set[str] = set()
        self._may_be_live = False

    def apply(self, documents: Iterable[IndexDocument], deleted: Iterable[str] = ()) -> int:
        added, written, again = 0, new_writing(), [key for key in deleted if key in self._written]

        def actions() -> Iterator[dict]:
            nonlocal added
            yield from (deletion(key) for key in again)
            for document in documents:
                key = document.translation_key
                if key in self._written:
                    again.append(key)
                self._written.add(key)
                self._vocabulary.add(document)
                added += 1
                yield from self._passages.replacements(document, written)
                yield replacement(key, as_source(document))

        # Nobody reads what is unfinished: passages and works go together, as they come.
        if refused := send_while_made(self._cluster, self._alias(WORKS), actions()):
            raise DocumentsRefused(refused)
        self._passages.remove_others(again, written)
        return added

    def _alias(self, kind: str) -> str:
        return f"{self.name}-{_BUILDING}-{kind}"

    def close(self) -> None:
        """Nothing is held."""

    def publish(self) -> None:
        Lexicon(self._cluster, self._alias(LEXICON)).fill(self._vocabulary)
        for kind in MAPPINGS:
            self._make_ready(f"{self.name}-{kind}")
        before = self._generations.live()
        self._become_live()
        self._generations.tidy(self.name, before)

    def _become_live(self) -> None:
        """A server whose answer was lost may have done what it was told, or do it yet."""
        self._may_be_live = True
        try:
            self._generations.point_to(self.name)
        except EngineUnavailable as error:
            # A refusal is an answer, too.
            self._may_be_live = not 400 <= getattr(error.__cause__, "status_code", 0) < 500
            if not (self._may_be_live and self._generations.is_published(self.name)):
                raise
            logger.warning("The index %s is live, though the server's answer was lost: %s", self.name, error)

    def _make_ready(self, index: str) -> None:
        copies = {"auto_expand_replicas": f"0-{settings.ELASTICSEARCH_REPLICAS}"}
        self._cluster.write(
            lambda client: client.indices.put_settings(index=index, settings={**LIVE_SETTINGS, **copies}), BULK_SECONDS
        )
        # To the disk: a server that is killed from now on keeps all of it.
        self._cluster.write(lambda client: client.indices.flush(index=index, wait_if_ongoing=True), FLUSH_SECONDS)
        self._cluster.write(lambda client: client.indices.refresh(index=index), BULK_SECONDS)

    def discard(self) -> None:
        try:
            if self._may_be_live or self._generations.is_published(self.name):
                logger.warning("The generation %s is not removed, since it is live or may become so.", self.name)
            else:
                self._generations.remove(self.name)
        except EngineUnavailable as error:
            # What made the build fail may keep it from being cleared away, too: a later build does that.
            logger.warning("The unfinished generation %s stays for a day: %s", self.name, error)
