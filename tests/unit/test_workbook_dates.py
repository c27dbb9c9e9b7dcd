"""Dates in workbooks are as exact as their cells show them."""

import datetime

import openpyxl
import pytest

from resources.importing.workbooks import read_rows
from resources.models import ResourcePage
from tests.integration.import_world import make_site, run

DAY, MONTH, YEAR = "2024-06-01", "2024-06", "2024"
SHOWN = [
    ("mmm-yy", MONTH),
    ("yyyy-mm", MONTH),
    ("MMMM YYYY", MONTH),
    ("[$-409]mmm\\-yy;@", MONTH),
    ("[$-C0A]mmmm\\ yyyy", MONTH),
    ('mmmm" de día "yyyy', MONTH),
    ("mmmm\\d\\e yyyy", MONTH),
    ("[Red]mmm yy", MONTH),
    ("mmm yy_d*d", MONTH),
    ("mmm", MONTH),
    ("mmm-yy;d/m/yy", MONTH),
    ('"d;d"mmm-yy', MONTH),
    ("yyyy", YEAR),
    ('"mes" yyyy', YEAR),
    ('[$-411]ggge"年"m"月"', MONTH),
    ("yyyy h:mm", YEAR),
    ("yyyy mm:ss", YEAR),
    ("yyyy h:mm AM/PM", YEAR),
    ("mmm yyyy h:mm", MONTH),
    ("mm/yyyy hh:mm:ss", MONTH),
    ("yyyy-mm-dd", DAY),
    ("d-mmm", DAY),
    ("[$-C0A]d\\ \\d\\e\\ mmmm\\ \\d\\e\\ yyyy;@", DAY),
    ('d "de" mmmm "de" yyyy', DAY),
    ("dddd, mmmm yyyy", DAY),
    ("h:mm", DAY),
]


def cell(path, number_format: str, value) -> str:
    book = openpyxl.Workbook()
    book.active.append(["date"])
    book.active.append([value])
    book.active["A2"].number_format = number_format
    book.save(path)
    return list(read_rows(path))[1][1][0]


@pytest.mark.parametrize(("number_format", "text"), SHOWN)
def test_a_date_is_as_exact_as_its_cell_shows_it(tmp_path, number_format, text):
    # With a time of day, so that formats that show only that give a date as well.
    assert cell(tmp_path / "a.xlsx", number_format, datetime.datetime(2024, 6, 1, 12, 30)) == text


@pytest.mark.django_db
@pytest.mark.parametrize(("number_format", "precision"), [("mmm-yy", "month"), ("yyyy", "year"), ("d-mmm-yy", "day")])
def test_a_month_typed_in_excel_is_imported_as_a_month(tmp_path, number_format, precision):
    make_site()
    book = openpyxl.Workbook()
    book.active.append(["key", "type", "title_en", "title_es", "date"])
    book.active.append(["a", "guide", "A", "Á", datetime.date(2024, 6, 1)])
    book.active["E2"].number_format = number_format
    book.save(tmp_path / "a.xlsx")
    run(tmp_path / "a.xlsx")
    assert {page.date_precision for page in ResourcePage.objects.all()} == {precision}
    assert ResourcePage.objects.count() == 2
