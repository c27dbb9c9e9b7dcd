"""Files that hurt or hold nothing, as an editor meets them: refused at once, or kept with a reason that is seen."""

import io
import struct
import time
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assets.documents import MAXIMUM_BYTES, validate_document
from assets.extraction import service
from assets.extraction.limits import Limits
from assets.extraction.service import DocumentPage, pages_of
from assets.models import CustomDocument, DocumentText, TextState
from search.worker import Worker
from tests import made_files
from tests.uploads import upload

pytestmark = pytest.mark.django_db
WHOLE = made_files.pdf("uno", "dos")
DRAWING = zlib.compress(b"0 0 612 792 re f")
NOTES = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def bomb(part: str) -> bytes:
    """An Office file of some kilobytes that unpacks to 400 megabytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(part, "w") as unpacked:
        for _ in range(400):
            unpacked.write(bytes(1024 * 1024))
    return buffer.getvalue()


# A file that is taken in, the state its text ends in, and the reason in English and Spanish.
KEPT = {
    "locked.pdf": (made_files.LOCKED_PDF, "failed", "protected by a password", "protegido con contraseña"),
    "half.pdf": (WHOLE[: len(WHOLE) // 2], "failed", "The file is damaged", "El archivo está dañado"),
    "scanned.pdf": (made_files.pdf(DRAWING, DRAWING), "empty", "the pages are scanned", "las páginas están escaneadas"),
    "bomb.docx": (bomb("word/document.xml"), "failed", "unpacks to far more", "ocupa mucho más"),
    "bomb.pptx": (bomb("ppt/presentation.xml"), "failed", "unpacks to far more", "ocupa mucho más"),
    "bomb.xlsx": (bomb("xl/workbook.xml"), "failed", "unpacks to far more", "ocupa mucho más"),
    "picture.txt": (NOTES, "failed", "not what its name says", "no es lo que dice su nombre"),
    "blank.docx": (made_files.docx(""), "empty", "holds no text", "no contiene texto"),
}
# A file that is refused where it is uploaded, and the words of the refusal.
REFUSED = {
    "empty.pdf": (b"", "empty", "vacío"),
    "page.pdf": (b"<!doctype html><p>404", "is named .pdf but is not one", ".pdf"),
    "sheet.docx": (made_files.xlsx({"Hoja": [["a"]]}), "is damaged or is not a .docx", ".docx"),
    "half.docx": (made_files.docx("palabras")[:200], "is damaged or is not a .docx", ".docx"),
    "program.exe": (b"MZ\x90", "exe", "exe"),
}


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize("language", ["en", "es"])
def test_an_editor_sees_why_a_file_has_no_text(editor, language, name):
    data, state, *words = KEPT[name]
    client = editor(language)
    assert upload(client, name, data).json()["success"]
    document = CustomDocument.objects.get()
    started = time.monotonic()
    assert Worker().read_documents()
    assert time.monotonic() - started < 20
    document.refresh_from_db()
    assert document.text_state == state
    for address in (reverse("wagtaildocs:index"), reverse("wagtaildocs:edit", args=[document.pk])):
        assert words[language == "es"] in client.get(address).content.decode(), document.text_problem
    assert DocumentText.objects.get().checksum == document.checksum
    assert not Worker().read_documents()


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_file_that_cannot_be_what_it_says_is_refused_at_once(editor, language, name):
    data, *words = REFUSED[name]
    answer = upload(editor(language), name, data).json()
    assert not answer["success"]
    assert words[language == "es"] in answer["error_message"]
    assert not CustomDocument.objects.exists()


@pytest.mark.parametrize(("language", "words"), [("en", "larger than 100 MB"), ("es", "más de 100 MB")])
def test_a_file_of_two_gigabytes_is_refused_unread(language, words, monkeypatch):
    from django.utils.translation import override

    huge = SimpleUploadedFile("huge.pdf", b"")
    huge.size = 2 * 1024**3
    monkeypatch.setattr(SimpleUploadedFile, "read", lambda *args: pytest.fail("the file was read"))
    with override(language), pytest.raises(ValidationError, match=words):
        validate_document(huge)


def archive_of_parts(count: int, zip64: bool) -> bytes:
    """An archive that lists so many parts, each of nothing."""
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 3, 20, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0) + b"word/a"
    start, listed = b"PK\x03\x04" + bytes(26), entry * count
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, min(count, 65535), min(count, 65535), len(listed), len(start), 0)
    if zip64:
        record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, len(listed), len(start))
        locator = struct.pack("<4sLQL", b"PK\6\7", 0, len(start) + len(listed), 1)
        end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 65535, 65535, 0xFFFFFFFF, 0xFFFFFFFF, 0)
        return start + listed + record + locator + end
    return start + listed + end


@pytest.mark.parametrize("zip64", [False, True])
def test_an_archive_of_countless_parts_is_refused_before_they_are_listed(zip64, monkeypatch):
    data = archive_of_parts(300_000, zip64)
    assert len(zipfile.ZipFile(io.BytesIO(archive_of_parts(70_000, zip64))).infolist()) == 70_000
    monkeypatch.setattr(zipfile, "ZipFile", lambda *args: pytest.fail("the parts were listed"))
    assert len(data) < MAXIMUM_BYTES
    with pytest.raises(ValidationError, match="damaged"):
        validate_document(SimpleUploadedFile("many.docx", data))


def test_blank_pages_hidden_slides_and_sheets_keep_the_numbers_of_the_others():
    numbers = {
        "a.pdf": made_files.pdf("uno", "", "tres"),
        "b.pptx": made_files.pptx("uno", "escondida", "tres", hidden=(1,)),
        "c.xlsx": made_files.xlsx({"Uno": [["uno"]], "Borrador": [["dos"]], "Tres": [["tres"]]}, hidden=("Borrador",)),
    }
    for name, data in numbers.items():
        document = CustomDocument.objects.create(title=name, file=ContentFile(data, name=name))
        Worker().read_documents()
        pages = pages_of(document)
        assert [page.number for page in pages] == [1, 3], name
        assert [page.text.split()[-1] for page in pages] == ["uno", "tres"], name
    assert isinstance(pages[0], DocumentPage)


def test_a_file_that_storage_does_not_give_holds_up_no_other(monkeypatch):
    barred = CustomDocument.objects.create(title="barred", file=ContentFile(made_files.pdf("uno"), name="barred.pdf"))
    good = CustomDocument.objects.create(title="good", file=ContentFile(made_files.pdf("dos"), name="good.pdf"))
    opened = service._on_disk

    def on_disk(document):
        if document.pk == barred.pk:
            raise PermissionError("no entry")
        return opened(document)

    monkeypatch.setattr(service, "_on_disk", on_disk)
    worker = Worker()
    worker.read_documents()
    worker.read_documents()
    for document in (barred, good):
        document.refresh_from_db()
    assert (barred.text_state, barred.text_problem) == (TextState.FAILED, "stopped")
    assert good.text_state == TextState.READ


def test_a_file_too_large_to_read_says_so(monkeypatch):
    monkeypatch.setattr(service, "Limits", lambda: Limits(file_bytes=10))
    document = CustomDocument.objects.create(title="a", file=ContentFile(WHOLE, name="a.pdf"))
    assert Worker().read_documents()
    document.refresh_from_db()
    assert (document.text_state, document.text_problem) == (TextState.FAILED, "too-large")
