"""Workbooks damaged on the way: refused as damaged or read as they are, never anything else."""

import datetime
import io
import random
import zipfile

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from assets.documents import validate_document
from resources.importing.problems import ImportRefused
from resources.importing.workbooks import read_rows

DAMAGED = {"en": "The file is damaged or is not an Excel workbook.", "es": "El archivo está dañado"}
ROWS = [["key", "title_es", "date"], *(["guía", f"Guía n.º {number}", "2024-06-12"] for number in range(40))]


def whole() -> bytes:
    book = openpyxl.Workbook()
    for key, title, date in ROWS:
        book.active.append([key, title, date if date == "date" else datetime.date.fromisoformat(date)])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def outcome(path, data: bytes) -> str | list[list[str]]:
    path.write_bytes(data)
    try:
        return [cells for _number, cells in read_rows(path)]
    except ImportRefused as refused:
        return str(refused)


def repacked(data: bytes, name: str, change) -> bytes:
    """The workbook with another content of one part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return buffer.getvalue()


@pytest.mark.parametrize("seed", range(4))
def test_changed_bytes_never_give_other_rows_nor_an_error(tmp_path, seed):
    data, chance = whole(), random.Random(seed)  # noqa: S311
    found = set()
    for _ in range(120):
        flipped = bytearray(data)
        for _ in range(chance.choice((1, 1, 3))):
            flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        result = outcome(tmp_path / "a.xlsx", bytes(flipped))
        assert result == ROWS or isinstance(result, str)
        found.add(isinstance(result, str))
    assert found == {True, False}


def test_a_workbook_cut_anywhere_is_damaged(tmp_path):
    data = whole()
    for length in range(1, len(data), len(data) // 40):
        assert DAMAGED["en"] in outcome(tmp_path / "a.xlsx", data[:length])


SHARED = b't="s"><v>9999</v>'
FAULTY_PARTS = {
    "a shared text that is not there": (
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b't="inlineStr"><is><t>key</t></is>', SHARED),
    ),
    "bytes that are no letters": ("xl/worksheets/sheet1.xml", lambda part: part.replace(b"title_es", b"\xff\xfe")),
    "numbers that are none": ("xl/styles.xml", lambda part: part.replace(b'numFmtId="', b'numFmtId="x')),
    "a list of sheets that is none": ("xl/workbook.xml", lambda part: b"<workbook/>"),
}


@pytest.mark.parametrize("fault", FAULTY_PARTS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_parts_that_contradict_each_other_are_damage(tmp_path, fault, language):
    data = repacked(whole(), *FAULTY_PARTS[fault])
    with override(language):
        assert DAMAGED[language] in outcome(tmp_path / "a.xlsx", data)


def marked(data: bytes, offset: int, value: int) -> bytes:
    """The workbook with another number in the entry of each part, in the list at its end and before the part."""
    changed = bytearray(data)
    for signature, shift in ((b"PK\1\2", 2), (b"PK\3\4", 0)):
        at = data.find(signature)
        while at >= 0:
            changed[at + offset + shift] = value
            at = data.find(signature, at + 4)
    return bytes(changed)


@pytest.mark.parametrize(("offset", "value"), [(6, 1), (8, 99), (8, 12), (8, 14), (4, 200)])
def test_locked_and_strangely_packed_workbooks_are_refused(tmp_path, offset, value):
    data = marked(whole(), offset, value)
    assert DAMAGED["en"] in outcome(tmp_path / "a.xlsx", data)


def test_an_office_file_of_a_later_kind_of_archive_is_refused_where_it_is_uploaded():
    with pytest.raises(ValidationError, match=r"is damaged or is not a \.xlsx"):
        validate_document(SimpleUploadedFile("a.xlsx", marked(whole(), 4, 200)))


def test_a_row_of_a_number_without_end_is_damage(tmp_path):
    data = repacked(
        whole(), "xl/worksheets/sheet1.xml", lambda part: part.replace(b'<row r="9"', b'<row r="999999999999"')
    )
    assert DAMAGED["en"] in outcome(tmp_path / "a.xlsx", data)


def test_a_sheet_that_says_a_wrong_size_is_read_whole(tmp_path):
    for size in (b"A1", b"A1:B2", b"A1:ZZ9999"):
        data = repacked(whole(), "xl/worksheets/sheet1.xml", lambda part, size=size: part.replace(b"A1:C41", size))
        assert outcome(tmp_path / "a.xlsx", data) == ROWS
