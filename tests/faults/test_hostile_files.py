"""Files made to hurt, and files that are merely broken: each ends soon, with its reason, and the site lives on."""

import io
import json
import signal
import subprocess
import sys
import time
import zipfile
import zlib
from tempfile import TemporaryFile

import pytest

from assets.extraction.limits import MEGABYTE, Limits
from assets.extraction.process import Outcome, read_file
from tests import made_files

ENTITIES = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 10))
BILLION_LAUGHS = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{ENTITIES}]><x>&e9;</x>'
ENTITY = '<?xml version="1.0"?><!DOCTYPE p [<!ENTITY e "ha">]>'
RELATIONSHIP = '<Relationships><Relationship Id="rId0" Target="slides/slide1.xml"/></Relationships>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)
ENCRYPTED_WORD = OLD_WORD + "EncryptedPackage".encode("utf-16-le") + bytes(512)
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20


def read(data: bytes, extension: str, **limits) -> Outcome:
    with TemporaryFile() as file:
        file.write(data)
        file.flush()
        return read_file(file, extension, Limits(**limits))


def run(program: str, **limits) -> Outcome:
    """A child that does what a parser gone wrong would do."""
    confined = (
        "import json, sys; from assets.extraction.confinement import confine; "
        "from assets.extraction.limits import Limits; confine(Limits(**json.loads(sys.argv[1])))\n" + program
    )
    with TemporaryFile() as file:
        return read_file(file, "pdf", Limits(**limits), [sys.executable, "-c", confined, json.dumps(limits)])


def with_part(whole: bytes, name: str, content: str) -> bytes:
    """An Office file with one part replaced."""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    return made_files.zipped({**parts, name: content})


def workbook_with_sheet(content: str) -> bytes:
    return with_part(made_files.xlsx({"Hoja": [["a"]]}), "xl/worksheets/sheet1.xml", content)


WHOLE_PDF = made_files.pdf("one", "two")
WHOLE_DOCX = made_files.docx(*["a paragraph"] * 50)


@pytest.mark.parametrize(
    ("data", "extension", "problem"),
    [
        pytest.param(b"", "pdf", "nothing", id="empty"),
        pytest.param(made_files.LOCKED_PDF, "pdf", "encrypted", id="locked PDF"),
        pytest.param(ENCRYPTED_WORD, "docx", "encrypted", id="locked Word"),
        pytest.param(OLD_WORD, "docx", "old-format", id="old Word"),
        pytest.param(WHOLE_PDF[: len(WHOLE_PDF) // 2], "pdf", "damaged", id="truncated PDF"),
        pytest.param(WHOLE_DOCX[: len(WHOLE_DOCX) // 2], "docx", "damaged", id="truncated Word"),
        pytest.param(made_files.zipped({"word/document.xml": "<w:p>no end"}), "docx", "damaged", id="broken XML"),
        pytest.param(made_files.zipped({"word/document.xml": BILLION_LAUGHS}), "docx", "damaged", id="laughs in Word"),
        pytest.param(workbook_with_sheet(BILLION_LAUGHS), "xlsx", "damaged", id="laughs in Excel"),
        pytest.param(workbook_with_sheet(OUTSIDE), "xlsx", "damaged", id="a file from outside"),
        pytest.param(
            made_files.zipped(
                {"ppt/presentation.xml": BILLION_LAUGHS, "ppt/_rels/presentation.xml.rels": "<Relationships/>"}
            ),
            "pptx",
            "damaged",
            id="laughs in PowerPoint",
        ),
        pytest.param(
            made_files.zipped({"word/document.xml": f"{ENTITY}<p><t>&e;</t></p>"}), "docx", "damaged", id="one entity"
        ),
        pytest.param(
            with_part(made_files.pptx("a"), "ppt/_rels/presentation.xml.rels", ENTITY + RELATIONSHIP),
            "pptx",
            "damaged",
            id="an entity in PowerPoint",
        ),
        pytest.param(PICTURE, "pdf", "mislabelled", id="a picture named .pdf"),
        pytest.param(PICTURE, "txt", "mislabelled", id="a picture named .txt"),
        pytest.param(b"<!doctype html><p>404", "pdf", "mislabelled", id="an error page named .pdf"),
        pytest.param(WHOLE_DOCX, "xlsx", "mislabelled", id="Word named .xlsx"),
        pytest.param(made_files.zipped({"a.exe": b"MZ"}), "docx", "mislabelled", id="any archive named .docx"),
        pytest.param(b"MZ\x90", "exe", "unsupported", id="a program"),
    ],
)
def test_a_bad_file_gives_its_reason_and_no_text(data, extension, problem):
    assert read(data, extension) == Outcome(problem=problem)


def test_a_scanned_pdf_has_pages_and_no_text():
    drawing = zlib.compress(b"0 0 612 792 re f")
    assert read(made_files.pdf(drawing, drawing), "pdf") == Outcome(("", ""), "page", 2)


def test_a_zip_bomb_is_refused_before_it_unpacks():
    bomb = made_files.zipped({"word/document.xml": bytes(20 * MEGABYTE)})
    assert len(bomb) < 100_000
    assert read(bomb, "docx", unpacked_bytes=10 * MEGABYTE).problem == "unpacks"
    renamed = made_files.zipped({"xl/workbook.xml": bytes(20 * MEGABYTE)})
    assert read(renamed, "xlsx", unpacked_bytes=10 * MEGABYTE).problem == "unpacks"


def test_an_archive_that_lies_about_its_size_gives_no_more_than_it_said():
    real = made_files.zipped({"word/document.xml": b"<x>" + b"a" * 5 * MEGABYTE + b"</x>"})
    size = (5 * MEGABYTE + 7).to_bytes(4, "little")
    assert real.count(size) == 2
    assert read(real.replace(size, (9).to_bytes(4, "little")), "docx") == Outcome(problem="damaged")


def test_an_archive_of_countless_parts_is_refused():
    parts = {f"word/{number}": b"" for number in range(300)} | {"word/document.xml": b"<x/>"}
    assert read(made_files.zipped(parts), "docx", archive_entries=200).problem == "unpacks"


def test_a_page_that_unpacks_to_hundreds_of_megabytes_is_stopped_and_the_pages_before_it_are_kept():
    drawing = b"(a) Tj " * (MEGABYTE // 7)
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(drawing) for _ in range(200)) + packer.flush()
    outcome = read(made_files.pdf("before", bomb, "after"), "pdf", cpu_seconds=1, memory_bytes=128 * MEGABYTE)
    assert (outcome.pages, outcome.page_count) == (("before",), 3)
    assert outcome.problem in ("time", "memory", "stopped")


def test_a_file_of_two_gigabytes_is_refused_without_being_read(tmp_path):
    path = tmp_path / "huge.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(2 * 1024 * MEGABYTE)
    started = time.monotonic()
    with path.open("rb") as file:
        assert read_file(file, "pdf", Limits()) == Outcome(problem="too-large")
    assert time.monotonic() - started < 1


def test_an_endless_loop_is_stopped_by_its_processor_time():
    started = time.monotonic()
    assert run("while True: pass", cpu_seconds=1, seconds=60) == Outcome(problem="time")
    assert time.monotonic() - started < 50


def test_a_child_that_sleeps_for_ever_is_killed():
    started = time.monotonic()
    assert run("import time\nwhile True: time.sleep(60)", seconds=1) == Outcome(problem="time")
    assert time.monotonic() - started < 5


def test_stopping_the_worker_stops_the_child(monkeypatch):
    children = []

    def interrupted(child, timeout=None):
        children.append(child)
        if len(children) == 1:
            raise KeyboardInterrupt
        return wait(child, timeout)

    wait = subprocess.Popen.wait
    monkeypatch.setattr(subprocess.Popen, "wait", interrupted)
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run("import time\ntime.sleep(60)")
    assert time.monotonic() - started < 5
    assert children[0].returncode == -signal.SIGKILL


def test_a_child_without_its_parent_ends_by_itself():
    program = "import signal, time; print(json.dumps({'text': str(signal.alarm(0))}))"
    assert int(run(program, seconds=30).pages[0]) > 30


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not bound a process's memory")
def test_a_memory_hog_is_refused_its_memory():
    outcome = run("held = bytearray(2 * 1024**3); print(json.dumps({'text': 'held'}))", memory_bytes=256 * MEGABYTE)
    assert outcome.pages == ()
    assert outcome.problem == "damaged"


def test_an_endless_answer_is_bounded():
    outcome = run("while True: print(json.dumps({'text': 'a' * 1000}))", output_bytes=100_000, seconds=30)
    assert outcome.problem == "damaged"
    assert sum(map(len, outcome.pages)) < 100_000


def test_a_child_that_is_killed_keeps_its_pages_and_says_so():
    killed = "print(json.dumps({'unit': 'page', 'page_count': 9}))\nprint(json.dumps({'text': 'one'}), flush=True)\n"
    killed += "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    assert run(killed) == Outcome(("one",), "page", 9, "stopped")
