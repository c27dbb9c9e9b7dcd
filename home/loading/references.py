"""Keys by which entries of the content files name one another."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from assets.documents import checksum_of
from home.loading.problems import Place
from resources.documents import opened_as_kept


@dataclass(frozen=True)
class Reference:
    """A key of another entry, to be looked up once everything is read.

    `kind` is `work`, the name of a row's model, or `partner_of` (the partner page of an organization).
    """

    kind: str
    key: str
    place: Place
    work_types: tuple[str, ...] = ()


@dataclass(frozen=True)
class ContentFile:
    """A file that lies beside the content: a document, captions, or a video with poster and duration in seconds."""

    path: Path
    title: str
    language: str = ""
    thumbnail: Path | None = None
    duration: float = 0

    @cached_property
    def checksum(self) -> str:
        """SHA-256 of what the library keeps, in hexadecimal."""
        with opened_as_kept(self.path) as file:
            return checksum_of(file)
