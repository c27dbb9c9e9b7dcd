"""The interface of every embedder."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


class EmbedderUnavailable(Exception):
    """The embedder cannot work in this deployment, or not now. Its message says why and what to do."""


class Embedder(ABC):
    """Turns texts into unit vectors; vectors of like meaning have a cosine near 1, in whichever language.

    `name` identifies model and version: vectors kept under another name are never compared with these. A similarity
    under `noise_floor` says nothing: nonsense words reach it too. `sums_parts`: whether a work's vector is better
    the sum of the vectors of its parts (for encoders of sentences) than that of one longer text.
    """

    name: str
    dimensions: int
    noise_floor: float
    sums_parts = False

    @abstractmethod
    def embed_queries(self, texts: Sequence[str], language: str) -> "np.ndarray":
        """One float32 unit vector a row for what readers ask in a language. Raises EmbedderUnavailable."""

    @abstractmethod
    def embed_passages(self, texts: Sequence[str], language: str) -> "np.ndarray":
        """One float32 unit vector a row for what works say in a language. Raises EmbedderUnavailable."""


def package_version(distribution: str) -> str:
    """The installed version of a distribution. Raises EmbedderUnavailable where it is not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(distribution)
    except PackageNotFoundError as error:
        raise EmbedderUnavailable(
            f"The package {distribution} is not installed. Run: pip install -r requirements-vectors.txt"
        ) from error


def are_units(vectors: "np.ndarray") -> bool:
    """Whether each row is a vector that can be compared: finite, of length 1."""
    import numpy as np

    return vectors.ndim == 2 and bool((np.abs(np.linalg.norm(vectors, axis=1) - 1) < 0.01).all())


def as_units(vectors: "np.ndarray") -> "np.ndarray":
    """Rows scaled to length 1; rows of zeros stay."""
    import numpy as np

    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
