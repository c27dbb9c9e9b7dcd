"""Completion: how the typed text may go on, each line once, and never with what the reader does not want."""

import pytest

from resources.models import GlossaryWord
from search.completion import complete
from tests import factories
from tests.search_site import kept_for_a_module

pytestmark = pytest.mark.django_db

LIBRARY = {"en": "/en/library/", "es": "/es/library/"}


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker) as site:
        site.resource("elpac", title_en="ELPAC", title_es="Elpac (ES)", topics=["elpac"])
        site.resource("elpac-guide", title_en="A guide to the ELPAC", title_es="Guía del ELPAC")
        for year in (2023, 2024):
            site.resource(f"figures-{year}", title_en="Yearly figures", title_es="Cifras del año")
        program = site.program("consortium", "Consortium")
        for number in ("AB 2268", "SB 2274", "AB 1174"):
            site.bill(number, "Rights of pupils", program)
        site.resource("law", title_en="Bill of rights 2225", title_es="Ley de derechos 2225")
        childcare = factories.GlossaryTermFactory(preferred_en="child care", preferred_es="cuidado infantil")
        GlossaryWord.objects.create(term=childcare, text="guardería", language="es", kind="family")
        factories.GlossaryTermFactory(preferred_en="land use", preferred_es="zonificación")
        site.resource("zoning", title_en="A guide to zoning", title_es="Guía de zonas", topics=["zona"])
        factories.GlossaryTermFactory(preferred_en="zoology", preferred_es="animales")
        site.resource("zoom", title_en="Zoom guide")
        site.resource("square", title_es="Zócalo y escuela")
        site.index()
        yield site


@pytest.mark.parametrize(("language", "term"), [("en", "child care"), ("es", "cuidado infantil")])
def test_families_words_lead_to_the_official_term(library, language, term):
    assert [line.text for line in complete("guarder", language)] == [term]


def lines(text: str, language: str) -> list[tuple[str, str]]:
    return [(line.text, line.url) for line in complete(text, language, LIBRARY[language])]


@pytest.mark.parametrize(("language", "name", "title"), [("en", "Elpac", "guide"), ("es", "Elpac (es)", "Guía")])
def test_a_work_of_the_same_name_is_found_by_the_search_for_it(library, language, name, title):
    found = lines("elpac", language)
    assert [(text, "?q=Elpac" in url) for text, url in found if text.lower() == name.lower()] == [(name, True)]
    assert any(title in text and "?q=" not in url for text, url in found)


@pytest.mark.parametrize(
    ("language", "typed", "title"), [("en", "year", "Yearly figures"), ("es", "cif", "Cifras del año")]
)
def test_a_title_that_two_works_have_is_one_line_that_searches(library, language, typed, title):
    [(text, url)] = lines(typed, language)
    assert text == title
    assert url.startswith(LIBRARY[language] + "?q=")


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("text", ["-elpac", "-elp", "gu -elpac", "-elpac gu", '-"elpac', '-"elpac gu', "-“elpac”"])
def test_an_excluded_word_is_not_completed(library, language, text):
    assert lines("elpac", language)
    assert lines(text, language) == []


@pytest.mark.parametrize(("language", "text"), [("en", "guide-elp"), ("en", "guide - elp"), ("es", '"guía del elp')])
def test_a_hyphen_or_an_open_quote_excludes_nothing(library, language, text):
    assert lines(text, language)


BILLS = {number: f"{number}: Rights of pupils" for number in ("AB 2268", "SB 2274", "AB 1174")}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        *[(text, ["AB 2268"]) for text in ("AB 2", "AB-2", "ab2", "AB 22", "A.B. 226", "ley AB 22", "bill AB 2268")],
        *[(text, ["AB 2268"]) for text in ("proyecto de ley AB 22", "Assembly Bill No. 2", "pupils AB 2")],
        *[(text, ["SB 2274"]) for text in ("SB 2", "Senate Bill 22", "proyecto de ley del senado 2")],
        *[(text, ["AB 2268", "SB 2274"]) for text in ("bill 2", "ley 22", "proyecto de ley 22")],
        ("AB 1", ["AB 1174"]),
    ],
)
def test_the_number_of_a_bill_is_completed_however_it_is_written(library, language, text, numbers):
    """Each bill is one line that opens it, before works that only hold the words."""
    found = lines(text, language)
    assert sorted(line for line, _url in found[: len(numbers)]) == [BILLS[number] for number in numbers]
    assert all("?q=" not in url for _line, url in found[: len(numbers)])
    assert not set(BILLS.values()) & {line for line, _url in found[len(numbers) :]}


@pytest.mark.parametrize(("language", "text"), [("en", "Bill 22"), ("es", "ley 22")])
def test_works_that_hold_the_words_are_offered_after_the_bills(library, language, text):
    assert lines(text, language)[-1][0] == {"en": "Bill of rights 2225", "es": "Ley de derechos 2225"}[language]


@pytest.mark.parametrize("text", ["ⒶⒶ", "bill", "ley 2023"])
def test_what_is_no_number_of_a_bill_completes_as_words(library, text):
    assert not set(BILLS.values()) & {line for line, _url in lines(text, "es")}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["zoology", "Zona", "Zoom guide", "zonificación", "Zócalo y escuela", "A guide to zoning"]),
        ("es", ["zonificación", "Zona (es)", "Zócalo y escuela", "zoology", "Zoom guide", "Guía de zonas"]),
    ],
)
def test_of_equally_good_suggestions_those_in_the_readers_language_come_first(library, language, expected):
    """What begins as typed in the other language comes before what begins otherwise."""
    assert [line for line, _url in lines("zo", language)] == expected
