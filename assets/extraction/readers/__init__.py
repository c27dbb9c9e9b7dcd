"""One module a kind of file: `read(file, limits)` gives its pages."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """The pages of a file, read one by one; `unit` is page, slide, sheet, or empty where a file has no pages."""

    unit: str
    page_count: int | None
    pages: Iterable[str]
