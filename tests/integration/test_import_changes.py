"""Changing works by a table: what stands in the way is said in the dry run, never met while writing."""

import pytest
from django.core.management import CommandError, call_command

from resources.models import ResourcePage
from tests.integration.import_world import make_site, problems_of, run, write_csv

pytestmark = pytest.mark.django_db
ENGLISH = {"key": "guide-one", "type": "guide", "title_en": "Guide", "summary_en": "A guide."}


@pytest.fixture(autouse=True)
def site(db):
    make_site()


# Text without an edition


@pytest.mark.parametrize("column", ["summary_es", "body_es", "slug_es"])
def test_text_in_a_language_without_an_edition_asks_for_the_title(tmp_path, column):
    run(write_csv(tmp_path / "works.csv", ENGLISH))
    path = write_csv(tmp_path / "works.csv", {"key": "guide-one", column: "una-guia"})
    for dry_run in (True, False):
        assert problems_of(path, dry_run=dry_run) == [(2, column)]
    sentences = {"en": "There is text in Spanish, and no title. Fill title_es.", "es": "Llene title_es."}
    for language, sentence in sentences.items():
        with pytest.raises(CommandError, match=sentence):
            call_command("import_library", path, verbosity=0, language=language)


def test_a_place_in_a_language_without_an_edition_asks_for_the_title(tmp_path):
    run(write_csv(tmp_path / "works.csv", {"key": "meeting", "type": "convening", "title_en": "Meeting"}))
    path = write_csv(tmp_path / "works.csv", {"key": "meeting", "place_es": "Fresno"})
    assert problems_of(path, dry_run=True) == [(2, "place_es")]


def test_a_new_work_with_text_in_a_language_that_no_column_titles_asks_for_the_title(tmp_path):
    path = write_csv(tmp_path / "works.csv", {**ENGLISH, "summary_es": "Una guía."})
    assert problems_of(path, dry_run=True) == [(2, "summary_es")]


def test_an_empty_cell_in_a_language_without_an_edition_says_nothing(tmp_path):
    run(write_csv(tmp_path / "works.csv", ENGLISH))
    report = run(write_csv(tmp_path / "works.csv", {"key": "guide-one", "summary_en": "New.", "summary_es": ""}))
    assert report.changed == ("guide-one",)
    assert ResourcePage.objects.get().summary == "New."
