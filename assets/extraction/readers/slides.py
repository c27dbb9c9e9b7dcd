"""PowerPoint (.pptx) by slide, in the order shown. Speaker notes and hidden slides are not for the public."""

import posixpath
from collections.abc import Iterator
from typing import BinaryIO
from zipfile import ZipFile

from defusedxml.ElementTree import iterparse, parse

from assets.extraction.limits import Limits
from assets.extraction.readers import Reading
from assets.extraction.readers.archives import local_name, open_archive, paragraphs

PRESENTATION = "ppt/presentation.xml"
RELATIONSHIPS = "ppt/_rels/presentation.xml.rels"


def read(file: BinaryIO, limits: Limits) -> Reading:
    archive = open_archive(file, limits)
    slides = _slide_names(archive)
    return Reading("slide", len(slides), _texts(archive, slides))


def _slide_names(archive: ZipFile) -> list[str]:
    with archive.open(RELATIONSHIPS) as part:
        targets = {
            element.get("Id"): posixpath.normpath(posixpath.join("/ppt", element.get("Target", ""))).lstrip("/")
            for element in parse(part, forbid_dtd=True).iter()
            if element.get("Id")
        }
    with archive.open(PRESENTATION) as part:
        references = [
            value
            for element in parse(part, forbid_dtd=True).iter()
            if local_name(element.tag) == "sldId"
            for name, value in element.items()
            if name.endswith("}id")
        ]
    return [targets[reference] for reference in references]


def _texts(archive: ZipFile, slides: list[str]) -> Iterator[str]:
    for name in slides:
        yield "" if _is_hidden(archive, name) else _text(archive, name)


def _is_hidden(archive: ZipFile, name: str) -> bool:
    with archive.open(name) as part:
        _event, slide = next(iterparse(part, events=("start",), forbid_dtd=True))
        return slide.get("show") in ("0", "false")


def _text(archive: ZipFile, name: str) -> str:
    with archive.open(name) as part:
        return "\n".join(paragraphs(part))
