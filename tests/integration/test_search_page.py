"""The library page: a search that works without JavaScript, in both languages, whatever is asked."""

import re
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.query import DEEPEST_RESULT, LibraryQuery
from search.results import LibraryResults
from tests.search_site import kept_for_a_module
from tests.unit.test_search_query import HOSTILE_TEXTS

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker) as site:
        for number in range(45):
            site.resource(
                f"work-{number}",
                title_en=f"Report {number} on schools",
                title_es=f"Informe {number} sobre escuelas",
                topics=["elpac"] if number % 2 else ["data"],
                date=f"2024-01-{number % 28 + 1:02d}",
                files=["en"],
            )
        links = '</p><ul><li><a href="/a">{}</a><a href="/b">{}</a></li><li>PDF</li></ul><p>'
        site.resource(
            "linked",
            title_en="Rights",
            title_es="Derechos de todos",
            body_en="Interpreters" + links.format("Read more", "Download"),
            body_es="Intérpretes" + links.format("Leer más", "Descargar"),
        )
        site.resource("spanish", title_es="Solo para familias", summary_es="Una hoja sobre los derechos.")
        site.index()
        yield site


@pytest.fixture
def get(library, client):
    def read(language="en", /, **params):
        return client.get(f"/{language}/library/?{urlencode(params, doseq=True)}")

    return read


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("text", [text for text in HOSTILE_TEXTS if text != "\ud800"])
def test_any_text_gives_a_normal_page(get, language, text):
    assert get(language, q=text).status_code == 200


@pytest.mark.parametrize(
    "params",
    [
        {"page": "0"},
        {"page": "-1"},
        {"page": "1000000000"},
        {"page": "x"},
        {"size": "0"},
        {"size": "1000000"},
        {"lang": "xx"},
        {"sort": "nonsense"},
        {"topic": "<script>"},
        {"topic": "x" * 5000},
        {"year": "\x00"},
        {"year": "²"},
        {"nonsense[]": "1"},
        {"type": ["resource"] * 300},
        {"county": ["a", "b", "'", '"']},
    ],
)
def test_any_parameter_gives_a_normal_page(get, params):
    response = get(**params)
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize(("language", "words"), [("en", "Remove filter: "), ("es", "Quitar el filtro: ")])
@pytest.mark.parametrize("params", [{"type": "zzz"}, {"language": "Español"}, {"year": "abc"}])
def test_a_value_that_no_work_can_have_is_a_filter_to_remove(get, language, words, params):
    page = get(language, q="schools", **params).content.decode()
    assert words + next(iter(params.values())) in page
    assert 'href="?q=schools"' in page


def test_switches_that_say_neither_yes_nor_no_are_passed_over(get):
    page = get(q="shcools", expand="2", repair="x").content.decode()
    assert "?q=shcools&amp;repair=0" in page


def test_a_page_past_the_end_shows_the_last(get):
    page = get(page="1000000000").content.decode()
    assert 'aria-current="page"' in page
    assert '<article class="work-card"' in page


def test_a_page_far_past_the_end_of_what_words_find_shows_the_last_too(get, monkeypatch):
    monkeypatch.setattr("search.relevance.BEST", 1)
    for number in (2, 1_000, 10**9, 10**12):
        page = get(q="report school", page=str(number), size="1").content.decode()
        assert 'aria-current="page"' in page
        assert '<article class="work-card"' in page


def test_no_page_is_offered_that_can_show_nothing():
    def pages(total: int, size: int) -> int:
        return LibraryResults(LibraryQuery(size=size), "embedded", total).pages

    assert [pages(total, 20) for total in (0, 20, 21, 10_000, 10_001, 100_000)] == [1, 1, 2, 500, 500, 500]
    assert pages(100_000, 30) * 30 <= DEEPEST_RESULT


def test_results_for_words_are_kept_out_of_web_search(get):
    assert b'name="robots" content="noindex"' in get(q="schools").content
    assert b'name="robots"' not in get().content


def test_filters_are_check_boxes_with_counts_and_removable_chips(get):
    page = get(topic="elpac", q="report").content.decode()
    assert re.search(r'<input type="checkbox" name="topic" value="elpac"\s+checked>', page)
    assert re.search(r'class="count">23<', page)
    assert 'href="?q=report"' in page
    assert "Remove filter: Elpac" in page


def test_the_count_is_announced(get):
    assert re.search(r'role="status">.{0,60}45 results for “schools”', get(q="schools").content.decode(), re.S)


def test_matched_words_are_marked(get):
    assert "<mark>derechos</mark>" in get("es", q="derecho").content.decode()


@pytest.mark.parametrize(
    ("language", "text", "excerpt"),
    [
        ("en", "interpreter", "<li><mark>Interpreters</mark> · Read more · Download · PDF</li>"),
        ("es", "descargar", "<li>Intérpretes · Leer más · <mark>Descargar</mark> · PDF</li>"),
    ],
)
def test_an_excerpt_keeps_links_and_items_apart(get, language, text, excerpt):
    assert excerpt in get(language, q=text).content.decode()


def test_a_fallback_edition_is_marked_with_its_language(get):
    page = get("en", q="familias").content.decode()
    assert re.search(r'<a href="[^"]+" lang="es">Solo para familias', page)


def test_what_is_typed_is_shown_as_text(get):
    page = get(q="<b>x</b>").content.decode()
    assert "<b>x</b>" not in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page


def test_nothing_found_shows_ways_forward(get):
    page = get(q="xyzzyqq").content.decode()
    assert "no-results" in page
    assert '<article class="work-card"' not in page
    page = get(q="schools", type="bill").content.decode()
    assert "Without your filters" in page
    assert '<article class="work-card"' in page


def test_a_mistyped_word_is_repaired_and_can_be_searched_as_typed(get):
    page = get(q="shcools").content.decode()
    assert "results for “schools”" in page
    assert "We corrected the spelling of “shcools”" in page
    assert "?q=shcools&amp;repair=0" in page
    assert "no-results" in get(q="shcools", repair="0").content.decode()


@pytest.mark.parametrize("params", [{}, {"q": "report"}, {"q": "report", "topic": ["elpac", "data"], "page": "2"}])
def test_a_search_costs_the_same_few_queries(get, params):
    counts = []
    for size in (1, 20, 40):
        get(size=size, **params)
        with CaptureQueriesContext(connection) as captured:
            get(size=size, **{**params, "page": "1"})
        counts.append(len(captured))
    assert max(counts) <= 20
    assert len(set(counts)) == 1


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("en", "zzqx schools", "Nothing in the library holds “zzqx”."),
        ("es", "escuelas zzqx", "Nada en la biblioteca contiene «zzqx»."),
    ],
)
def test_readers_are_told_which_words_the_results_are_not_about(get, language, text, told):
    assert told in get(language, q=text).content.decode()
    assert told not in get(language, q=text.replace("zzqx", "")).content.decode()
