"""An uploaded document must be what its name says."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from assets.documents import checksum_of, validate_document


def office_file(part: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(part, "<xml/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("guide.pdf", b"%PDF-1.7\n..."),
        ("letter.docx", office_file("word/document.xml")),
        ("slides.pptx", office_file("ppt/presentation.xml")),
        ("table.xlsx", office_file("xl/workbook.xml")),
        ("notes.txt", "Notas sobre el año".encode()),
    ],
)
def test_a_right_file_is_accepted(name, data):
    validate_document(SimpleUploadedFile(name, data))


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("guide.pdf", b"<html>not a pdf</html>", "named .pdf"),
        ("guide.pdf", b"", "empty"),
        ("letter.docx", office_file("xl/workbook.xml"), ".docx"),
        ("letter.docx", b"PK\x03\x04 broken", "damaged"),
        ("table.xlsx", b"%PDF-1.7", "named .xlsx"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_with_a_remedy(name, data, words):
    with pytest.raises(ValidationError) as refusal:
        validate_document(SimpleUploadedFile(name, data))
    assert words in refusal.value.messages[0]


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("assets.documents.MAXIMUM_BYTES", 10)
    with pytest.raises(ValidationError, match="larger than"):
        validate_document(SimpleUploadedFile("guide.pdf", b"%PDF-1.7 and more"))


def test_the_checksum_is_that_of_the_content():
    file = SimpleUploadedFile("a.txt", b"abc")
    assert checksum_of(file) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert file.read() == b"abc"
