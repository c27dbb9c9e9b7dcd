"""Office files are zip archives of XML: opened with their claims checked, read without building a tree."""

import zipfile
from collections.abc import Iterator
from typing import IO, BinaryIO

from defusedxml.ElementTree import iterparse

from assets.extraction.limits import Limits
from assets.extraction.problems import Problem, Unreadable

_ENCRYPTED = 0x1


def open_archive(file: BinaryIO, limits: Limits) -> zipfile.ZipFile:
    """The archive, unless it unpacks to too much. Its parts never give more bytes than they declare here."""
    archive = zipfile.ZipFile(file)
    entries = archive.infolist()
    if len(entries) > limits.archive_entries or sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise Unreadable(Problem.UNPACKS)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Unreadable(Problem.ENCRYPTED)
    return archive


def local_name(tag: str) -> str:
    return tag.rpartition("}")[2]


def paragraphs(part: IO[bytes]) -> Iterator[str]:
    """The paragraphs of a Word or PowerPoint part. Deleted text, field codes and doubled fallbacks are left out."""
    open_elements: list = []
    text: list[str] = []
    fallbacks = 0
    for event, element in iterparse(part, events=("start", "end"), forbid_dtd=True):
        name = local_name(element.tag)
        if event == "start":
            open_elements.append(element)
            fallbacks += name == "Fallback"
            continue
        open_elements.pop()
        fallbacks -= name == "Fallback"
        if not fallbacks:
            if name == "t":
                text.append(element.text or "")
            elif name in ("tab", "br", "cr"):
                text.append(" ")
            elif name == "p":
                yield "".join(text)
                text.clear()
        if open_elements:
            open_elements[-1].remove(element)
