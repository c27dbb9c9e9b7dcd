"""The cluster: a client made from settings, and the ways to ask it. Whatever goes wrong becomes EngineUnavailable.

Readers wait for a moment only, behind a circuit breaker; writers wait longer and are not stopped by it, since the
outbox tries again.
"""

import re
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from elastic_transport import ObjectApiResponse, TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError

from search.engines.base import EngineUnavailable
from search.engines.elasticsearch.breaker import CircuitBreaker
from search.engines.elasticsearch.patience import Patience, patience, shared
from search.engines.elasticsearch.punctual import PunctualNode
from search.engines.elasticsearch.troubles import (
    MAJOR_VERSION,
    NO_INDEX,
    WRONG_VERSION,
    not_answered,
    not_in_time,
    sentence,
)

# All questions of one search together: a reader must have the database's answer within a second.
READER_SECONDS = 0.7
PROBE_SECONDS = 2.0
WRITER_SECONDS = 3.0
# A bulk of documents, or making an index, takes a busy server longer; only the worker waits for it.
BULK_SECONDS = 30.0
RETRIES = 1
# Of several hosts one that does not answer costs a reader the index each time it is asked again.
SET_ASIDE_SECONDS = 30.0
# Others cannot be sent, and an error of the client that tries would show them.
_KEY = re.compile(r"[!-~]*")
_BLANK = re.compile(r"[\s\x00-\x1f\x7f]")
_PREFIX = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}")

Answer = TypeVar("Answer")


class Cluster:
    """One cluster of Elasticsearch. Made at once; the first question connects."""

    def __init__(self):
        urls = [url.strip() for url in settings.ELASTICSEARCH_URL.split(",") if url.strip()]
        self.hosts = ", ".join(map(_shown, urls))
        self.prefix = settings.ELASTICSEARCH_PREFIX
        self._urls, self._key = urls, settings.ELASTICSEARCH_API_KEY.strip()
        self._lock = threading.Lock()
        self._client: Elasticsearch | None = None
        self._is_verified = False
        # The index that the breaker's test searches.
        self.sample = ""
        # A timeout sets one host aside, so that the next reader asks another.
        self.breaker = CircuitBreaker(self.try_out, most_failures=max(1, len(urls)))

    @property
    def client(self) -> Elasticsearch:
        """The client, connected to nothing yet. Raises EngineUnavailable for settings that cannot be used."""
        with self._lock:
            if self._client is None:
                self._client = self._make()
            return self._client

    def _make(self) -> Elasticsearch:
        if not _PREFIX.fullmatch(self.prefix):
            raise EngineUnavailable(
                "ELASTICSEARCH_PREFIX may hold small letters, digits, - and _, and begins with a letter or digit."
            )
        if any(map(_BLANK.search, self._urls)):
            raise EngineUnavailable(
                "ELASTICSEARCH_URL holds a blank or a line break: write it on one line, with such characters of a user "
                "or password percent-encoded."
            )
        if not _KEY.fullmatch(self._key):
            raise EngineUnavailable(
                "ELASTICSEARCH_API_KEY holds a blank, a line break or another character that no key has: "
                "copy the key again, on one line."
            )
        if self._key and "@" in settings.ELASTICSEARCH_URL:
            raise EngineUnavailable("There is a user in ELASTICSEARCH_URL and an ELASTICSEARCH_API_KEY: leave one out.")
        try:
            return Elasticsearch(
                self._urls,
                node_class=PunctualNode,
                api_key=self._key or None,
                request_timeout=WRITER_SECONDS,
                max_retries=RETRIES,
                retry_on_timeout=False,
                dead_node_backoff_factor=SET_ASIDE_SECONDS,
                max_dead_node_backoff=2 * SET_ASIDE_SECONDS,
                **_certificates(),
            )
        except (ValueError, TypeError) as error:
            raise EngineUnavailable(
                "ELASTICSEARCH_URL cannot be used: write it as in https://host:9200, several with commas between them, "
                "and ELASTICSEARCH_CA only with https."
            ) from error

    def one_search(self) -> AbstractContextManager[None]:
        """Readers' questions inside share one short wait."""
        return shared(READER_SECONDS)

    def read(self, ask: Callable[[Elasticsearch], Any], understand: Callable[[Any], Answer]) -> Answer:
        """A reader's question: a short wait, none while the breaker is open. Raises EngineUnavailable.

        `understand` takes from the server's answer what was asked for.
        """
        self.breaker.check()
        wait, asked_at = patience(READER_SECONDS), time.monotonic()
        if wait.left <= 0:
            # Nothing is learned of a server that is not asked.
            raise EngineUnavailable(not_in_time(self.hosts))
        try:
            answer = self._in_time(ask, understand, wait)
        except IndexMissing:
            # The server is well; asking it costs nothing.
            raise
        except EngineUnavailable as error:
            self.breaker.failed(str(error), asked_at)
            raise
        self.breaker.succeeded()
        return answer

    def _in_time(
        self, ask: Callable[[Elasticsearch], Any], understand: Callable[[Any], Answer], wait: Patience
    ) -> Answer:
        """An answer that comes late is as good as none, and what could only come late is not asked."""
        with wait.spent():
            if (seconds := wait.left) > 0:
                self._verify(seconds / max(1, len(self._urls)))
            if (seconds := wait.left) > 0:
                answer = self._asked(ask, understand, seconds)
            if wait.left > 0:
                return answer
        raise EngineUnavailable(not_in_time(self.hosts))

    def look(
        self,
        ask: Callable[[Elasticsearch], Any],
        understand: Callable[[Any], Answer],
        seconds: float = WRITER_SECONDS,
    ) -> Answer:
        """A question of worker or administrator that changes nothing, with a longer wait. Raises EngineUnavailable."""
        self._verify(PROBE_SECONDS)
        return self._asked(ask, understand, seconds, **self._each_host())

    def write(self, ask: Callable[[Elasticsearch], Answer], seconds: float = WRITER_SECONDS) -> Answer:
        """A change by worker or administrator, with a longer wait. Raises EngineUnavailable."""
        self._verify(PROBE_SECONDS)
        return self._asked(ask, lambda answer: answer, seconds)

    def _asked(
        self, ask: Callable[[Elasticsearch], Any], understand: Callable[[Any], Answer], seconds: float, **options
    ) -> Answer:
        """What a question brings. An answer that lacks what was asked for is none, whatever its status says."""
        with self._told():
            answer = ask(self.client.options(request_timeout=seconds, **options))
        if isinstance(answer, ObjectApiResponse) and answer.get("timed_out"):
            raise EngineUnavailable(not_in_time(self.hosts))
        try:
            return understand(answer)
        except (LookupError, TypeError, AttributeError, ValueError) as error:
            raise EngineUnavailable(not_answered(self.hosts)) from error

    def _verify(self, seconds: float) -> None:
        """Before the first question of this process: is it a server that understands us?"""
        if not self._is_verified:
            self.probe(seconds)
            self._is_verified = True

    def probe(self, seconds: float = PROBE_SECONDS) -> None:
        """Raises EngineUnavailable with one sentence unless the server is well and of the right version."""
        number = self._asked(lambda client: client.info(), _version, seconds, **self._each_host())
        if not number.startswith(f"{MAJOR_VERSION}."):
            raise EngineUnavailable(WRONG_VERSION)

    def try_out(self) -> None:
        """Raises EngineUnavailable unless the server is well and searches as soon as readers need it."""
        self.probe()
        with suppress(IndexMissing):
            self._asked(
                lambda client: client.search(index=self.sample, size=0, terminate_after=1),
                lambda answer: answer["hits"]["hits"],
                READER_SECONDS,
                **self._each_host(),
            )

    def _each_host(self) -> dict:
        """Options for a question that each host is asked once: one that is gone does not speak for the others."""
        return {"max_retries": max(1, len(self._urls)) - 1, "retry_on_timeout": True}

    @contextmanager
    def _told(self):
        try:
            yield
        except NotFoundError as error:
            if error.error != "index_not_found_exception":
                raise EngineUnavailable(sentence(error, self.hosts)) from error
            raise IndexMissing(NO_INDEX) from error
        except (ApiError, TransportError) as error:
            raise EngineUnavailable(sentence(error, self.hosts)) from error
        except RecursionError as error:
            # JSON that is nested beyond all measure.
            raise EngineUnavailable(not_answered(self.hosts)) from error


def _version(info: dict) -> str:
    return str((info.get("version") or {}).get("number", ""))


def _certificates() -> dict:
    """The client's options for the authority that signed the server's certificate."""
    if not (file := settings.ELASTICSEARCH_CA.strip()):
        return {}
    try:
        return {"ssl_context": ssl.create_default_context(cafile=file)}
    except OSError as error:
        raise EngineUnavailable(
            f"ELASTICSEARCH_CA names {' '.join(file.split())}, which is no readable file of certificates: correct it."
        ) from error


class IndexMissing(EngineUnavailable):
    """The server is well, but holds no index of ours."""


def _shown(url: str) -> str:
    """The address without user and password."""
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.hostname}:{parts.port}" if parts.port else f"{parts.scheme}://{parts.hostname}"
    except ValueError:
        return "ELASTICSEARCH_URL"
