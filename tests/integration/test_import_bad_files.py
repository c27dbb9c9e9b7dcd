"""Files that must not be imported: every problem is named with row, column and remedy, and nothing is written."""

import datetime
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override
from wagtail.models import Page

from resources.importing import tables
from resources.importing.problems import ImportRefused
from resources.models import ResourcePage, ResourceType
from tests.integration.import_world import GUIDE, make_site, problems_of, run, write_csv

pytestmark = pytest.mark.django_db
HEADER = "key,type,title_en\n"


@pytest.fixture(autouse=True)
def site(db):
    make_site()


def refused(path: Path) -> ImportRefused:
    with pytest.raises(ImportRefused) as caught:
        run(path)
    assert all(problem.message and problem.remedy for problem in caught.value.problems)
    assert not ResourcePage.objects.exists()
    return caught.value


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("blank.csv", b"\n\n  \n"),
        ("header.csv", b"key,type,title_en\n"),
        ("old.xls", b"\xd0\xcf\x11\xe0"),
        ("table.ods", b"PK\x03\x04"),
        ("table", b"key,type\n"),
        ("workbook.csv", b"PK\x03\x04rest"),
        ("text.xlsx", b"key,type,title_en\na,guide,A\n"),
        ("half.xlsx", b"PK\x03\x04\x14\x00\x00\x00\x08\x00half"),
        ("open.csv", b'key,type,title_en\na,guide,"never closed\n'),
        ("latin.csv", "key,type,title_es\na,guide,Guía\n".encode("latin-1")),
        ("mixed.csv", "key,type,title_es\na,guide,Guía\n".encode() + "b,guide,Niñez\n".encode("latin-1")),
        ("nul.csv", b"key,type,title_en\na,guide,A\x00B\n"),
        ("wide.csv", b"key,type,title_en\na,guide,One, two\n"),
        ("array.jsonl", b"[1, 2]\n"),
        ("broken.jsonl", b'{"key": "a"\n'),
        ("twice.jsonl", b'{"key": "a", "key": "b"}\n'),
        ("nested.jsonl", b'{"key": "a", "type": {"a": 1}}\n'),
        ("deep.jsonl", b"[" * 100_000),
        ("half-name.jsonl", rb'{"key": "a", "type": "guide", "title_en": "A", "\ud83d": "x"}'),
        ("half-twice.jsonl", rb'{"key": "a", "type": {"\ud83d": 1, "\ud83d": 2}}'),
    ],
)
def test_files_that_are_no_table_are_refused_with_a_remedy(tmp_path, name, content):
    refused(written(tmp_path / name, content))


def test_a_missing_file_is_named(tmp_path):
    assert "nowhere.csv" in str(refused(tmp_path / "nowhere.csv"))


def test_text_of_two_encodings_names_its_line(tmp_path):
    data = b"key,type,title_es\na,guide,Guia\n" + "b,guide,Niñez\n".encode("latin-1")
    assert refused(written(tmp_path / "mixed.csv", data)).problems[0].row == 3


def test_letters_broken_on_the_way_name_their_cell(tmp_path):
    problem = refused(write_csv(tmp_path / "a.csv", {"key": "a", "type": "guide", "title_es": "GuÃ­a"})).problems[0]
    assert (problem.row, problem.column) == (2, "title_es")


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("dry_run", [True, False])
def test_half_a_character_is_named_before_anything_is_written(tmp_path, language, dry_run):
    cells = rb'{"key": "a", "type": "guide", "title_en": "x\ud83d", "topics": ["\udc00"]}'
    name = rb'{"key": "a", "type": "guide", "title_en": "x", "\ud83d": "x"}'
    told = []
    for content in (cells, name):
        with pytest.raises(CommandError) as caught:
            call_command(
                "import_library",
                written(tmp_path / "half.jsonl", content),
                language=language,
                dry_run=dry_run,
                verbosity=0,
            )
        told.append(str(caught.value))
    expected = {"en": ("Delete the cell", "name of a column"), "es": ("Borre la celda", "nombre de una columna")}
    remedy, named = expected[language]
    assert all(word in told[0] for word in ("title_en", "topics", remedy))
    assert named in told[1]
    assert not ResourcePage.objects.exists()


def test_a_character_written_in_two_halves_is_whole(tmp_path):
    run(written(tmp_path / "whole.jsonl", rb'{"key": "a", "type": "guide", "title_en": "x \ud83d\ude00"}'))
    assert ResourcePage.objects.get().title == "x 😀"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_marks_of_encoding_are_understood(tmp_path, encoding):
    run(written(tmp_path / "a.csv", "key,type,title_es\na,guide,Guía\n".encode(encoding)))
    assert ResourcePage.objects.get().title == "Guía"


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters_are_understood(tmp_path, delimiter):
    lines = [["key", "type", "title_en", "topics"], ["a", "guide", "Guide, first", '"reclassification;biliteracy"']]
    run(written(tmp_path / "a.csv", "\n".join(delimiter.join(line) for line in lines)))
    assert ResourcePage.objects.get().topics.count() == 2


def test_every_problem_of_every_row_is_named(tmp_path):
    path = write_csv(
        tmp_path / "a.csv",
        {**GUIDE, "topics": "reclasification", "date": "2024-13-01"},
        {**GUIDE},
        {"key": "", "type": "guide", "title_en": "No key"},
        {"key": "Bad Key", "type": "guide", "title_en": "Bad"},
        {"key": "strange", "type": "brochure", "title_en": "Strange"},
        {"key": "untitled", "type": "guide"},
        {"key": "el-win", "type": "guide", "title_en": "A program's key"},
        {"key": "half", "type": "guide", "title_en": "A", "title_es": "B", "summary_en": "Only English."},
        {"key": "uneven", "type": "guide", "title_en": "A", "title_es": "B", "body_en": "A\n\nB", "body_es": "A"},
        {"key": "stray", "type": "guide", "title_en": "A", "summary_es": "Sin título."},
        {"key": "link", "type": "guide", "title_en": "A", "link_en": "javascript:alert(1)"},
        {"key": "talk", "type": "recording", "title_en": "A", "authors": "Ana"},
        {"key": "kindless", "type": "resource", "title_en": "A"},
    )
    assert problems_of(path) == [
        (2, "date"),
        (2, "topics"),
        (3, "key"),
        (4, "key"),
        (5, "key"),
        (6, "type"),
        (7, ""),
        (8, "key"),
        (9, "summary_es"),
        (10, "body_es"),
        (11, "summary_es"),
        (12, "link_en"),
        (13, "authors"),
        (14, "resource_type"),
    ]
    message = str(refused(path))
    assert "“reclassification”" in message
    assert "Row 3, column key: The key “guide-one” is already in row 2." in message


def test_problems_are_told_in_the_language_of_the_reader(tmp_path):
    with override("es"):
        problem = refused(write_csv(tmp_path / "a.csv", {**GUIDE, "date": "ayer"})).problems[0]
        assert problem.column in problem.place


@pytest.mark.parametrize("column", ["titel_en", "topic", "", "link_xx_yy"])
def test_unknown_columns_are_named(tmp_path, column):
    content = f"key,type,title_en,{column}\na,guide,A,x\n"
    assert refused(written(tmp_path / "a.csv", content)).problems


def test_a_column_named_twice_is_refused(tmp_path):
    refused(written(tmp_path / "a.csv", "key,type,title_en,title_en\na,guide,A,B\n"))


@pytest.mark.parametrize("date", ["2024-02-30", "06/12/2024", "12.6.2024", "0024", "20240612", "2024-", "ayer", "²024"])
def test_dates_that_are_none_are_refused(tmp_path, date):
    assert problems_of(write_csv(tmp_path / "a.csv", {**GUIDE, "date": date})) == [(2, "date")]


def test_paths_that_leave_the_folder_are_refused(tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "table"
    folder.mkdir()
    (folder / "linked").symlink_to(tmp_path)
    (folder / "linked.txt").symlink_to(tmp_path / "secret.txt")
    for name in ("../secret.txt", str(tmp_path / "secret.txt"), "linked/secret.txt", "linked.txt", "..\\secret.txt"):
        assert problems_of(write_csv(folder / "a.csv", {**GUIDE, "file_en": name})) == [(2, "file_en")]


def test_files_that_are_not_what_they_say_are_refused(tmp_path):
    (tmp_path / "fake.pdf").write_text("not a PDF")
    (tmp_path / "tool.exe").write_bytes(b"MZ")
    (tmp_path / "bad.vtt").write_text("no captions")
    talk = {"key": "talk", "type": "recording", "title_en": "Talk", "captions_en": "bad.vtt"}
    rows = [{**GUIDE, "file_en": "fake.pdf"}, {**GUIDE, "key": "b", "file_en": "tool.exe"}, talk]
    path = write_csv(tmp_path / "a.csv", *rows, {**GUIDE, "key": "c", "file_en": "missing.pdf"})
    assert problems_of(path) == [(2, "file_en"), (3, "file_en"), (4, "captions_en"), (5, "file_en")]


@pytest.mark.parametrize(("language", "words"), [("en", "There is no file “xxx"), ("es", "No existe el archivo «xxx")])
def test_a_text_in_a_column_of_files_is_no_file(tmp_path, language, words):
    text = "x" * 5_000
    talk = {"key": "talk", "type": "recording", "title_en": "Talk"}
    rows = [{**GUIDE, "file_en": text}, {**talk, "captions_en": text}, {**talk, "key": "b", "video": f"{text}.mp4"}]
    with override(language):
        problems = refused(write_csv(tmp_path / "a.csv", *rows)).problems
    assert [(problem.row, problem.column) for problem in problems] == [(2, "file_en"), (3, "captions_en"), (4, "video")]
    assert all(words in problem.message and len(problem.message) < 120 for problem in problems)


@pytest.mark.parametrize(("language", "words"), [("en", "cannot be opened"), ("es", "No se puede abrir el archivo «")])
def test_a_file_that_may_not_be_read_is_named(tmp_path, monkeypatch, language, words):
    names = {"file_en": "guide.pdf", "captions_en": "talk.vtt", "video": "talk.mp4"}
    for name in names.values():
        (tmp_path / name).write_bytes(b"locked")
    opened = Path.open

    def barred(path, *args, **kwargs):
        if path.name in names.values():
            raise PermissionError(13, "Permission denied")
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", barred)
    talk = {"key": "talk", "type": "recording", "title_en": "Talk"}
    rows = [{**GUIDE, "file_en": "guide.pdf"}, {**talk, "captions_en": "talk.vtt", "video": "talk.mp4"}]
    with override(language):
        problems = refused(write_csv(tmp_path / "a.csv", *rows)).problems
    assert {(problem.row, problem.column) for problem in problems} == {(2, "file_en"), (3, "captions_en"), (3, "video")}
    assert all(words in problem.message and "import_library" in problem.remedy for problem in problems)


def test_names_that_are_nearly_known_are_taken_for_misspelled(tmp_path):
    path = write_csv(tmp_path / "a.csv", {**GUIDE, "organizations": "Californians Togehter"})
    assert "Californians Together" in str(refused(path))
    run(path, create_terms=True)


def test_markup_is_reduced_to_the_subset(tmp_path):
    body = (
        '<div onclick="x()">Read <script>alert(1)</script><a href="javascript:x">this</a> <img src=x> <b>now</b></div>'
    )
    run(write_csv(tmp_path / "a.csv", {"key": "a", "type": "guide", "title_en": "A", "body_en": body}))
    assert ResourcePage.objects.get().body[0].value.source == "<p>Read this <b>now</b></p>"


# Workbooks


def workbook(path: Path, *rows: list) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return book


def test_a_workbook_is_read_with_its_numbers_and_dates(tmp_path):
    rows = [["key", "type", "title_en", "date", "isbn"], ["a", "guide", "A", datetime.date(2024, 6, 12), 9780000]]
    workbook(tmp_path / "a.xlsx", *rows, ["b", "guide", "B", 2024, None])
    run(tmp_path / "a.xlsx")
    pages = {page.key: page for page in ResourcePage.objects.all()}
    assert (pages["a"].date.isoformat(), pages["a"].isbn) == ("2024-06-12", "9780000")
    assert pages["b"].date_precision == "year"


def test_formulas_are_never_evaluated(tmp_path):
    workbook(tmp_path / "a.xlsx", ["key", "type", "title_en"], ["a", "guide", '=HYPERLINK("https://evil.example")'])
    problem = refused(tmp_path / "a.xlsx").problems[0]
    assert (problem.row, problem.column) == (2, "title_en")
    run(write_csv(tmp_path / "a.csv", {"key": "a", "type": "guide", "title_en": "=1+1", "summary_en": "'@here"}))
    assert (ResourcePage.objects.get().title, ResourcePage.objects.get().summary) == ("=1+1", "@here")


def test_merged_cells_are_named(tmp_path):
    book = workbook(tmp_path / "a.xlsx", ["key", "type", "title_en"], ["a", "guide", "A"], ["b", None, "B"])
    book.active.merge_cells("B2:B3")
    book.save(tmp_path / "a.xlsx")
    assert "B2:B3" in str(refused(tmp_path / "a.xlsx"))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    workbook(tmp_path / "a.xlsx", ["key"], ["a"])
    with zipfile.ZipFile(tmp_path / "a.xlsx", "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/zeros", b"\0" * 300 * 1024 * 1024)
    monkeypatch.setattr(openpyxl, "load_workbook", lambda *args, **kwargs: pytest.fail("unpacked"))
    refused(tmp_path / "a.xlsx")


def test_entities_that_multiply_are_refused(tmp_path):
    workbook(tmp_path / "good.xlsx", ["key"], ["a"])
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha" * 50}">' for n in range(9))
    with zipfile.ZipFile(tmp_path / "good.xlsx") as good, zipfile.ZipFile(tmp_path / "a.xlsx", "w") as bad:
        for name in good.namelist():
            data = good.read(name)
            if name == "xl/worksheets/sheet1.xml":
                sheet = data.decode().partition("?>")[2] or data.decode()
                data = f"<!DOCTYPE x [{entities}]>{sheet.replace('<v>', '<v>&e8;')}".encode()
            bad.writestr(name, data)
    refused(tmp_path / "a.xlsx")


# Amounts


def test_more_rows_than_allowed_are_refused_quickly(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 100)
    rows = "".join(f"work-{number},guide,Work {number}\n" for number in range(150))
    assert "100" in str(refused(written(tmp_path / "a.csv", HEADER + rows)))


def test_a_huge_cell_is_refused(tmp_path):
    for length in (250_000, 600_000):
        refused(written(tmp_path / "a.csv", f"{HEADER}a,guide,{'x' * length}\n"))


def test_a_title_that_is_too_long_is_refused(tmp_path):
    assert problems_of(write_csv(tmp_path / "a.csv", {**GUIDE, "title_en": "x" * 300})) == [(2, "title_en")]


def test_nothing_is_left_of_a_refused_import(tmp_path):
    pages, terms = Page.objects.count(), ResourceType.objects.count()
    row = {**GUIDE, "date": "never"}
    (tmp_path / "a.jsonl").write_text(json.dumps(row))
    refused(tmp_path / "a.jsonl")
    assert (Page.objects.count(), ResourceType.objects.count()) == (pages, terms)
