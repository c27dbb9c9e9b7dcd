"""Texts of documents: read once per file, asked for by page."""

import logging
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile

from django.db import transaction

from assets.documents import checksum_of, extension_of
from assets.extraction.limits import Limits
from assets.extraction.problems import Problem
from assets.extraction.process import Outcome, read_file
from assets.models import CustomDocument, DocumentText, DocumentTextPage, TextState
from assets.signals import document_text_changed

logger = logging.getLogger(__name__)
PAGES_AT_ONCE = 200
# Refusals of a name: the same file may be read under another.
OF_NAME = (Problem.MISLABELLED, Problem.UNSUPPORTED)


@dataclass(frozen=True)
class DocumentPage:
    """The text of one page, slide or sheet (from 1); `number` is None where the file has no pages."""

    number: int | None
    text: str


def waiting_documents():
    """Documents whose text is still to be read, the oldest first."""
    return CustomDocument.objects.filter(text_state=TextState.WAITING).order_by("pk")


def extract_document(document_id: int, limits: Limits | None = None) -> TextState | None:
    """Reads a document's text unless its file was read before. None where there is no such document.

    Whatever is in the file, this returns; reading it may take `limits.seconds`, outside any transaction. A file only
    refused for its name is read again, since its name may be right now.
    """
    document = CustomDocument.objects.filter(pk=document_id).first()
    if document is None:
        return None
    if document.is_captions:
        return _settle(_itself(document), TextState.READ, "")
    try:
        with _on_disk(document) as file:
            checksum = document.checksum or checksum_of(file)
            kept = DocumentText.objects.filter(checksum=checksum).first()
            if kept is None or kept.problem in OF_NAME:
                kept = _keep(checksum, read_file(file, extension_of(document.file.name), limits or Limits()))
    except FileNotFoundError:
        return _settle(_itself(document), TextState.FAILED, Problem.MISSING)
    except OSError:  # else this file would be tried for ever, and no other read
        logger.exception("The file of document %s could not be read", document_id)
        return _settle(_itself(document), TextState.FAILED, Problem.STOPPED)
    _itself(document).filter(checksum="").update(checksum=checksum)
    same = CustomDocument.objects.filter(checksum=checksum)
    if kept.problem in OF_NAME:
        same = _named_alike(same, extension_of(document.file.name))
    state = _settle(same, TextState(kept.state), kept.problem)
    DocumentText.objects.unused().filter(checksum=checksum).delete()
    return state


def read_again(document: CustomDocument) -> None:
    """Forgets what was found in the document's file, good or bad; it waits to be read anew."""
    with transaction.atomic():
        DocumentText.objects.filter(checksum=document.checksum).delete()
        _settle(_with_same_file(document), TextState.WAITING, "")


def pages_of(document: CustomDocument) -> list[DocumentPage]:
    """The pages of a document that have text, in order; none while it waits or where it could not be read."""
    rows = DocumentTextPage.objects.filter(document_text__checksum=document.checksum).exclude(text="")
    rows = rows.values_list("number", "text", "document_text__unit").order_by("number")
    return [DocumentPage(number if unit else None, text) for number, text, unit in rows]


def page_count(document: CustomDocument) -> int | None:
    """How many pages, slides or sheets the file has, where it has any and was read."""
    return DocumentText.objects.filter(checksum=document.checksum).values_list("page_count", flat=True).first()


@contextmanager
def _on_disk(document: CustomDocument):
    """The document's file as one that the system knows; files of remote storage are copied for the time of reading."""
    with document.file.storage.open(document.file.name, "rb") as file:
        if document.is_stored_locally():
            yield file.file
            return
        with TemporaryFile() as copy:
            for chunk in file.chunks():
                copy.write(chunk)
            yield copy


@transaction.atomic
def _keep(checksum: str, outcome: Outcome) -> DocumentText:
    """Stores what was found; two workers that read the same file keep one text, and no refusal of a name instead."""
    if outcome.problem in OF_NAME:
        found = DocumentText.objects.filter(checksum=checksum).exclude(problem__in=OF_NAME).first()
        if found:
            return found
    text, _created = DocumentText.objects.update_or_create(
        checksum=checksum,
        defaults={
            "state": _state_of(outcome),
            "problem": _problem_of(outcome),
            "unit": outcome.unit,
            "page_count": outcome.page_count,
        },
    )
    text.pages.all().delete()
    DocumentTextPage.objects.bulk_create(
        [
            DocumentTextPage(document_text=text, number=number, text=page)
            for number, page in enumerate(outcome.pages, start=1)
            if page
        ],
        batch_size=PAGES_AT_ONCE,
    )
    return text


def _state_of(outcome: Outcome) -> TextState:
    if any(outcome.pages):
        return TextState.READ
    if outcome.problem and outcome.problem != Problem.NOTHING:
        return TextState.FAILED
    return TextState.EMPTY


def _problem_of(outcome: Outcome) -> str:
    if outcome.problem or any(outcome.pages):
        return outcome.problem
    return Problem.SCANNED if outcome.unit == "page" else Problem.NO_TEXT


@transaction.atomic
def _settle(documents, state: TextState, problem: str) -> TextState:
    """Writes the state to documents and announces it."""
    documents.update(text_state=state, text_problem=problem)
    for document_id in documents.values_list("pk", flat=True):
        document_text_changed.send(CustomDocument, document_id=document_id)
        if problem:
            logger.warning("Document %s: text %s (%s)", document_id, state, problem)
    return state


def _named_alike(documents, extension: str):
    """Those of the documents whose names end alike."""
    names = documents.values_list("pk", "file")
    return documents.filter(pk__in=[pk for pk, name in names if extension_of(name) == extension])


def _itself(document: CustomDocument):
    """The document, unless its file was replaced since it was loaded."""
    return CustomDocument.objects.filter(pk=document.pk, checksum=document.checksum)


def _with_same_file(document: CustomDocument):
    return CustomDocument.objects.filter(checksum=document.checksum) if document.checksum else _itself(document)
