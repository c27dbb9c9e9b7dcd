"""Where nothing is found, every sentence of the page is true, stands there once, and helps."""

import re
from html import unescape

import pytest
from django.utils.html import strip_tags

from resources.models import GlossaryWord, ResourcePage
from search.models import BestBet, BestBetWording, BestBetWork
from tests import factories
from tests.search_site import kept_for_a_module

pytestmark = pytest.mark.django_db

SENTENCES = {
    "spelling": (
        "Check the spelling, or try other words that mean the same",
        "Revise la ortografía o pruebe con otras palabras que digan lo mismo",
    ),
    "bill": ("Check the number of the bill", "Revise el número del proyecto de ley"),
    "common": (
        "This word is too common to search for by itself: add one that says what you need",
        "Esta palabra es demasiado común para buscarla sola: agregue otra que diga qué necesita",
    ),
    "commons": (
        "These words are too common to search for by themselves: add one that says what you need",
        "Estas palabras son demasiado comunes para buscarlas solas: agregue otra que diga qué necesita",
    ),
    "word": ("Write at least one word or number", "Escriba al menos una palabra o un número"),
    "filters": ("Try with fewer filters", "Pruebe con menos filtros"),
    "help": (
        "Search with corrected spelling and related terms",
        "Buscar con la ortografía corregida y con términos relacionados",
    ),
    "everything": ("See everything in the library", "Ver todo lo que hay en la biblioteca"),
    "terms": ("You may be looking for:", "Quizás está buscando:"),
}


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker) as site:
        site.resource("schools", title_en="Report on schools", title_es="Informe sobre escuelas", topics=["elpac"])
        site.resource("families", title_en="For families", title_es="Para familias", topics=["data"])
        factories.GlossaryTermFactory(preferred_en="declining EL services", preferred_es="rechazo de servicios")
        _abbreviated("EL", preferred_en="English learner", preferred_es="aprendiz de inglés")
        _abbreviated("LEA", preferred_en="local educational agency", preferred_es="agencia educativa local")
        factories.GlossaryTermFactory(preferred_en="school site council", preferred_es="consejo del plantel")
        site.index()
        yield site


def _abbreviated(acronym, **preferred):
    term = factories.GlossaryTermFactory(**preferred)
    term.words.add(GlossaryWord(text=acronym, language="en", kind="acronym"))
    term.save()


@pytest.fixture
def words(library, client):
    """The words of the library page, line by line, without forms and the small print of cards."""

    def read(language: str, **params) -> list[str]:
        html = client.get(f"/{language}/library/", params).content.decode()
        main = re.search(r"<main.*</main>", html, re.S)[0]
        text = unescape(strip_tags(re.sub(r"<form.*?</form>|<span class=\"kind.*?</span>", "", main, flags=re.S)))
        return [" ".join(line.split()) for line in text.split("\n") if line.strip()]

    return read


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"q": "zxzxzx"}, ["spelling", "everything"]),
        ({"q": "zxzxzx qqqq"}, ["spelling", "everything"]),
        ({"q": "AB 9999"}, ["bill", "everything"]),
        ({"q": "??"}, ["word", "everything"]),
        ({"q": '""'}, ["word", "everything"]),
        ({"q": "EL"}, ["common", "everything"]),
        ({"q": "EL", "expand": "0"}, ["common", "help", "everything"]),
        ({"q": "EL -zxzxzx", "year": "1950"}, ["common", "everything"]),
        ({"q": "the"}, ["common", "everything"]),
        ({"q": "LEA"}, ["common", "everything"]),
        ({"q": "EL LEA"}, ["commons", "everything"]),
        ({"q": "la de los"}, ["commons", "everything"]),
        ({"q": "the zxzxzx"}, ["spelling", "everything"]),
        ({"q": "-zxzxzx", "year": "1950"}, ["filters", "everything"]),
        ({"year": "1950"}, ["filters"]),
        ({"q": "families familias", "topic": "elpac"}, ["filters", "everything"]),
        ({"q": '"schools families" "escuelas familias"'}, ["everything"]),
        ({"q": "zxzxzx", "year": "1950"}, ["spelling", "everything"]),
        ({"q": "shcools", "repair": "0"}, ["spelling", "help", "everything"]),
        ({"q": "zxzxzx", "expand": "0"}, ["spelling", "help", "everything"]),
    ],
)
def test_the_advice_fits_the_query(words, language, params, said):
    lines = words(language, **params)
    index = ["en", "es"].index(language)
    advice = {name: sentences[index] for name, sentences in SENTENCES.items() if name != "terms"}
    assert [line for line in lines if line in advice.values()] == [advice[name] for name in said]
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize(
    ("params", "english", "spanish"),
    [
        ({"q": "zxzxzx"}, "0 results for “zxzxzx”", "0 resultados para «zxzxzx»"),
        (
            {"q": "zxzxzx", "year": "1950"},
            "0 results for “zxzxzx” with your filters",
            "0 resultados para «zxzxzx» con sus filtros",
        ),
        ({"year": "1950"}, "0 works with your filters", "0 recursos con sus filtros"),
        ({"topic": "elpac"}, "1 work with your filters", "1 recurso con sus filtros"),
        ({}, "3 works in the library", "3 recursos en la biblioteca"),
        ({"q": "familas famlies"}, "1 result for “familias families”", "1 resultado para «familias families»"),
        (
            {"q": "familas famlies", "year": "1950"},
            "0 results for “familias families” with your filters",
            "0 resultados para «familias families» con sus filtros",
        ),
    ],
)
def test_the_heading_counts_what_was_asked(words, params, english, spanish):
    assert english in words("en", **params)
    assert spanish in words("es", **params)


@pytest.mark.parametrize(
    ("params", "english", "spanish"),
    [
        ({"q": "families familias", "topic": "elpac"}, "Without your filters", "Sin sus filtros"),
        ({"q": '"schools families" "escuelas familias"'}, "Without your quotation marks", "Sin sus comillas"),
        ({"q": "schools -report escuelas -informe"}, "Without your excluded words", "Sin sus palabras excluidas"),
        (
            {"q": '"schools families" -escuelas', "year": "1950"},
            "Without your filters, quotation marks and excluded words",
            "Sin sus filtros, comillas ni palabras excluidas",
        ),
    ],
)
def test_what_comes_near_says_what_it_is_without(words, params, english, spanish):
    assert english in words("en", **params)
    assert spanish in words("es", **params)


@pytest.mark.parametrize("language", ["en", "es"])
def test_terms_come_from_the_words_looked_for_and_never_repeat_them(words, language):
    terms = SENTENCES["terms"][["en", "es"].index(language)]
    own, other = ("educational", "site council") if language == "en" else ("educativa", "plantel")
    text = {"en": "council", "es": "consejo"}[language]
    assert terms in words(language, q=text)
    assert any(other in line for line in words(language, q=text))
    assert terms not in words(language, q=f"zxzxzx -{own}")
    assert not any(own in line for line in words(language, q=f"{text} -{own}")[2:])
    apart = {"en": "council -site", "es": "consejo -plantel"}[language]
    assert terms not in words(language, q=apart)
    whole = {"en": "school site council", "es": "consejo del plantel"}[language]
    assert terms not in words(language, q=whole, year="1950")


@pytest.mark.parametrize(
    ("text", "english", "spanish"),
    [
        ("EL", "English learner", "aprendiz de inglés"),
        ("el", "English learner", "aprendiz de inglés"),
        ("LEA", "local educational agency", "agencia educativa local"),
        ("EL LEA", "English learner · local educational agency", "aprendiz de inglés · agencia educativa local"),
    ],
)
def test_an_acronym_that_is_too_common_to_say_its_term_offers_it_first(words, text, english, spanish):
    for language, terms in (("en", english), ("es", spanish)):
        lines = words(language, q=text)
        assert lines[lines.index(SENTENCES["terms"][["en", "es"].index(language)]) + 1].startswith(terms)


@pytest.mark.parametrize(("language", "text"), [("en", "EL -learner"), ("es", "EL -aprendiz")])
def test_a_term_is_not_offered_for_its_acronym_where_a_word_of_it_is_excluded(words, language, text):
    assert not any("English learner" in line or "aprendiz de inglés" in line for line in words(language, q=text))


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_correction_is_said_once_and_can_be_undone_where_that_helps(words, language):
    said = {
        "en": "We corrected the spelling of “familas famlies”.",
        "es": "Corregimos la ortografía de «familas famlies».",
    }
    undo = {"en": "Search for it as I wrote it", "es": "Buscar tal como lo escribí"}
    found, none = words(language, q="familas famlies"), words(language, q="familas famlies", year="1950")
    assert found.count(said[language]) == none.count(said[language]) == 1
    assert undo[language] in found
    assert undo[language] not in none


@pytest.mark.parametrize(
    ("language", "heading"), [("en", "0 results for “xyzzyqq”"), ("es", "0 resultados para «xyzzyqq»")]
)
def test_a_recommendation_alone_stands_under_a_heading_that_counts_the_results(words, language, heading):
    bet = BestBet.objects.create()
    BestBetWording.objects.create(bet=bet, text="xyzzyqq")
    BestBetWork.objects.create(bet=bet, work=ResourcePage.objects.filter(key="families").first())
    lines = words(language, q="xyzzyqq")
    assert lines.index(heading) < lines.index({"en": "For families", "es": "Para familias"}[language])
    assert SENTENCES["spelling"][["en", "es"].index(language)] not in lines


@pytest.mark.parametrize(
    ("language", "params", "title"),
    [
        ("en", {"q": "schools"}, "schools – Library en"),
        ("es", {"q": "escuelas", "size": "1", "page": "2"}, "escuelas – Library es"),
        ("en", {"size": "1", "page": "2"}, "page 2 – Library en"),
        ("es", {"size": "1", "page": "2"}, "página 2 – Library es"),
        (
            "es",
            {"q": "informe escuelas familias", "size": "1", "page": "2"},
            "informe escuelas familias – página 2 – Library es",
        ),
        ("en", {"q": "a" * 100}, "a" * 69 + "… – Library en"),
        ("es", {}, "Library es"),
    ],
)
def test_the_title_names_the_words_and_the_page(library, client, language, params, title):
    html = client.get(f"/{language}/library/", params).content.decode()
    assert re.search(r"<title>(.*?)(?: · .*)?</title>", html)[1] == title


def test_a_page_whose_results_are_all_recommended_has_no_empty_list(library, client):
    bet = BestBet.objects.create()
    BestBetWording.objects.create(bet=bet, text="families")
    BestBetWork.objects.create(bet=bet, work=ResourcePage.objects.filter(key="families").first())
    html = client.get("/en/library/", {"q": "families"}).content.decode()
    assert "1 result for “families”" in html
    assert 'class="results works"' not in html
