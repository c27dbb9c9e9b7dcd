"""A file that was refused for its name is read under its right one, whatever was found under the other."""

import pytest
from django.core.files.base import ContentFile

from assets.extraction import service
from assets.extraction.problems import Problem
from assets.extraction.service import DocumentPage, extract_document, pages_of
from assets.models import CustomDocument, TextState
from tests import made_files

pytestmark = pytest.mark.django_db


def document(data: bytes, name: str) -> CustomDocument:
    return CustomDocument.objects.create(title=name, file=ContentFile(data, name=name))


@pytest.mark.parametrize("wrong", ["guide.txt", "guide.docx", "guide.unknown"])
def test_a_file_refused_for_its_name_is_read_under_its_right_name(wrong):
    data = made_files.pdf("uno")
    refused = document(data, wrong)
    assert extract_document(refused.pk) == TextState.FAILED
    right = document(data, "guide.pdf")
    assert extract_document(right.pk) == TextState.READ
    assert pages_of(right) == [DocumentPage(1, "uno")]
    refused.refresh_from_db()
    assert (refused.text_state, refused.text_problem) == (TextState.READ, "")


def test_a_refusal_of_a_name_counts_only_for_files_named_alike():
    data = made_files.pdf("uno")
    first, alike, right = (document(data, name) for name in ("a.txt", "b.TXT", "c.pdf"))
    extract_document(first.pk)
    for one in (first, alike, right):
        one.refresh_from_db()
    assert (first.text_problem, alike.text_problem) == (Problem.MISLABELLED, Problem.MISLABELLED)
    assert list(service.waiting_documents()) == [right]
    extract_document(right.pk)
    assert pages_of(right) == [DocumentPage(1, "uno")]
    assert not service.waiting_documents().exists()


def test_a_document_given_its_file_anew_under_the_right_name_is_read():
    data = made_files.pdf("uno")
    guide = document(data, "guide.txt")
    extract_document(guide.pk)
    guide = CustomDocument.objects.get(pk=guide.pk)
    guide.file = ContentFile(data, name="guide.pdf")
    guide.save()
    guide.refresh_from_db()
    assert (guide.text_state, guide.text_problem) == (TextState.WAITING, "")
    assert extract_document(guide.pk) == TextState.READ
    assert pages_of(guide) == [DocumentPage(1, "uno")]


def test_a_refusal_that_comes_late_does_not_replace_a_text(monkeypatch):
    data = made_files.pdf("uno")
    wrong, right = document(data, "guide.txt"), document(data, "guide.pdf")
    read = service.read_file

    def read_right_one_meanwhile(file, extension, limits):
        if extension == "txt":
            extract_document(right.pk)
        return read(file, extension, limits)

    monkeypatch.setattr(service, "read_file", read_right_one_meanwhile)
    assert extract_document(wrong.pk) == TextState.READ
    right.refresh_from_db()
    assert (right.text_state, pages_of(right)) == (TextState.READ, [DocumentPage(1, "uno")])
