"""The text of each kind of file, as the child process gives it."""

import subprocess
import sys
from datetime import datetime
from tempfile import TemporaryFile

import pytest

from assets.extraction.cleaning import BrokenWords, clean
from assets.extraction.limits import Limits
from assets.extraction.process import Outcome, read_file
from tests import made_files


def read(data: bytes, extension: str, **limits) -> Outcome:
    with TemporaryFile() as file:
        file.write(data)
        file.flush()
        return read_file(file, extension, Limits(**limits))


def test_a_pdf_is_read_by_page():
    outcome = read(made_files.pdf("Guía de reclasificación", "¿Qué es el ELPAC?\nAB 2268 (2024)"), "pdf")
    assert outcome == Outcome(("Guía de reclasificación", "¿Qué es el ELPAC?\nAB 2268 (2024)"), "page", 2)


def test_words_that_a_line_of_a_pdf_breaks_are_whole():
    assert read(made_files.pdf("reclassi-\nfication of AB-\n2268"), "pdf").pages == ("reclassification of AB-2268",)


def test_an_empty_page_keeps_its_number():
    assert read(made_files.pdf("one", "", "three"), "pdf").pages == ("one", "", "three")


def test_a_pdf_that_may_only_not_be_printed_is_read():
    assert read(made_files.PRINT_PROTECTED_PDF, "pdf").pages == ("secreto",)


def test_a_word_file_is_read_with_its_notes_and_has_no_pages():
    outcome = read(made_files.docx("Estimadas familias:", "Su hijo", footnote="Código de Educación 313"), "docx")
    assert outcome == Outcome(("Estimadas familias:\nSu hijo\nCódigo de Educación 313",))


def test_deleted_words_and_doubled_text_boxes_of_a_word_file_are_left_out():
    document = (
        f'<w:document xmlns:w="{made_files.WORD}" xmlns:mc="urn:mc"><w:p>'
        "<w:r><w:t>kept</w:t><w:tab/><w:delText>deleted</w:delText><w:instrText>PAGEREF</w:instrText></w:r>"
        "<mc:AlternateContent><mc:Choice><w:t>box</w:t></mc:Choice><mc:Fallback><w:t>box</w:t></mc:Fallback>"
        "</mc:AlternateContent></w:p></w:document>"
    )
    assert read(made_files.zipped({"word/document.xml": document}), "docx").pages == ("kept box",)


def test_slides_are_read_in_the_order_shown():
    outcome = read(made_files.pptx("first", "second", "third"), "pptx")
    assert outcome == Outcome(("first", "second", "third"), "slide", 3)


def test_hidden_slides_and_speaker_notes_stay_unread_and_numbers_stay_right():
    outcome = read(made_files.pptx("first", "hidden", "third", hidden=(1,), notes="note to self"), "pptx")
    assert outcome.pages == ("first", "", "third")


def test_a_workbook_is_read_by_sheet_with_the_values_it_shows():
    sheets = {"Condados": [["Fresno", 61.3, None], ["Kern", 5, datetime(2024, 9, 3)]], "Draft": [["not public"]]}
    outcome = read(made_files.xlsx(sheets, hidden=("Draft",)), "xlsx")
    assert outcome == Outcome(("Condados\nFresno 61.3\nKern 5 2024-09-03", ""), "sheet", 2)


def test_html_is_read_as_a_browser_shows_it():
    page = (
        b"<!doctype html><html><head><meta charset='iso-8859-1'><title>Gu\xeda</title><style>p{}</style>"
        b"<script>var a = '<p>no</p>'</script></head><body><p>pala<b>bra</b> &ntilde;</p><ul><li>uno<li>dos</ul>"
    )
    assert read(page, "html").pages[0].split("\n") == ["Guía", "", "palabra ñ", "", "uno", "dos"]


@pytest.mark.parametrize("charset", ["zip", "hex", "rot13", "base64", "idna", "punycode", "unicode_escape", "nonsense"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_html_that_declares_no_charset_of_texts_is_read_as_if_it_declared_none(charset, encoding):
    page = f"<meta charset={charset}><p>niños\\u0041 de año"
    assert read(page.encode(encoding), "html") == Outcome(("niños\\u0041 de año",))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("extension", ["txt", "csv"])
def test_plain_text_is_read_in_the_encoding_it_was_saved_in(encoding, extension):
    assert read("condado;niños\r\nFresno;“61”".encode(encoding), extension).pages == ("condado;niños\nFresno;“61”",)


@pytest.mark.parametrize("extension", ["txt", "csv", "html"])
def test_text_that_speaks_of_other_kinds_of_files_is_text(extension):
    words = "A PDF begins with %PDF- and an archive with PK."
    assert read(words.encode(), extension).pages == (words,)


@pytest.mark.parametrize("extension", ["txt", "html"])
@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\nwords", b"\x00\x01\x00\x00\x00\x11", b"a\x00\x00\xd8" * 20, b"\x00b\x00\x00"]
)
def test_what_is_no_text_is_refused_whatever_its_name(data, extension):
    assert read(data, extension) == Outcome(problem="mislabelled")


def test_what_databases_and_readers_cannot_use_is_cleaned_away():
    assert clean("rec\x00lasi\ufb01caci\u00f3n\ud800  de\u00a0 nin\u0303os\x0c\n\n\nfin\ufffe ") == (
        "reclasificación de niños\n\nfin"
    )


def test_a_word_broken_at_a_line_end_is_mended_as_the_document_writes_it_elsewhere():
    words = BrokenWords()
    assert words.mend("long-term learners") == "long-term learners"
    assert words.mend("long\ufffeterm, reclassi\ufffe\r\nfication, AB\ufffe2268") == (
        "long-term, reclassification, AB-2268"
    )


def test_a_very_long_file_is_cut_and_says_so():
    by_characters = read(b"ab " * 1000, "txt", characters=100)
    assert (len(by_characters.pages[0]), by_characters.problem) == (100, "long")
    by_pages = read(made_files.pdf("one", "two", "three"), "pdf", pages=2)
    assert by_pages == Outcome(("one", "two"), "page", 3, "long")


def test_the_child_holds_none_of_the_sites_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "do-not-leak")
    program = "import os, json; print(json.dumps({'text': ' '.join(os.environ)}))"
    with TemporaryFile() as file:
        outcome = read_file(file, "txt", Limits(), [sys.executable, "-c", program])
    assert "PYTHONPATH" in outcome.pages[0]
    assert "SECRET_KEY" not in outcome.pages[0]


def test_the_child_loads_no_django():
    program = "import assets.extraction.child, sys; print('django' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"
