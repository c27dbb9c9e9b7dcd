"""Changing works by a table: what stands in the way is said in the dry run, never met while writing."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page, Revision

from assets.models import CustomDocument
from resources.importing.problems import ImportRefused
from resources.models import ConveningRecordingPage, ResourcePage
from tests.integration.import_world import GUIDE, make_site, problems_of, run, write_csv

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


# Addresses and moves

MEETING = {"key": "meeting", "type": "convening", "title_en": "Meeting", "title_es": "Encuentro"}
TALK = {"key": "talk", "type": "recording", "title_en": "Talk", "title_es": "Charla", "convening": "meeting"}


def recording(key: str, language: str) -> ConveningRecordingPage:
    return ConveningRecordingPage.objects.get(key=key, locale__language_code=language)


def said(path: Path, language: str) -> str:
    with override(language), pytest.raises(ImportRefused) as refused:
        run(path, dry_run=True)
    return str(refused.value)


def test_a_recording_does_not_move_to_a_convening_without_one_of_its_languages(tmp_path):
    other = {"key": "english-only", "type": "convening", "title_en": "English only"}
    run(write_csv(tmp_path / "works.csv", MEETING, other, TALK))
    path = write_csv(tmp_path / "works.csv", {"key": "talk", "convening": "english-only"})
    for dry_run in (True, False):
        assert problems_of(path, dry_run=dry_run) == [(2, "convening")]
    assert "The convening “english-only” has no edition in Spanish. Give it one first" in said(path, "en")
    assert "El encuentro «english-only» no tiene edición en español." in said(path, "es")


def test_a_recording_does_not_move_to_where_another_has_its_address(tmp_path):
    there = {**TALK, "key": "other-talk", "convening": "other"}
    run(write_csv(tmp_path / "works.csv", MEETING, {**MEETING, "key": "other"}, TALK, there))
    path = write_csv(tmp_path / "works.csv", {"key": "talk", "convening": "other"})
    for dry_run in (True, False):
        assert problems_of(path, dry_run=dry_run) == [(2, "convening"), (2, "convening")]
    assert "Another page there has the address “talk”. Choose another address in slug_en" in said(path, "en")
    assert "En ese lugar otra página ya tiene la dirección «charla»." in said(path, "es")
    moved = {"key": "talk", "convening": "other", "slug_en": "second-talk", "slug_es": "segunda-charla"}
    run(write_csv(tmp_path / "works.csv", moved))
    assert recording("talk", "es").url_path.endswith("encuentro-2/segunda-charla/")
    assert Page.find_problems() == ([], [], [], [], [])


def test_an_address_in_a_table_without_titles_is_checked(tmp_path):
    run(write_csv(tmp_path / "works.csv", ENGLISH, {**ENGLISH, "key": "guide-two", "title_en": "Second"}))
    path = write_csv(tmp_path / "works.csv", {"key": "guide-two", "slug_en": "guide"})
    for dry_run in (True, False):
        assert problems_of(path, dry_run=dry_run) == [(2, "slug_en")]
    run(write_csv(tmp_path / "works.csv", {"key": "guide-two", "slug_en": "second-guide"}))
    assert ResourcePage.objects.get(key="guide-two").slug == "second-guide"


def test_a_new_work_is_not_given_the_address_that_another_is_changed_to(tmp_path):
    run(write_csv(tmp_path / "works.csv", {**ENGLISH, "title_en": "First"}))
    new = {**ENGLISH, "key": "guide-two"}
    run(write_csv(tmp_path / "works.csv", {**ENGLISH, "title_en": "First", "slug_en": "guide"}, {**new, "slug_en": ""}))
    assert {page.key: page.slug for page in ResourcePage.objects.all()} == {
        "guide-one": "guide",
        "guide-two": "guide-2",
    }


def test_a_recording_moves_to_a_convening_of_the_same_table_that_has_new_recordings(tmp_path):
    run(write_csv(tmp_path / "works.csv", MEETING, TALK, {**TALK, "key": "third", "title_es": ""}))
    coming = {**MEETING, "key": "coming"}
    new = {**TALK, "key": "new-talk", "convening": "coming"}
    third = {**TALK, "key": "third", "title_es": "Tercera", "convening": "coming", "title_en": "Third"}
    path = write_csv(tmp_path / "works.csv", coming, new, {**TALK, "convening": "coming"}, third)
    run(path)
    pages = [recording(key, language) for key in ("new-talk", "talk", "third") for language in ("en", "es")]
    assert {page.get_parent().specific.key for page in pages} == {"coming"}
    assert (recording("talk", "en").slug, recording("new-talk", "en").slug) == ("talk", "talk-3")
    assert Page.find_problems() == ([], [], [], [], [])
    assert run(path).unchanged == 4


def test_what_only_the_page_itself_refuses_is_told_with_its_row(tmp_path, monkeypatch):
    run(write_csv(tmp_path / "works.csv", ENGLISH))
    ResourcePage.objects.update(doi="no DOI at all")
    path = write_csv(tmp_path / "works.csv", {"key": "guide-one", "slug_en": "another"})
    assert problems_of(path) == [(2, "")]
    monkeypatch.setattr("resources.importing.page_rows.update_rows", unusable)
    assert problems_of(write_csv(tmp_path / "works.csv", {"key": "guide-one", "summary_en": "New."})) == [(0, "")]


# What editors have begun


def draft(language: str, **values) -> ResourcePage:
    page = ResourcePage.objects.get(key="guide-one", locale__language_code=language)
    for name, value in {"summary": "Begun.", **values}.items():
        setattr(page, name, value)
    page.save_revision()
    return page


def test_unpublished_changes_are_not_put_aside(tmp_path):
    run(write_csv(tmp_path / "works.csv", GUIDE))
    page = draft("es")
    path = write_csv(tmp_path / "works.csv", {"key": "guide-one", "summary_en": "New."})
    for dry_run in (True, False):
        assert problems_of(path, dry_run=dry_run) == [(2, "")]
    assert "Row 2: The Spanish edition has unpublished changes. Publish or discard them" in said(path, "en")
    assert "La edición en español tiene cambios sin publicar. Publíquelos o descártelos" in said(path, "es")
    assert page.get_latest_revision_as_object().summary == "Begun."
    assert run(write_csv(tmp_path / "works.csv", GUIDE)).unchanged == 1
    page.get_latest_revision().publish()
    assert run(path).changed == ("guide-one",)


def test_a_scheduled_publication_is_not_cancelled(tmp_path):
    run(write_csv(tmp_path / "works.csv", GUIDE))
    page = draft("en", go_live_at=timezone.now() + timedelta(days=1))
    page.get_latest_revision().publish()
    path = write_csv(tmp_path / "works.csv", {"key": "guide-one", "summary_en": "New."})
    for dry_run in (True, False):
        assert problems_of(path, dry_run=dry_run) == [(2, "")]
    assert "The English edition is scheduled for publication. Wait until" in said(path, "en")
    assert "La edición en inglés tiene una publicación programada. Espere" in said(path, "es")
    assert Revision.objects.filter(approved_go_live_at__isnull=False).count() == 1


def test_a_work_that_was_taken_off_the_site_can_be_changed_as_long_as_nobody_edits_it(tmp_path):
    run(write_csv(tmp_path / "works.csv", ENGLISH))
    ResourcePage.objects.get().unpublish()
    path = write_csv(tmp_path / "works.csv", {"key": "guide-one", "summary_en": "New."})
    assert run(path, dry_run=True).changed == ("guide-one",)
    draft("en")
    assert problems_of(path, dry_run=True) == [(2, "")]


def test_looking_for_drafts_asks_no_more_for_more_works(tmp_path):
    keys = [f"guide-{number}" for number in range(6)]
    run(write_csv(tmp_path / "works.csv", *({**ENGLISH, "key": key} for key in keys)))

    def queries(keys: list[str]) -> int:
        path = write_csv(tmp_path / "works.csv", *({"key": key, "summary_en": "New."} for key in keys))
        with CaptureQueriesContext(connection) as captured:
            run(path, dry_run=True)
        return len(captured)

    assert queries(keys[:2]) == queries(keys)


# What one column needs of another


def test_a_document_is_named_after_its_work_wherever_its_column_stands(tmp_path):
    (tmp_path / "a.txt").write_text("The first words.")
    (tmp_path / "b.txt").write_text("The second words.")
    run(write_csv(tmp_path / "works.csv", {"key": "guide-one", "file_en": "a.txt", **ENGLISH}))
    assert CustomDocument.objects.get().title == "Guide"
    changed = {"key": "guide-one", "file_en": "b.txt", **ENGLISH, "title_en": "New guide"}
    run(write_csv(tmp_path / "works.csv", changed))
    assert CustomDocument.objects.latest("pk").title == "New guide"


@pytest.mark.parametrize(("column", "date"), [("date_end", "2024-03-01"), ("date", "2024-03-05")])
def test_a_date_is_compared_with_the_one_that_the_library_has(tmp_path, column, date):
    run(write_csv(tmp_path / "works.csv", {**MEETING, "date": "2024-03-02", "date_end": "2024-03-04"}))
    path = write_csv(tmp_path / "works.csv", {"key": "meeting", column: date})
    assert problems_of(path, dry_run=True) == [(2, column)]
    assert "The last day is before the first." in said(path, "en")
    assert "El último día" in said(path, "es")
    assert run(write_csv(tmp_path / "works.csv", {"key": "meeting", column: "2024-03-03"})).changed == ("meeting",)


def unusable(pages):
    raise ValidationError("This cannot be written.")
