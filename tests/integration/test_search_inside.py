"""Search inside one work: moments of a recording in either language, pages of a resource's files; public ones only."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from assets.extraction.service import extract_document
from assets.models import CustomDocument
from resources import languages
from resources.models import GlossaryTerm, ResourceFile
from search.indexing import rebuild
from search.inside import moments_inside, search_inside
from search.query import LibraryQuery
from tests import factories, made_files
from tests.recordings import recording

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    """language → edition of a recording that is in the index; beside it another that says the same words."""
    editions = recording()
    factories.ConveningRecordingPageFactory(title="Reclassification elsewhere")
    rebuild()
    return editions


def labels(talk, text: str, language: str = "en", **options) -> list[tuple[str, str]]:
    found = moments_inside(talk["en"].translation_key, text, language, **options)
    return [(moment.lang, moment.label) for moment in found]


def address(talk, language: str) -> str:
    return languages.localized([talk["en"]], language)[talk["en"].translation_key].url


def test_moments_come_from_the_captions_of_both_languages(talk):
    GlossaryTerm.objects.all().delete()
    assert set(labels(talk, "reclassification")) == {("en", "10:00"), ("en", "32:10")}
    assert labels(talk, "reclasificación", "es") == [("es", "10:02")]
    assert labels(talk, "reclasificacion", "en") == [("es", "10:02")]


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_minus_leaves_places_out(talk, language):
    GlossaryTerm.objects.all().delete()
    assert labels(talk, "reclassification -Fresno", language) == [("en", "10:00")]
    assert labels(talk, "reclasificación -hablamos", language) == []
    assert labels(talk, "-Fresno", language) == []


def test_terms_of_the_glossary_are_found_in_the_other_language(talk):
    factories.GlossaryTermFactory(preferred_en="reclassification", preferred_es="reclasificación")
    assert set(labels(talk, "reclassification", "en")) == {("en", "10:00"), ("en", "32:10")}
    assert set(labels(talk, "reclassification", "es")) == {("es", "10:02"), ("en", "32:10")}


def test_what_holds_most_comes_first_and_the_limit_holds(talk):
    assert labels(talk, "reclassification Fresno")[0] == ("en", "32:10")
    assert labels(talk, "reclassification Fresno", limit=1) == [("en", "32:10")]
    assert labels(talk, "reclassification", limit=0) == []


def test_misspelled_words_are_repaired(talk):
    assert ("en", "10:00") in labels(talk, "reclasiffication")


def test_a_word_that_only_this_work_could_mean_is_looked_for_as_it_was_typed(talk, monkeypatch):
    """Its better spelling is in another work: here that finds nothing, and is not what the page says."""
    factories.ConveningRecordingPageFactory(title="Zanzibars")
    rebuild()
    found = search_inside(talk["en"].translation_key, LibraryQuery(text="zanzibarz", language="en"))
    assert (found.moments, found.asked) == ((), "zanzibarz")


def test_each_moment_opens_in_the_readers_edition(talk):
    [moment] = moments_inside(str(talk["es"].translation_key), "familias preguntan", "es")
    assert moment.url == f"{address(talk, 'es')}#t=1200"
    assert "<mark>familias</mark>" in moment.html


@pytest.mark.parametrize("text", ["", "   ", "-reclassification", '""', "volleyball", "\x00", "a" * 5_000])
def test_what_is_not_there_is_not_found(talk, text):
    assert labels(talk, text) == []


def test_a_work_made_private_since_tells_nothing(talk):
    PageViewRestriction.objects.create(page=talk["en"], restriction_type="login")
    assert labels(talk, "reclassification") == []


def test_captions_made_private_since_tell_nothing(talk):
    private = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    CustomDocument.objects.update(collection=private)
    assert labels(talk, "reclassification") == []


def guide_of_three_pages():
    page = factories.ResourcePageFactory(title="Guide")
    data = made_files.pdf("Welcome", "", "The seal of biliteracy is explained.")
    document = CustomDocument.objects.create(title="Guide", file=ContentFile(data, "guide.pdf"))
    ResourceFile.objects.create(page=page, language="en", document=document, format="pdf")
    extract_document(document.pk)
    rebuild()
    return page


def test_pages_of_the_files_of_a_resource_are_found():
    page = guide_of_three_pages()
    [moment] = moments_inside(page.translation_key, "biliteracy", "es")
    assert (moment.page, moment.url) == (3, f"{CustomDocument.objects.get().url}#page=3")


SENTENCES = {
    "en": (
        "Search inside this recording",
        "1 place where “families” comes up",
        "We did not find “volleyball” here. Check the spelling",
    ),
    "es": (
        "Buscar en esta grabación",
        "1 lugar donde se habla de «families»",
        "Aquí no encontramos «volleyball». Revise la ortografía",
    ),
}


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_of_a_recording_shows_its_moments(talk, client, language):
    GlossaryTerm.objects.all().delete()
    factories.GlossaryTermFactory(preferred_en="families", preferred_es="familias")
    form, count, nothing = SENTENCES[language]
    url = address(talk, language)
    plain = client.get(url).content.decode()
    assert form in plain
    assert f'action="{url}#inside"' in plain
    assert "inside-count" not in plain
    found = client.get(url, {"q": "families"}).content.decode()
    assert count in found
    assert 'class="timestamp" href="#t=1200"' in found
    assert 'value="families"' in found
    assert found.index('href="#t=1200"') < found.index('id="t=1200"')
    missed = client.get(url, {"q": "volleyball"}).content.decode()
    assert nothing in missed
    assert "?q=volleyball" in missed


@pytest.mark.parametrize(
    ("language", "hint"), [("en", "Language: Spanish. Words in that"), ("es", "Idioma: Español. Con palabras en ese")]
)
def test_where_nothing_is_found_in_the_other_language_only_the_page_says_so(client, language, hint):
    talk = recording(english="")
    rebuild()
    text = client.get(address(talk, language), {"q": "volleyball"}).content.decode()
    assert (hint in text) is (language == "en")
    assert hint not in client.get(address(talk, language), {"q": "familias"}).content.decode()


@pytest.mark.parametrize("text", ['<script>"', "'; drop", "a" * 2_000, "\x00", "%"])
def test_any_words_in_the_address_are_harmless(talk, client, text):
    answer = client.get(address(talk, "en"), {"q": text})
    assert answer.status_code in (200, 400)
    assert b'<script>"' not in answer.content


def test_a_page_without_captions_or_texts_has_no_such_form(client):
    page = factories.ConveningRecordingPageFactory(title="Silent")
    assert 'id="inside"' not in client.get(page.get_url()).content.decode()
    guide = factories.ResourcePageFactory(title="Link only")
    assert 'id="inside"' not in client.get(guide.get_url()).content.decode()


def test_without_words_nothing_is_asked_and_with_words_always_the_same(talk, client):
    url = address(talk, "en")

    def queries(**parameters) -> int:
        client.get(url, parameters)
        with CaptureQueriesContext(connection) as captured:
            client.get(url, parameters)
        return len(captured)

    plain, one, many = queries(), queries(q="Fresno"), queries(q="reclassification families English learners")
    assert queries(q="") == plain
    assert one == many
    assert one - plain <= 8


@pytest.mark.parametrize(
    ("language", "of_recording", "of_document"),
    [
        (
            "en",
            "You can read everything that is said in the transcript below.",
            "You can open the document and read it.",
        ),
        ("es", "puede leer todo lo que se dice en la transcripción, más abajo.", "puede abrir el documento y leerlo."),
    ],
)
def test_the_page_lives_on_where_no_engine_answers(talk, client, monkeypatch, language, of_recording, of_document):
    guide = guide_of_three_pages()
    monkeypatch.setattr("search.inside.first_answer", lambda ask: None)
    text = client.get(address(talk, language), {"q": "familias"}).content.decode()
    assert of_recording in text
    assert 'id="t=1200"' in text
    guide_address = languages.localized([guide], language)[guide.translation_key].url
    text = client.get(guide_address, {"q": "families"}).content.decode()
    assert of_document in text
    assert of_recording not in text
