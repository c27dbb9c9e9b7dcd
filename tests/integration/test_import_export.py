"""Exporting the library: what is written can be imported again and changes nothing."""

import csv

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from resources.importing.exporting import export_library
from resources.models import ResourcePage
from tests.integration.import_world import GUIDE, make_site, run, write_csv

pytestmark = pytest.mark.django_db
FORMATS = [".csv", ".xlsx", ".jsonl"]
CAPTIONS = "WEBVTT\n\n00:01.000 --> 00:04.000\nWelcome.\n"


@pytest.fixture
def works(db, tmp_path):
    make_site()
    (tmp_path / "a.txt").write_text("Words.")
    (tmp_path / "b.txt").write_text("Worte.")
    (tmp_path / "talk.vtt").write_text(CAPTIONS)
    talk = {"key": "talk", "type": "recording", "title_en": "Talk", "video": "https://youtu.be/a"}
    dangerous = {"key": "formula", "type": "report", "title_en": "=cmd|' /C calc'!A0", "summary_en": "'@SUM(1)"}
    run(
        write_csv(
            tmp_path / "works.csv",
            {**GUIDE, "file_en": "a.txt", "file_zh-Hans": "b.txt", "link_es": "https://a.org/x; https://b.org"},
            {
                **GUIDE,
                "key": "guide-two",
                "supersedes": "guide-one",
                "body_en": "<h2>A</h2><p>B</p>",
                "body_es": "<h2>C</h2><p>D</p>",
            },
            {**talk, "captions_en": "talk.vtt", "date": "2024"},
            dangerous,
            {"key": "guia", "type": "guide", "title_es": "Guía sola"},
        )
    )


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_export_imported_again_changes_nothing(works, tmp_path, suffix):
    path = tmp_path / "out" / f"library{suffix}"
    path.parent.mkdir()
    assert export_library(path) == 6
    report = run(path)
    assert (report.new, report.changed, report.unchanged) == ((), (), 6)


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_export_rebuilds_what_was_deleted(works, tmp_path, suffix):
    path, again = tmp_path / f"library{suffix}", tmp_path / "again.csv"
    export_library(path)
    export_library(tmp_path / "before.csv")
    for page in ResourcePage.objects.all():
        page.delete()
    assert len(run(path).new) == 4
    export_library(again)
    assert again.read_text() == (tmp_path / "before.csv").read_text()


def test_no_cell_of_an_export_is_a_formula(works, tmp_path):
    export_library(tmp_path / "library.csv")
    export_library(tmp_path / "library.xlsx")
    with (tmp_path / "library.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    sheet = openpyxl.load_workbook(tmp_path / "library.xlsx").active
    cells += [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert "'=cmd|' /C calc'!A0" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_bodies_that_a_cell_cannot_hold_stay_as_they_are(works, tmp_path):
    page = ResourcePage.objects.get(key="guide-one", locale__language_code="en")
    page.body = [("figure", {"value": "1 in 3", "label": "students", "source": "CDE", "period": "", "url": ""})]
    page.save_revision().publish()
    export_library(tmp_path / "library.csv")
    report = run(tmp_path / "library.csv")
    assert report.changed == ()
    assert ResourcePage.objects.get(pk=page.pk).body[0].block_type == "figure"


def test_the_command_writes_the_file_and_refuses_other_formats(works, tmp_path):
    call_command("export_library", tmp_path / "library.csv", verbosity=0)
    assert (tmp_path / "library.csv").stat().st_size > 500
    with pytest.raises(CommandError, match=r"\.csv, \.xlsx or \.jsonl"):
        call_command("export_library", tmp_path / "library.pdf", verbosity=0)
