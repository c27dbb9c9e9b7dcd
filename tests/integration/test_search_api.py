"""The JSON API gives what the page gives, and says plainly what it cannot use."""

import re
from urllib.parse import urlencode

import pytest
from django.core.cache import cache

from search.query import FACETS
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


@pytest.mark.parametrize("language", ["en", "es"])
def test_addresses_lead_here_from_any_site(api, language):
    for typed in ("gui", "hoja"):
        completions = api("complete", q=typed, lang=language).json()["completions"]
        assert completions
        assert all(line["url"].startswith(f"http://testserver/{language}/") for line in completions)


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
        ({"expand": "2"}, "expand"),
        ({"repair": "x"}, "repair"),
        ({"type": ["bill", "zzz"]}, "type"),
        ({"language": "Spanish"}, "language"),
        ({"year": "abc"}, "year"),
        ({"year": "24"}, "year"),
        ({"year": "２０２４"}, "year"),
    ],
)
def test_a_parameter_that_cannot_be_used_is_named(api, params, parameter):
    response = api("search", **params)
    assert response.status_code == 400
    assert [problem["parameter"] for problem in response.json()["error"]["problems"]] == [parameter]


@pytest.mark.parametrize(
    ("params", "english", "spanish"),
    [
        ({"expand": "2"}, "Write 0 or 1.", "Escriba 0 o 1."),
        ({"repair": "yes"}, "Write 0 or 1.", "Escriba 0 o 1."),
        ({"type": "zzz"}, "Choose one of: resource, recording, ", "Elija uno de estos: resource, recording, "),
        ({"language": "Spanish"}, "such as en, es, zh-Hans or ko.", "como en, es, zh-Hans o ko."),
        ({"year": "abc"}, "Write the year with four digits", "Escriba el año con cuatro cifras"),
    ],
)
def test_the_remedy_is_named_in_the_readers_language(api, params, english, spanish):
    for language, remedy in (("en", english), ("es", spanish)):
        [problem] = api("search", lang=language, **params).json()["error"]["problems"]
        assert remedy in problem["message"]


def test_what_the_description_allows_is_used(api):
    described = api("openapi.json").json()["paths"]["/api/v1/search"]["get"]["parameters"]
    schemas = {parameter["name"]: parameter["schema"] for parameter in described}
    for kind in schemas["type"]["items"]["enum"]:
        assert api("search", type=kind).status_code == 200
    for name in ("expand", "repair"):
        assert [api("search", **{name: value}).status_code for value in schemas[name]["enum"]] == [200, 200]
    assert api("search", language=["en", "zh-Hans"], year="2024").status_code == 200
    assert re.search(schemas["year"]["items"]["pattern"], "2024")
    assert not re.search(schemas["language"]["items"]["pattern"], "Spanish")


def test_completion_passes_over_parameters_that_it_does_not_have(api):
    assert api("complete", q="gui", type="zzz", page="0").json()["completions"]


def test_a_page_past_the_end_is_empty(api):
    answer = api("search", page="1000000000", type="resource").json()
    assert (answer["total"], answer["results"]) == (2, [])


def test_unknown_values_and_parameters_find_nothing_and_do_no_harm(api):
    for facet in set(FACETS) - {"type", "language", "year"}:
        assert api("search", **{facet: "nonsense"}).json()["total"] == 0
    assert api("search", year="1999").json()["total"] == api("search", language="fr").json()["total"] == 0
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


def test_answers_are_as_the_published_description_says(api):
    published = api("openapi.json").json()
    schemas = published["components"]["schemas"]
    answers = {
        "Results": [api("search", q=q, lang="es", page=page) for q in ("", "familias", "xyzzyqq") for page in (1, 9)],
        "Work": [api("works/guide"), api("works/handout", lang="en")],
        "Completions": [api("complete", q="rec"), api("complete", q="")],
        "Error": [api("search", page="0"), api("works/nothing"), api("complete", lang="xx")],
    }
    for name, responses in answers.items():
        for response in responses:
            assert problems_of(response.json(), schemas[name], schemas) == []
    assert problems_of({"error": {"code": 1, "message": "", "more": ""}}, schemas["Error"], schemas) == [
        "$.error.problems is missing",
        "$.error.code: 1 is no ['string']",
        "$.error.more is not described",
    ]


def test_the_description_names_every_parameter_of_a_search(api):
    described = api("openapi.json").json()["paths"]["/api/v1/search"]["get"]["parameters"]
    assert {"q", "lang", "sort", "page", "size", *FACETS} <= {parameter["name"] for parameter in described}


TYPES = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}


def problems_of(value, schema: dict, schemas: dict, place: str = "$") -> list[str]:
    """Where a value is not as a JSON schema says, as far as this description uses schemas."""
    if "$ref" in schema:
        return problems_of(value, schemas[schema["$ref"].rpartition("/")[2]], schemas, place)
    names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(isinstance(value, TYPES[name]) for name in names):
        return [f"{place}: {value!r} is no {names}"]
    problems = []
    if "enum" in schema and value not in schema["enum"]:
        problems.append(f"{place}: {value!r} is none of {schema['enum']}")
    if isinstance(value, list):
        for at, item in enumerate(value):
            problems += problems_of(item, schema["items"], schemas, f"{place}[{at}]")
    if isinstance(value, dict) and "properties" in schema:
        problems += [f"{place}.{name} is missing" for name in schema["required"] if name not in value]
        for name, item in value.items():
            if name not in schema["properties"]:
                problems.append(f"{place}.{name} is not described")
            else:
                problems += problems_of(item, schema["properties"][name], schemas, f"{place}.{name}")
    return problems


def test_an_answer_that_did_not_change_is_not_sent_again(api, client):
    first = api("search", q="familias")
    assert first["Access-Control-Allow-Origin"] == "*"
    again = client.get("/api/v1/search?q=familias", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    other = client.get("/api/v1/search?q=guide", headers={"If-None-Match": first["ETag"]})
    assert other.status_code == 200


def test_who_asks_too_often_is_told_to_wait(api, client, settings):
    cache.clear()
    settings.API_REQUESTS_A_MINUTE = 3
    answers = [client.get("/api/v1/complete?q=rec", REMOTE_ADDR="192.0.2.7") for _number in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert answers[-1].json()["error"]["code"] == "too_many_requests"
    assert client.get("/api/v1/complete?q=rec", REMOTE_ADDR="192.0.2.8").status_code == 200
