"""Any endpoint that speaks OpenAI's embeddings API: `EMBEDDINGS_URL`, `EMBEDDINGS_MODEL`, `EMBEDDINGS_KEY`.

A query waits for it briefly and a passage longer; when it does not answer, queries leave it alone for a while, so that
a hanging endpoint costs readers one short wait and not one a search.
"""

import http.client
import json
import re
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence

from django.conf import settings

from search.embedders.base import Embedder, EmbedderUnavailable, are_units, as_units, package_version
from search.waiting import within

QUERY_TIMEOUT_SECONDS = 1.0
# So much later than the connection itself, which knows what was wrong.
GRACE_SECONDS = 0.05
PASSAGES_TIMEOUT_SECONDS = 30.0
REST_AFTER_FAILURE_SECONDS = 30.0
BATCH = 64
MOST_ASKED_FOR_DIMENSIONS = 3
LARGEST_ANSWER = 64_000_000
_MAY_BE_SENT = re.compile("[!-~]*")
# What an answer of any bytes can lead to.
NONSENSE = (http.client.HTTPException, ValueError, KeyError, TypeError, OverflowError, RecursionError)


class OpenAICompatibleEmbedder(Embedder):
    """A model behind HTTP. What the endpoint calls its model names the vectors."""

    noise_floor = 0.30

    def __init__(self):
        package_version("numpy")
        self.url = settings.EMBEDDINGS_URL.rstrip("/")
        self.model = settings.EMBEDDINGS_MODEL
        self._key = settings.EMBEDDINGS_KEY.strip()
        self.noise_floor = getattr(settings, "EMBEDDINGS_NOISE_FLOOR", self.noise_floor)
        if not self.url.startswith(("http://", "https://")) or not self.model:
            raise EmbedderUnavailable("Set EMBEDDINGS_URL (http…/v1) and EMBEDDINGS_MODEL.")
        if not _MAY_BE_SENT.fullmatch(self._key):
            # Whatever else is said of it could tell the key.
            raise EmbedderUnavailable("EMBEDDINGS_KEY holds a blank, a line break or a letter that no key has.")
        self.name = f"{self.model.replace('/', '_')}-http"
        self._resting_until = 0.0
        self._dimensions = self._last_length = 0
        self._lock = threading.Lock()

    @property
    def dimensions(self) -> int:
        """Known from the first two answers that agree. Raises EmbedderUnavailable."""
        for _ in range(MOST_ASKED_FOR_DIMENSIONS):
            if not self._dimensions:
                self._embed_in_time(["dimensions"], "passage")
        if not self._dimensions:
            raise EmbedderUnavailable(f"{self.url} gives vectors of a different length each time.")
        return self._dimensions

    def _agree_on(self, length: int) -> None:
        """Once two answers agree, those of another length come from another model. Raises EmbedderUnavailable."""
        with self._lock:
            if not self._dimensions and length == self._last_length:
                self._dimensions = length
            self._last_length = length
            if self._dimensions not in (0, length):
                raise EmbedderUnavailable(
                    f"{self.url} gave vectors of {length} numbers, after some of {self._dimensions}; "
                    f"restart site and worker if {self.model} is another model now."
                )

    def embed_queries(self, texts: Sequence[str], language: str):
        if time.monotonic() < self._resting_until:
            raise EmbedderUnavailable(f"{self.url} did not answer a moment ago.")
        try:
            return self._embed_in_time(texts, "query")
        except EmbedderUnavailable:
            with self._lock:
                self._resting_until = time.monotonic() + REST_AFTER_FAILURE_SECONDS
            raise

    def embed_passages(self, texts: Sequence[str], language: str):
        import numpy as np

        batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
        return np.vstack([self._embed(batch, "passage", PASSAGES_TIMEOUT_SECONDS) for batch in batches])

    def _embed_in_time(self, texts: Sequence[str], kind: str):
        """Also an answer that trickles in is given up."""
        import numpy  # noqa: F401 - loading it the first time is no waiting

        try:
            return within(
                QUERY_TIMEOUT_SECONDS + GRACE_SECONDS, lambda: self._embed(texts, kind, QUERY_TIMEOUT_SECONDS)
            )
        except TimeoutError as error:
            raise EmbedderUnavailable(f"{self.url} gave no embeddings in time.") from error

    def _embed(self, texts: Sequence[str], kind: str, timeout: float):
        import numpy as np

        asked = {"model": self.model, "input": list(texts), "input_type": kind, "encoding_format": "float"}
        request = urllib.request.Request(  # noqa: S310 - the scheme was checked at the start
            f"{self.url}/embeddings",
            data=json.dumps(asked).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {self._key}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:  # noqa: S310
                found = json.loads(answer.read(LARGEST_ANSWER))
            rows = sorted(found["data"], key=lambda row: row["index"])
            with np.errstate(all="ignore"):
                vectors = np.array([row["embedding"] for row in rows], dtype=np.float32)
                units = as_units(vectors) if vectors.ndim == 2 else vectors
                is_usable = len(units) == len(texts) and are_units(units)
        except (OSError, *NONSENSE) as error:
            raise EmbedderUnavailable(f"{self.url} gave no embeddings: {error}") from error
        if not is_usable:
            raise EmbedderUnavailable(f"{self.url} gave no usable embeddings.")
        self._agree_on(units.shape[1])
        return units
