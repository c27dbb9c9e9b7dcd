"""A small embedder for tests: words of one meaning in either language share a direction."""

import hashlib

import numpy as np

from search.embedders.base import Embedder, as_units

MEANINGS = [{"water", "agua"}, {"school", "escuela"}, {"law", "ley"}, {"music", "música"}, {"family", "familia"}]


class SmallEmbedder(Embedder):
    """Counts the texts it embeds."""

    dimensions = 64
    noise_floor = 0.4
    sums_parts = True

    def __init__(self, name="small-1"):
        self.name, self.embedded = name, []

    def embed_queries(self, texts, language):
        return as_units(np.array([self._vector(text) for text in texts]))

    def embed_passages(self, texts, language):
        self.embedded += texts
        return self.embed_queries(texts, language)

    def _vector(self, text: str):
        vector = np.zeros(self.dimensions, dtype=np.float32)
        for word in text.lower().replace(".", " ").split():
            known = [at for at, words in enumerate(MEANINGS) if word in words]
            unknown = 8 + int.from_bytes(hashlib.sha256(word.encode()).digest()[:2]) % (self.dimensions - 8)
            vector[known[0] if known else unknown] += 1
        return vector
