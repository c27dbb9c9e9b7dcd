"""PDF by page, with PDFium."""

from collections.abc import Iterator
from typing import BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium

from assets.extraction.cleaning import BrokenWords
from assets.extraction.limits import Limits
from assets.extraction.problems import Problem, Unreadable
from assets.extraction.readers import Reading


def read(file: BinaryIO, limits: Limits) -> Reading:
    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise Unreadable(Problem.ENCRYPTED if locked else Problem.DAMAGED) from error
    if not len(document):
        raise Unreadable(Problem.DAMAGED)
    return Reading("page", len(document), _pages(document))


def _pages(document: pypdfium2.PdfDocument) -> Iterator[str]:
    words = BrokenWords()
    unread = 0
    for number in range(len(document)):
        try:
            page = document[number]
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError:
            unread += 1
            yield ""
            continue
        text = text_page.get_text_range()
        text_page.close()
        page.close()
        yield words.mend(text)
    if unread:
        raise Unreadable(Problem.DAMAGED)
