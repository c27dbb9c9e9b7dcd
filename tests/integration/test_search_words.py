"""What readers type is understood, in both languages."""

import pytest

from resources.models import Topic
from tests.search_site import find, kept_for_a_module, keys

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker) as site:
        _fill(site)
        yield site


def _fill(site):
    program = site.program("consortium", "Consortium")
    site.resource(
        "guide",
        title_en="A guide to reclassification",
        title_es="Guía de la reclasificación",
        summary_en="How children leave English learner status.",
        summary_es="Cómo los niños dejan de ser aprendices de inglés.",
        body_en="Four criteria decide.",
        body_es="La educación bilingüe ayuda a las familias.",
        files=["en"],
    )
    site.resource("years", title_es="El año escolar", summary_es="Fechas del año.", files=["es"])
    site.resource("anatomy", title_es="El ano", summary_es="Salud del ano.")
    site.resource(
        "letter", title_en="Guidance letter about AB 2268", title_es="Carta sobre la AB 2268", body_en="Kindergarten."
    )
    site.resource("figures", title_en="Figures", summary_en="228,626 learners", title_es="Cifras", summary_es="228.626")
    site.bill("AB 2268", "English learners: initial identification", program)
    site.bill("AB 2074", "English Learner Roadmap", program)
    site.index()


@pytest.mark.parametrize("text", ["educacion", "educación", "educaciones", "EDUCACIÓN", "bilingues", "familia"])
def test_accents_and_endings_do_not_matter(library, text):
    assert keys(text, "es")[0] == "guide"


def test_the_word_as_typed_comes_first(library):
    assert keys("año", "es") == ["years", "anatomy"]
    assert keys("ano", "es") == ["anatomy", "years"]


@pytest.mark.parametrize(
    "text",
    ["AB 2268", "ab2268", "AB-2268", "ab 2268", "A.B. 2268", "AB2268 English learners", "2268", "bill 2268"]
    + ["Assembly Bill 2268", "proyecto de ley 2268", "ley 2268", "proyecto de ley AB 2268", "ley 2268 kindergarten"],
)
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_bill_is_found_first_however_it_is_written(library, text, language):
    found = keys(text, language)
    assert found[0] == "ab-2268"
    assert "letter" in found


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_way_to_write_a_bill_finds_the_same_works(library, language):
    expected = keys("AB 2268", language)
    for text in ("ley 2268", "proyecto de ley 2268", "assembly bill no. 2268", '"AB2268"', '"ab 2268"'):
        assert set(keys(text, language)) == set(expected), text
    assert keys('"AB 2268" -"AB2268"', language) == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_bill_of_the_other_house_is_asked_about(library, language):
    found = find("SB 2268", language)
    assert (found.total, found.suggestion, found.is_repaired) == (0, "AB 2268", False)
    assert found.unknown_words == ("SB 2268",)


@pytest.mark.parametrize(("text", "language"), [("zzqx reclassification", "en"), ("reclasificación zzqx", "es")])
def test_readers_are_told_which_of_their_words_stand_nowhere(library, text, language):
    found = find(text, language)
    assert (found.results[0].key, found.unknown_words) == ("guide", ("zzqx",))


@pytest.mark.parametrize(("text", "language"), [("weather in Paris", "en"), ("el precio del pan", "es")])
def test_real_words_that_the_library_lacks_find_nothing_else(library, text, language):
    found = find(text, language)
    assert (found.total, found.suggestion) == (0, "")


def test_quoted_words_stand_together(library):
    assert keys('"English learner status"') == ["guide"]
    assert keys('"status learner"') == []


def test_a_minus_leaves_works_out(library):
    assert "letter" not in keys("2268 -letter")
    assert "ab-2268" in keys("2268 -letter")


def test_a_question_in_plain_words_finds_its_answer(library):
    assert keys("how do children leave English learner status")[0] == "guide"


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("text", ["children's", "child’s status", "guide-to-reclassification", "niños/familias"])
def test_as_many_works_are_listed_as_are_counted(library, text, language):
    results = find(text, language, size=100)
    assert len(results.results) == results.total > 0


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_long_number_is_found_with_its_thousands_parted(library, language):
    for text in ("228626", "228,626", "228.626"):
        results = find(text, language)
        assert ([result.key for result in results.results], results.unknown_words) == (["figures"], ())


def test_a_work_without_a_card_in_a_language_is_passed_over(library, monkeypatch):
    monkeypatch.setattr("search.documents._kept", lambda card: None)
    library.index()
    assert find("reclassification").results == ()


def test_a_word_that_exists_nowhere_finds_nothing(library):
    assert find("xyzzyqq").total == 0


def test_the_exact_title_comes_first(library):
    library.resource("other", title_en="Reclassification", body_en="short")
    library.index()
    found = keys("reclassification")[0], keys("A guide to reclassification")[0]
    assert found == ("other", "guide")


def test_the_other_language_is_found_too(library):
    assert keys("escolar", "en") == ["years"]
    assert keys("reclassification", "es")[0] == "guide"


def test_a_spanish_word_spelled_as_an_english_acronym_finds_spanish_texts_alone(library):
    library.resource("plans", title_en="Plans of every LEA", body_en="Local agencies.")
    library.resource("reading", title_es="Lea con su hijo en casa", body_es="Un cuento cada noche.")
    library.index()
    assert keys("lea con su hijo", "es")[0] == "reading"
    assert "plans" not in keys("lea con su hijo", "es")
    assert keys("LEA plans", "es")[0] == keys("lea", "en")[0] == "plans"


def test_matched_words_are_marked_in_the_language_of_the_text(library):
    found = find("niño", "es").results[0]
    assert found.key == "guide"
    assert "<mark>niños</mark>" in found.highlights[0].html
    assert found.highlights[0].lang == "es"


def test_a_mistake_is_mended_in_the_readers_language(library):
    library.resource("spanish", title_es="La educación", body_es="Educación para todos.")
    for key in ("one", "two", "three"):
        library.resource(key, title_en=f"Education {key}", body_en="In Spanish we say educación.")
    library.index()
    assert find("educasion", "es").suggestion == "educación"
    assert find("educasion", "en").suggestion == "education"
    library.resource("later", title_en="Again", body_en="Education is educación there.")
    library.catch_up()
    assert find("educasion", "es").suggestion == "educación"


def test_a_suggestion_is_spelled_with_its_accents(library):
    results = find("reclasificasion", "es")
    assert (results.suggestion, results.is_repaired) == ("reclasificación", True)
    assert results.results[0].key == "guide"
    assert find("reclasificasion", "es", repair=False).total == 0


@pytest.mark.parametrize(
    ("language", "text"), [("en", "about"), ("es", "sobre"), ("es", "de la"), ("en", "to be or not")]
)
def test_words_too_common_to_tell_works_apart_find_what_is_called_so(library, language, text):
    library.resource("about", title_en="About", title_es="Sobre")
    library.index()
    assert keys(text, language) == (["about"] if text in ("about", "sobre") else [])


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_name_of_a_topic_changes_beside_its_number_at_once(library, language):
    topic = Topic.objects.first() or Topic.objects.create(slug="data", name_en="Data", name_es="Datos")
    library.resource("named", title_en="Named work", title_es="Obra nombrada", topics=[topic.slug])
    library.index()

    def shown():
        facets = {facet.name: facet for facet in find("named nombrada", language).facets}
        return {value.label for value in facets["topic"].values}

    before = getattr(topic, f"name_{language}")
    assert before in shown()
    setattr(topic, f"name_{language}", "Zebra")
    topic.save()
    assert "Zebra" in shown()
