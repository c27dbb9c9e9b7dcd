"""The JSON API gives what the page gives, and says plainly what it cannot use."""

from urllib.parse import urlencode

import pytest

from tests.search_site import kept_for_a_module, keys
from tests.unit.test_search_query import HOSTILE_TEXTS

pytestmark = pytest.mark.django_db

RESULT_FIELDS = {
    "key", "type", "resource_type", "url", "title", "lang", "languages", "editions", "summary", "highlights", "moments",
}  # fmt: skip


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker) as site:
        site.resource(
            "guide",
            title_en="A guide to reclassification",
            title_es="Guía de la reclasificación",
            summary_es="Para familias.",
            topics=["elpac"],
            files=["en"],
        )
        site.resource("handout", title_es="Hoja para familias", date="2024-02-01")
        site.resource("draft", title_en="Draft about reclassification", live=False)
        site.index()
        yield site


@pytest.fixture
def api(library, client):
    return lambda path, **params: client.get(f"/api/v1/{path}?{urlencode(params, doseq=True)}")


def test_a_search_answers_as_documented(api):
    answer = api("search", q="reclasificación", lang="es").json()
    assert {
        "query": "reclasificación",
        "lang": "es",
        "engine": "embedded",
        "degraded": False,
        "total": 1,
        "page": 1,
        "size": 20,
        "suggestion": None,
        "best_bets": [],
    }.items() <= answer.items()
    result = answer["results"][0]
    assert result.keys() >= RESULT_FIELDS
    assert result["key"] == "guide"
    assert result["lang"] == "es"
    assert result["languages"] == ["en"]
    assert result["editions"] == ["en", "es"]
    assert result["url"].startswith("http://testserver/es/")
    assert answer["facets"]["topic"] == [{"value": "elpac", "label": "Elpac (es)", "count": 1, "selected": False}]


def test_page_and_api_find_the_same(api):
    answer = api("search", q="familias", lang="en").json()
    assert [result["key"] for result in answer["results"]] == keys("familias", "en")


def test_a_fallback_says_its_language(api):
    result = api("works/handout", lang="en").json()
    assert (result["lang"], result["editions"], result["title"]) == ("es", ["es"], "Hoja para familias")


@pytest.mark.parametrize("key", ["draft", "nothing", "x" * 300])
def test_a_work_that_is_not_public_is_not_found(api, key):
    response = api(f"works/{key}")
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


@pytest.mark.parametrize("path", ["search", "complete"])
@pytest.mark.parametrize("text", [text for text in HOSTILE_TEXTS if text != "\ud800"])
def test_any_text_gets_an_answer_or_a_plain_refusal(api, path, text):
    response = api(path, q=text)
    assert response.status_code == (400 if len(text.strip()) > 300 else 200)
    assert response["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("params", "parameter"),
    [
        ({"page": "0"}, "page"),
        ({"page": "-1"}, "page"),
        ({"size": "101"}, "size"),
        ({"lang": "xx"}, "lang"),
        ({"sort": "best"}, "sort"),
        ({"topic": "x" * 101}, "topic"),
    ],
)
def test_a_parameter_that_cannot_be_used_is_named(api, params, parameter):
    response = api("search", **params)
    assert response.status_code == 400
    assert [problem["parameter"] for problem in response.json()["error"]["problems"]] == [parameter]


def test_a_page_past_the_end_is_empty(api):
    answer = api("search", page="1000000000", type="resource").json()
    assert (answer["total"], answer["results"]) == (2, [])


def test_unknown_values_and_parameters_find_nothing_and_do_no_harm(api):
    assert api("search", topic="nonsense").json()["total"] == 0
    assert api("search", nonsense="1", topic="", type="resource").json()["total"] == 2


def test_only_reading_is_allowed(api, client):
    assert client.post("/api/v1/search").status_code == 405


@pytest.mark.parametrize(
    ("text", "language"), [("rec", "en"), ("rec", "es"), ("gui", "es"), ("reclassification gu", "en")]
)
def test_completion_offers_public_works(api, text, language):
    lines = api("complete", q=text, lang=language).json()["completions"]
    assert any("eclas" in line["text"] for line in lines)
    assert not any("Draft" in line["text"] for line in lines)
