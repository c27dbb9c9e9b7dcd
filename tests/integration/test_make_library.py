"""The made library: the same for a seed, whole in both languages, and gone without a trace when removed."""

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from wagtail.models import Page

from assets.extraction.service import pages_of
from assets.models import CustomDocument, DocumentText
from resources.importing.made.composing import compose, phrases
from resources.models import ConveningRecordingPage, ResourcePage, WorkKey
from resources.transcripts import cues_of_document
from tests.integration.import_world import make_site

WORKS = 60


@pytest.fixture
def made(db):
    make_site()
    call_command("make_library", works=WORKS, seed=7, verbosity=0)


def test_works_follow_from_seed_and_number_alone():
    few, many = list(compose(7, 0, 20)), list(compose(7, 0, 40))
    assert few == many[:20]
    assert [work.titles for work in compose(8, 0, 20)] != [work.titles for work in few]


def test_made_works_are_varied():
    works = list(compose(7, 0, 2000))
    titles = {work.titles.get("en") or work.titles["es"] for work in works}
    assert len(titles) > 1900
    for name in ("topics", "audiences", "grade_spans"):
        used = {slug for work in works for slug in work.terms[name]}
        assert used == phrases()[name].keys()
    assert {work.date.year for work in works} >= set(range(2008, 2025))
    assert {work.languages for work in works} == {("en", "es"), ("en",), ("es",)}


def test_made_texts_have_no_holes():
    for work in compose(7, 0, 300):
        pages = [page for pages in work.pages.values() for page in pages]
        texts = [*work.titles.values(), *work.summaries.values(), *work.bodies.values(), *pages]
        assert not [text for text in texts if "{" in text or "None" in text]
        assert all(len(title) <= 255 for title in work.titles.values())


def test_made_works_have_pages_texts_and_transcripts(made):
    assert WorkKey.objects.filter(key__startswith="made-7-").count() == WORKS
    assert Page.find_problems() == ([], [], [], [], [])
    resource = ResourcePage.objects.filter(key="made-7-000003").order_by("pk").first()
    document = resource.files.first().document
    assert len(pages_of(document)) == 6
    recording = ConveningRecordingPage.objects.filter(key="made-7-000001").order_by("pk").first()
    assert [track.language for track in recording.captions.all()] == ["en", "es"]
    assert len(cues_of_document(recording.captions.first().document)) > 20
    assert recording.get_parent().specific.key == "made-7-000000"
    assert default_storage.exists(document.file.name)


def test_made_twice_adds_nothing_and_more_adds_the_rest(made):
    pages = Page.objects.count()
    call_command("make_library", works=WORKS, seed=7, verbosity=0)
    assert Page.objects.count() == pages
    call_command("make_library", works=WORKS + 2, seed=7, verbosity=0)
    assert WorkKey.objects.filter(key__startswith="made-").count() == WORKS + 2
    assert Page.find_problems() == ([], [], [], [], [])


def test_removed_works_leave_nothing(made):
    call_command("make_library", remove=True, verbosity=0)
    assert not WorkKey.objects.filter(key__startswith="made-").exists()
    assert not ResourcePage.objects.exists()
    assert not CustomDocument.objects.exists()
    assert not DocumentText.objects.exists()
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.django_db
def test_a_site_without_library_says_what_to_do():
    with pytest.raises(CommandError, match="load_site_content"):
        call_command("make_library", works=5, verbosity=0)
