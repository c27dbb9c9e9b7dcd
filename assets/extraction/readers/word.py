"""Word (.docx): its body, then its notes. It has no pages until it is printed."""

from collections.abc import Iterator
from typing import BinaryIO
from zipfile import ZipFile

from assets.extraction.limits import Limits
from assets.extraction.readers import Reading
from assets.extraction.readers.archives import open_archive, paragraphs

PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")


def read(file: BinaryIO, limits: Limits) -> Reading:
    return Reading("", None, ["\n".join(_bounded(open_archive(file, limits), limits))])


def _bounded(archive: ZipFile, limits: Limits) -> Iterator[str]:
    """Paragraphs until one character more than the limit, so that the cut is noticed."""
    left = limits.characters + 1
    for name in PARTS:
        if name in archive.namelist():
            with archive.open(name) as part:
                for paragraph in paragraphs(part):
                    yield paragraph[:left]
                    left -= len(paragraph) + 1
                    if left <= 0:
                        return
