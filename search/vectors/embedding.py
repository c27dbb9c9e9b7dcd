"""From passages to kept vectors."""

from collections.abc import Sequence

import numpy as np

from search.embedders.base import Embedder, EmbedderUnavailable, as_units
from search.vectors.passages import Passage
from search.vectors.quantization import to_bytes
from search.vectors.store import VectorStore


def embed(embedder: Embedder, passages: Sequence[Passage]) -> np.ndarray:
    """A unit vector for each passage; of zeros where its parts cancel each other out. Raises EmbedderUnavailable."""
    vectors = None
    for language in {passage.language for passage in passages}:
        groups = [
            (at, group)
            for at, passage in enumerate(passages)
            if passage.language == language
            for group in passage.groups(embedder.sums_parts)
        ]
        rows = embedder.embed_passages([text for _at, group in groups for text in group], language)
        if vectors is None:
            vectors = np.zeros((len(passages), rows.shape[-1]), dtype=np.float32)
        if rows.shape != (sum(len(group) for _at, group in groups), vectors.shape[1]) or not np.isfinite(rows).all():
            raise EmbedderUnavailable(f"{embedder.name} gave no usable vectors of texts.")
        start = 0
        for at, group in groups:
            vectors[at] += as_units(rows[start : start + len(group)].mean(axis=0, keepdims=True))[0]
            start += len(group)
    return np.zeros((0, 0), dtype=np.float32) if vectors is None else as_units(vectors)


def renew(store: VectorStore, embedder: Embedder, work: str, stamp: str, passages: Sequence[Passage]) -> int:
    """Makes the store hold exactly these passages of a work; returns how many had to be embedded."""
    hashed = {passage: passage.content_hash(embedder.sums_parts) for passage in passages}
    by_hash = {content_hash: passage for passage, content_hash in hashed.items() if passage.groups(True)}
    missing = sorted(store.missing(by_hash))
    if missing:
        vectors = embed(embedder, [by_hash[content_hash] for content_hash in missing])
        usable = vectors.any(axis=1)
        store.add({content: to_bytes(vectors[at]) for at, content in enumerate(missing) if usable[at]})
        for at in np.flatnonzero(~usable):
            del by_hash[missing[at]]
    entries = [
        (passage.language, passage.kind, passage.place, content_hash)
        for passage, content_hash in hashed.items()
        if content_hash in by_hash
    ]
    store.assign(work, stamp, entries)
    return len(missing)
