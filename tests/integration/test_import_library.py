"""Importing a table: what is written, that it can be edited and translated on, that importing twice changes nothing."""

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from assets.models import CustomDocument, User
from resources.models import (
    ConveningPage,
    ConveningRecordingPage,
    Organization,
    Person,
    ResourcePage,
    Topic,
    WorkKey,
)
from resources.signals import works_changed
from tests.integration.import_world import GUIDE, make_site, problems_of, run, write_csv

pytestmark = pytest.mark.django_db
CAPTIONS = "WEBVTT\n\n00:01.000 --> 00:04.000\nWelcome to the convening.\n"


@pytest.fixture(autouse=True)
def site(db):
    make_site()


def editions(key: str) -> dict:
    pages = ResourcePage.objects.filter(key=key) or ConveningPage.objects.filter(key=key)
    return {page.locale.language_code: page for page in pages or ConveningRecordingPage.objects.filter(key=key)}


def stored_files() -> list[str]:
    return sorted(default_storage.listdir("documents")[1]) if default_storage.exists("documents") else []


def test_a_bilingual_row_becomes_two_public_editions_of_one_work(tmp_path):
    run(write_csv(tmp_path / "works.csv", GUIDE))
    english, spanish = editions("guide-one")["en"], editions("guide-one")["es"]
    assert english.translation_key == spanish.translation_key
    assert english.pk < spanish.pk
    assert (english.live, spanish.live) == (True, True)
    assert english.get_parent().specific.key == "library"
    assert (english.slug, spanish.slug) == ("guide-to-reclassification", "guia-de-reclasificacion")
    assert english.body[0].value.source == "<p>First paragraph.</p><p>Second &amp; last.</p>"
    assert spanish.body[0].value.source == "<p>Primer párrafo.</p><p>Segundo &amp; último.</p>"
    assert (english.date.isoformat(), english.date_precision) == ("2024-05-01", "month")
    assert [author.person.name for author in english.authors.all()] == ["Ana Ruiz", "Luis Peña"]
    assert {topic.slug for topic in english.topics.all()} == {"reclassification", "biliteracy"}
    assert [county.slug for county in english.counties.all()] == ["fresno"]
    assert [program.key for program in english.programs.all()] == ["el-win"]
    assert [(file.language, file.url, file.format) for file in english.files.all()] == [
        ("en", "https://example.org/guide.pdf", "pdf")
    ]
    assert not spanish.files.exists()
    assert spanish.resource_type.slug == "guide"


def test_the_tree_is_sound_after_an_import(tmp_path):
    rows = [{**GUIDE, "key": f"guide-{number}", "type": kind} for number, kind in enumerate(["guide", "convening"] * 3)]
    rows = [{k: v for k, v in row.items() if row["type"] == "guide" or k not in ("authors",)} for row in rows]
    run(write_csv(tmp_path / "works.csv", *rows, {"key": "talk", "type": "recording", "title_en": "Talk"}))
    assert Page.find_problems() == ([], [], [], [], [])
    for page in Page.objects.filter(depth__gt=1):
        assert page.url_path == f"{page.get_parent().url_path}{page.slug}/"
    assert len(set(Page.objects.values_list("url_path", flat=True))) == Page.objects.count()


def test_importing_twice_changes_nothing(tmp_path):
    path = write_csv(tmp_path / "works.csv", GUIDE, {"key": "talk", "type": "recording", "title_es": "Charla"})
    first = run(path)
    assert set(first.new) == {"guide-one", "talk", "talk-convening"}
    revisions, changed = Revision.objects.count(), []
    works_changed.connect(lambda keys, **_kwargs: changed.append(keys), weak=False, dispatch_uid="test")
    try:
        second = run(path)
    finally:
        works_changed.disconnect(dispatch_uid="test")
    assert (second.new, second.changed, second.unchanged) == ((), (), 2)
    assert Revision.objects.count() == revisions
    assert changed == []


def test_only_works_whose_cells_changed_are_updated(tmp_path):
    other = {**GUIDE, "key": "guide-two", "title_en": "Another guide", "title_es": "Otra guía"}
    run(write_csv(tmp_path / "works.csv", GUIDE, other))
    untouched = editions("guide-two")["en"].latest_revision_id
    changed = {**GUIDE, "summary_es": "Un resumen nuevo.", "topics": "biliteracy", "link_en": "https://example.org/b"}
    report = run(write_csv(tmp_path / "works.csv", changed, other))
    assert report.changed == ("guide-one",)
    english, spanish = editions("guide-one")["en"], editions("guide-one")["es"]
    assert spanish.summary == "Un resumen nuevo."
    assert spanish.latest_revision.content["summary"] == "Un resumen nuevo."
    assert [topic.slug for topic in english.topics.all()] == ["biliteracy"]
    assert [file.url for file in english.files.all()] == ["https://example.org/b"]
    assert english.title == GUIDE["title_en"]
    assert editions("guide-two")["en"].latest_revision_id == untouched


def test_columns_that_the_table_lacks_are_left_alone(tmp_path):
    run(write_csv(tmp_path / "works.csv", GUIDE))
    report = run(write_csv(tmp_path / "works.csv", {"key": "guide-one", "summary_es": "Otro resumen."}))
    assert report.changed == ("guide-one",)
    english, spanish = editions("guide-one")["en"], editions("guide-one")["es"]
    assert (english.summary, spanish.summary) == (GUIDE["summary_en"], "Otro resumen.")
    assert english.authors.count() == 2
    assert spanish.body[0].value.source == "<p>Primer párrafo.</p><p>Segundo &amp; último.</p>"


def test_a_row_in_spanish_alone_is_a_spanish_work(tmp_path):
    run(write_csv(tmp_path / "works.csv", {"key": "guia", "type": "guía", "title_es": "Guía", "body_es": "Hola."}))
    assert list(editions("guia")) == ["es"]
    assert not TranslationSource.objects.exists()


def test_a_language_can_be_added_later(tmp_path):
    run(write_csv(tmp_path / "works.csv", {"key": "guia", "type": "guide", "title_es": "Guía", "body_es": "Hola."}))
    row = {
        "key": "guia",
        "type": "guide",
        "title_es": "Guía",
        "title_en": "Guide",
        "body_es": "Hola.",
        "body_en": "Hi.",
    }
    run(write_csv(tmp_path / "works.csv", row))
    pages = editions("guia")
    assert set(pages) == {"en", "es"}
    assert pages["en"].body[0].value.source == "<p>Hi.</p>"
    translation = Translation.objects.get()
    assert (translation.source.locale.language_code, translation.target_locale.language_code) == ("es", "en")


def test_an_imported_work_opens_in_the_translation_editor_with_every_string(tmp_path):
    rich = '<h2>Steps</h2><p>Ask <b>today</b>.</p><ul><li>One <a href="https://a.org/en">here</a></li><li>Two</li></ul>'
    rico = '<h2>Pasos</h2><p>Pida <b>hoy</b>.</p><ul><li>Uno <a href="https://a.org/es">aquí</a></li><li>Dos</li></ul>'
    run(write_csv(tmp_path / "works.csv", {**GUIDE, "body_en": rich, "body_es": rico}))
    spanish = editions("guide-one")["es"]
    translation = Translation.objects.get(source__object_id=spanish.translation_key)
    total, translated = translation.get_progress()
    assert total == translated == 7
    before = spanish.body.raw_data[:]
    translation.save_target(publish=False)
    page = ResourcePage.objects.get(pk=spanish.pk).get_latest_revision_as_object()
    assert list(page.body.raw_data) == list(before)
    assert (page.title, page.slug, page.summary) == (spanish.title, spanish.slug, spanish.summary)
    client = Client()
    client.force_login(User.objects.create_superuser("ana", "ana@example.org", "x"))
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[spanish.pk]))
    assert answer.status_code == 200
    assert "Pida" in answer.content.decode()


def test_after_an_english_sentence_changes_every_other_spanish_string_is_kept(tmp_path):
    run(write_csv(tmp_path / "works.csv", GUIDE))
    pages = editions("guide-one")
    english = pages["en"]
    body = english.body.raw_data
    body[0]["value"] = body[0]["value"].replace("First paragraph.", "A new first paragraph.")
    english.save_revision().publish()
    source = TranslationSource.objects.get(object_id=english.translation_key)
    source.update_from_db()
    translation = Translation.objects.get(source=source)
    total, translated = translation.get_progress()
    assert translated == total - 1
    kept = {string.data for string in StringTranslation.objects.filter(context__object_id=english.translation_key)}
    assert {"Guía de reclasificación", "Segundo &amp; último.", GUIDE["summary_es"]} <= kept
    translation.save_target(publish=False)
    page = ResourcePage.objects.get(pk=pages["es"].pk).get_latest_revision_as_object()
    assert page.body[0].value.source == "<p>A new first paragraph.</p><p>Segundo &amp; último.</p>"


def test_a_changed_row_renews_the_strings_of_the_translation_editor(tmp_path):
    run(write_csv(tmp_path / "works.csv", GUIDE))
    run(
        write_csv(
            tmp_path / "works.csv", {**GUIDE, "body_en": "One.\n\nTwo.\n\nThree.", "body_es": "Uno.\n\nDos.\n\nTres."}
        )
    )
    translation = Translation.objects.get()
    total, translated = translation.get_progress()
    assert total == translated
    assert {"Uno.", "Dos.", "Tres."} <= set(StringTranslation.objects.values_list("data", flat=True))


def test_the_admin_can_edit_find_and_trace_what_was_imported(tmp_path):
    run(write_csv(tmp_path / "works.csv", GUIDE))
    english = editions("guide-one")["en"]
    client = Client()
    client.force_login(User.objects.create_superuser("ana", "ana@example.org", "x"))
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[english.pk]))
    assert answer.status_code == 200
    assert "First paragraph." in answer.content.decode()
    assert english.latest_revision_id == english.live_revision_id is not None
    assert ResourcePage.objects.live().search("reclassification")[0].key == "guide-one"
    assert ReferenceIndex.get_references_to(Organization.objects.get()).count() == 1
    assert english.latest_revision.as_object().topics.count() == 2


def test_recordings_stand_below_their_convening(tmp_path):
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "talk.en.vtt").write_text(CAPTIONS)
    convening = {"key": "meeting", "type": "convening", "title_en": "Meeting", "title_es": "Encuentro", "date": "2024"}
    talk = {
        "key": "talk",
        "type": "recording",
        "title_en": "Talk",
        "title_es": "Charla",
        "convening": "meeting",
        "video": "https://youtu.be/abc",
        "captions_en": "files/talk.en.vtt",
        "date": "2024-03-02",
    }
    run(write_csv(tmp_path / "works.csv", talk, convening))
    recording = editions("talk")["en"]
    assert recording.get_parent().specific.key == "meeting"
    assert recording.get_parent().numchild == 1
    assert recording.video_url == "https://youtu.be/abc"
    assert [track.language for track in recording.captions.all()] == ["en"]
    report = run(write_csv(tmp_path / "works.csv", talk, convening))
    assert report.unchanged == 2


def test_files_are_stored_once_for_each_content(tmp_path):
    (tmp_path / "a.txt").write_text("The same words.")
    (tmp_path / "b.txt").write_text("The same words.")
    rows = [{**GUIDE, "file_en": "a.txt"}, {**GUIDE, "key": "guide-two", "file_en": "b.txt"}]
    run(write_csv(tmp_path / "works.csv", *rows))
    assert CustomDocument.objects.count() == 1
    file = editions("guide-two")["en"].files.get(document__isnull=False)
    assert (file.format, file.bytes, file.language) == ("text", 15, "en")
    assert run(write_csv(tmp_path / "works.csv", *rows)).unchanged == 2


def test_a_rejected_row_keeps_everything_out_of_database_and_disk(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("Words that must go.")
    good = {**GUIDE, "file_en": "a.txt"}
    bad = {**GUIDE, "key": "guide-two", "topics": "reclasification"}
    before = (Page.objects.count(), Person.objects.count(), WorkKey.objects.count())
    files = stored_files()
    assert problems_of(write_csv(tmp_path / "works.csv", good, bad)) == [(3, "topics")]
    monkeypatch.setattr("resources.importing.page_rows.index_for_admin", lambda written: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(write_csv(tmp_path / "works.csv", good))
    assert (Page.objects.count(), Person.objects.count(), WorkKey.objects.count()) == before
    assert not CustomDocument.objects.exists()
    assert stored_files() == files


def test_a_dry_run_says_what_would_happen_and_writes_nothing(tmp_path):
    before = (Page.objects.count(), Person.objects.count())
    report = run(write_csv(tmp_path / "works.csv", GUIDE), dry_run=True)
    assert report.new == ("guide-one",)
    assert sorted(report.terms["people"]) == ["Ana Ruiz", "Luis Peña"]
    assert (Page.objects.count(), Person.objects.count()) == before


def test_unknown_terms_are_created_only_when_asked_for(tmp_path):
    path = write_csv(tmp_path / "works.csv", {**GUIDE, "topics": "Newcomer welcome"})
    assert problems_of(path) == [(2, "topics")]
    run(path, create_terms=True)
    assert Topic.objects.get(slug="newcomer-welcome").name_es == "Newcomer welcome"


def test_changed_works_are_announced_once(tmp_path):
    sent = []
    works_changed.connect(lambda keys, **_kwargs: sent.append(keys), weak=False, dispatch_uid="test")
    try:
        run(write_csv(tmp_path / "works.csv", GUIDE, {**GUIDE, "key": "guide-two"}))
    finally:
        works_changed.disconnect(dispatch_uid="test")
    assert sent == [set(ResourcePage.objects.values_list("translation_key", flat=True))]


def test_related_works_and_links_may_name_works_of_the_same_table(tmp_path):
    first = {**GUIDE, "related": "guide-two", "body_en": '<p>See <a work="guide-two">it</a>.</p>'}
    first["body_es"] = '<p>Vea <a work="guide-two">esto</a>.</p>'
    second = {**GUIDE, "key": "guide-two"}
    path = write_csv(tmp_path / "works.csv", first, second)
    run(path)
    english, other = editions("guide-one")["en"], editions("guide-two")["en"]
    assert english.related_works.get().work_id == other.pk
    assert f'id="{other.pk}"' in english.body[0].value.source
    assert run(path).unchanged == 2


def test_the_command_speaks_the_language_asked_for(tmp_path):
    path = write_csv(tmp_path / "works.csv", {**GUIDE, "date": "12/06/2024"})
    with pytest.raises(CommandError) as english:
        call_command("import_library", path, verbosity=0)
    assert "“12/06/2024” is not a date." in str(english.value)
    assert "Row 2, column date" in str(english.value)
    with pytest.raises(CommandError):
        call_command("import_library", path, verbosity=0, language="es")
