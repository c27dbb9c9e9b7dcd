"""Vectors in bytes: eight bits a dimension, scaled to the largest one. Cosines move by less than 0.01."""

import numpy as np

from search.vectors.trouble import VectorsUnavailable

VECTOR_FORMAT = "int8"


def to_bytes(vector: np.ndarray) -> bytes:
    largest = float(np.abs(vector).max()) or 1.0
    return np.round(vector * (127.0 / largest)).astype(np.int8).tobytes()


def to_integers(rows: list[bytes], dimensions: int) -> np.ndarray:
    """Kept vectors as one int8 matrix. Raises VectorsUnavailable where one is of another length."""
    if any(length != dimensions for length in set(map(len, rows))):
        raise VectorsUnavailable("Vectors of several lengths are kept together; the worker computes them anew.")
    return np.frombuffer(b"".join(rows), dtype=np.int8).reshape(len(rows), dimensions)


def to_units(rows: list[bytes], dimensions: int) -> np.ndarray:
    """Kept vectors as one matrix of float32 unit vectors."""
    matrix = to_integers(rows, dimensions).astype(np.float32)
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    return matrix
