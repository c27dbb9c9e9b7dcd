"""Loading the site's content: all or nothing, in both languages, again and again, and never over an editor's work."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import Page, ReferenceIndex, Revision, Site
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from assets.documents import checksum_of
from assets.models import CustomDocument, User
from home.loading.load import load_site_content
from home.loading.problems import ContentProblems
from home.models import HomePage, LoadedContent, SiteSettings
from resources.models import (
    BasePage,
    ConveningRecordingPage,
    GlossaryTerm,
    Organization,
    PartnerPage,
    ResourcePage,
    TranslationReview,
)
from resources.signals import works_changed
from resources.transcripts import cues_of_document
from tests.captions import SRT
from tests.small_content import RECORDING, SmallContent

pytestmark = pytest.mark.django_db


@pytest.fixture
def content(tmp_path, settings) -> SmallContent:
    settings.MEDIA_ROOT = tmp_path / "media"
    return SmallContent(tmp_path)


@pytest.fixture
def loaded(content) -> SmallContent:
    load_site_content(content.folder)
    return content


@pytest.fixture
def editor(admin_user) -> User:
    return admin_user


def edition(key: str, language: str = "en", model: type[BasePage] = ResourcePage) -> BasePage:
    return model.objects.get(key=key, locale__language_code=language)


def files_in(folder: Path) -> list[Path]:
    return [path for path in Path(folder).rglob("*") if path.is_file()]


# What a load makes


def test_the_site_opens_on_the_loaded_home_page_and_the_welcome_page_is_gone(loaded):
    assert Site.objects.get().root_page.specific == edition("home", "en", HomePage)
    assert not Page.objects.filter(title__startswith="Welcome to your new").exists()


def test_both_editions_are_live_in_their_own_trees_with_their_own_text(loaded):
    english, spanish = edition("guide"), edition("guide", "es")

    assert (english.live, english.url_path) == (True, "/front/library/guide/")
    assert (spanish.live, spanish.url_path) == (True, "/inicio/biblioteca/guia/")
    assert spanish.summary == "Una guía para las familias."
    assert [str(block.value) for block in spanish.body] == ["Antes de empezar", "<p>Tome su tiempo.</p>"]
    assert not any(page.has_unpublished_changes for page in (english, spanish))
    assert spanish.work == english


def test_what_does_not_depend_on_language_stands_on_the_source_edition(loaded):
    guide = edition("guide")

    assert (str(guide.date), guide.date_precision) == ("2025-06-01", "month")
    assert [topic.slug for topic in guide.topics.all()] == ["elpac"]
    assert [row.organization.name for row in guide.organizations.all()] == ["Alliance"]
    assert [(file.url, file.pages) for file in guide.files.all()] == [("https://example.org/guide.pdf", 12)]
    assert [row.work.specific for row in guide.related_works.all()] == [edition("hoja", "es")]
    assert edition("guide", "es").files.count() == 0


def test_the_tree_is_sound(loaded):
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_work_in_spanish_only_has_no_english_edition(loaded):
    assert edition("hoja", "es").is_source_edition
    assert not ResourcePage.objects.filter(key="hoja", locale__language_code="en").exists()


def test_links_to_works_become_links_to_their_pages_in_each_language(loaded):
    guide = edition("guide")
    for language, words in (("en", "guide"), ("es", "guía")):
        text = edition("home", language, HomePage).body[0].value.source
        assert f'<a id="{guide.pk}" linktype="page">{words}</a>' in text or (
            f'<a linktype="page" id="{guide.pk}">{words}</a>' in text
        )
        assert f'href="https://example.org/{language}"' in text


def test_glossary_terms_wait_for_a_person_to_review_them(loaded):
    term = GlossaryTerm.objects.get()

    assert not term.is_reviewed
    assert sorted(term.words.values_list("language", "kind", "text")) == [
        ("en", "family", "get out of EL"),
        ("es", "family", "salir del programa"),
    ]


def test_the_settings_of_the_site_are_loaded(loaded):
    site_settings = SiteSettings.load()

    assert (site_settings.contact.key, site_settings.footer_es) == ("ana", "Hecho para las familias.")


def test_documents_keep_language_checksum_and_size(loaded):
    document = CustomDocument.objects.get()

    assert (document.language, len(document.checksum)) == ("en", 64)
    assert edition("sample-guide").files.get().bytes == document.file.size


def test_captions_in_srt_are_kept_as_webvtt_and_known_again(content):
    content.write("samples/recordings.yaml", RECORDING.replace("es, file: panel.vtt", "es, file: panel.es.srt"))
    (content.folder / "samples" / "panel.es.srt").write_bytes(SRT.encode("cp1252"))
    load_site_content(content.folder)

    document = edition("recording", model=ConveningRecordingPage).captions.get().document
    assert (document.filename, document.is_captions) == ("panel.es.vtt", True)
    assert [cue.text for cue in cues_of_document(document)][1] == "La niñez aprende en dos idiomas."
    with document.open_file() as file:
        assert checksum_of(file) == document.checksum
    assert document.file_size == document.file.size
    assert load_site_content(content.folder).updated == 0
    assert CustomDocument.objects.filter(title__startswith="Grabación").count() == 1


def test_the_admin_finds_loaded_pages_and_knows_what_they_refer_to(loaded):
    assert [page.key for page in ResourcePage.objects.live().search("Tome su tiempo", operator="and")] == ["guide"]
    assert ReferenceIndex.get_references_to(edition("guide")).exists()


def test_changed_works_are_announced_once(content):
    announced = []
    works_changed.connect(listener := lambda keys, **_named: announced.append(keys))
    load_site_content(content.folder)
    works_changed.disconnect(listener)

    (keys,) = announced
    assert keys >= set(Page.objects.filter(depth__gt=1).values_list("translation_key", flat=True))


# Again


def test_loading_twice_changes_nothing(loaded):
    before = Revision.objects.count(), StringTranslation.objects.count()

    report = load_site_content(loaded.folder)

    assert (report.created, report.updated, report.kept) == (0, 0, [])
    assert (Revision.objects.count(), StringTranslation.objects.count()) == before
    assert CustomDocument.objects.count() == 1


def test_a_change_in_a_file_updates_both_editions_in_place(loaded):
    before = edition("guide").pk, edition("guide", "es").pk
    loaded.change("library/guides.yaml", "en: A guide for families.,", "en: A guide for every family.,")
    loaded.change("library/guides.yaml", "Tome su tiempo", "Tómese su tiempo")

    report = load_site_content(loaded.folder)

    english, spanish = edition("guide"), edition("guide", "es")
    assert (report.created, report.updated) == (0, 1)
    assert (english.pk, spanish.pk) == before
    assert english.summary == "A guide for every family."
    assert str(spanish.body[1].value) == "<p>Tómese su tiempo.</p>"


def test_a_work_that_gets_another_parent_moves_with_its_editions(loaded):
    loaded.write(
        "pages/more.yaml",
        "- {key: about, type: content, parent: home, slug: {en: about, es: acerca}, title: {en: About, es: Acerca}}\n"
        "- {key: more, type: content, parent: home, slug: {en: more, es: mas}, title: {en: More, es: Más}}\n",
    )
    load_site_content(loaded.folder)
    loaded.change(
        "pages/more.yaml", "key: more, type: content, parent: home", "key: more, type: content, parent: about"
    )

    load_site_content(loaded.folder)

    paths = set(Page.objects.filter(slug__in=["more", "mas"]).values_list("url_path", flat=True))
    assert paths == {"/front/about/more/", "/inicio/acerca/mas/"}


# Editors


def save(page: BasePage, user: User) -> None:
    page.save_revision(user=user).publish()


def test_an_editors_change_stays_when_the_file_changes(loaded, editor):
    page = edition("guide")
    page.summary = "An editor's words."
    save(page, editor)
    loaded.change("library/guides.yaml", "en: A guide for families.,", "en: The file's words.,")

    report = load_site_content(loaded.folder)

    assert report.kept == ["guide"]
    assert edition("guide").summary == "An editor's words."


def test_an_editors_translation_stays_when_the_file_changes(loaded, editor):
    string = StringTranslation.objects.get(data="La guía")
    string.data = "La guía, mejor dicha"
    string.save()
    loaded.change("library/guides.yaml", "en: A guide for families.,", "en: The file's words.,")

    report = load_site_content(loaded.folder)

    assert report.kept == ["guide"]
    assert StringTranslation.objects.filter(data="La guía, mejor dicha").exists()


def test_an_editors_unpublished_draft_stays(loaded, editor):
    page = edition("guide")
    page.title = "A draft"
    page.save_revision(user=editor)
    loaded.change("library/guides.yaml", "en: A guide for families.,", "en: The file's words.,")

    assert load_site_content(loaded.folder).kept == ["guide"]
    assert edition("guide").get_latest_revision_as_object().title == "A draft"


def test_what_an_editor_removed_is_not_loaded_again(loaded):
    edition("guide").delete()
    edition("guide", "es").delete()
    loaded.change("library/guides.yaml", "en: A guide for families.,", "en: The file's words.,")

    assert load_site_content(loaded.folder).kept == ["guide"]
    assert not ResourcePage.objects.filter(key="guide").exists()


def test_an_editors_organization_stays(loaded):
    Organization.objects.update(name="Renamed")
    loaded.change("organizations.yaml", "name: Alliance", "name: The Alliance")

    assert load_site_content(loaded.folder).kept == ["organization abc"]
    assert Organization.objects.get().name == "Renamed"


def test_overwrite_puts_back_what_editors_changed_or_removed(loaded, editor):
    page = edition("abc", "en", PartnerPage)
    page.summary = "An editor's words."
    save(page, editor)
    edition("guide").delete()
    edition("guide", "es").delete()
    Organization.objects.update(name="Renamed")

    report = load_site_content(loaded.folder, overwrite=True)

    assert report.kept == []
    assert edition("abc", "en", PartnerPage).summary == ""
    assert edition("guide", "es").title == "La guía"
    assert Organization.objects.get().name == "Alliance"
    assert [row.work.specific for row in edition("home", "en", HomePage).featured_works.all()] == [edition("guide")]


# Nothing or all


def test_a_problem_in_the_files_keeps_nothing(content):
    content.change("library/guides.yaml", "topics: [elpac]", "topics: [elpacs]")

    with pytest.raises(ContentProblems):
        load_site_content(content.folder)

    assert not any(model.objects.exists() for model in (HomePage, Organization, LoadedContent))


@pytest.mark.django_db(transaction=True)
def test_a_failure_on_the_way_keeps_neither_rows_nor_files(content, monkeypatch):
    def fail(*_arguments):
        assert files_in(settings.MEDIA_ROOT)
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("home.loading.load.update_indexes", fail)
    with pytest.raises(RuntimeError):
        load_site_content(content.folder)

    assert not any(model.objects.exists() for model in (HomePage, CustomDocument, LoadedContent))
    assert files_in(settings.MEDIA_ROOT) == []


def test_the_same_text_with_two_translations_in_one_place_is_named(content):
    content.change("library/guides.yaml", "en: <p>Take your time.</p>", "en: <p>Yes</p><p>Yes</p>")
    content.change("library/guides.yaml", "es: <p>Tome su tiempo.</p>", "es: <p>Sí</p><p>Claro</p>")

    with pytest.raises(ContentProblems, match="guide › body: “Yes” stands twice here with two translations"):
        load_site_content(content.folder)


def test_the_command_names_the_problems_and_loads_nothing(content, capsys):
    content.change("library/guides.yaml", "topics: [elpac]", "topics: [elpacs]")

    with pytest.raises(
        CommandError, match=r"Nothing was loaded\. To correct \(1\):\ncontent/library/guides\.yaml, line 11"
    ):
        call_command("load_site_content", folder=content.folder)


# Translations


def said(page: BasePage) -> dict:
    """The values of a page; bodies as data, since databases write their keys in different orders."""
    values = page.serializable_data()
    return {name: json.loads(value) if name in ("body", "questions") else value for name, value in values.items()}


def test_every_string_of_every_translation_is_in_the_translation_editor(loaded):
    progress = {str(translation.source): translation.get_progress() for translation in Translation.objects.all()}

    assert len(progress) == 6
    assert all(total == translated > 0 for total, translated in progress.values()), progress


def test_the_translation_editor_opens_with_the_spanish_strings(loaded, admin_client):
    response = admin_client.get(reverse("wagtailadmin_pages:edit", args=[edition("guide", "es").pk]))

    assert response.status_code == 200
    assert "Antes de empezar" in response.content.decode()


def test_saving_in_the_translation_editor_changes_nothing(loaded):
    for translation in Translation.objects.all():
        page = translation.get_target_instance()
        again = translation.source.get_ephemeral_translated_instance(translation.target_locale)
        assert said(again) == said(page)


def test_a_changed_english_sentence_leaves_the_other_spanish_ones(loaded, editor):
    page = edition("guide")
    page.body[0].value = "Before anything else"
    save(page, editor)

    TranslationSource.objects.get(object_id=page.translation_key).update_from_db()
    translation = Translation.objects.get(source__object_id=page.translation_key)
    translation.save_target(publish=False)

    total, translated = translation.get_progress()
    draft = edition("guide", "es").get_latest_revision_as_object()
    assert (total - translated, draft.title) == (1, "La guía")
    assert [str(block.value) for block in draft.body] == ["Before anything else", "<p>Tome su tiempo.</p>"]


def test_no_translation_is_marked_as_read_by_itself(loaded):
    assert not TranslationReview.objects.exists()
    assert set(StringTranslation.objects.values_list("tool_name", "translation_type")) == {
        ("Site content: draft, to be read by a person", "manual")
    }
