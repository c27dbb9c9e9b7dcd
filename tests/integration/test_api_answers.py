"""How the API answers: errors as documented and in the language asked, to any site, and nothing twice."""

import pytest
from django.conf import settings
from django.core.cache import cache

from search import openapi
from tests.integration.test_search_api import problems_of
from tests.search_site import kept_for_a_module

pytestmark = pytest.mark.django_db

PATHS = ["search?q=guide", "complete?q=gui", "works/guide?", "openapi.json?"]
WORDS = {
    "unknown": {"en": "There is nothing at this address.", "es": "No hay nada en esta dirección."},
    "method": {"en": "This address can only be read.", "es": "Esta dirección solo se puede leer."},
    "work": {"en": "No public work has this key.", "es": "Ninguna obra pública tiene esta clave."},
    "parameter": {"en": "Some parameters cannot be used.", "es": "Algunos parámetros no se pueden usar."},
    "haste": {"en": "Please wait a moment and ask again.", "es": "Espere un momento e inténtelo de nuevo."},
}


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker) as site:
        site.resource("guide", title_en="A guide", title_es="Una guía", topics=["elpac"], files=["en"])
        site.index()
        yield site


@pytest.fixture(params=["en", "es"])
def language(request):
    return request.param


@pytest.fixture
def reader(library, client, language):
    """A reader whose cookie and browser say the other language than the one asked for."""
    other = {"en": "es", "es": "en"}[language]
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = other
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = other
    cache.clear()
    return client


def error_of(response, status: int) -> dict:
    """The error, after it was held against its description."""
    assert response.status_code == status
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert problems_of(response.json(), openapi.SCHEMAS["Error"], openapi.SCHEMAS) == []
    return response.json()["error"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/",
        "/api/v1/nothing",
        "/api/v1/search/",
        "/api/v1/works/",
        "/api/v1/works/a/b",
        "/api/",
        "/api/v2/search",
    ],
)
def test_an_address_that_is_none_is_said_in_json(reader, language, path):
    error = error_of(reader.get(f"{path}?lang={language}"), 404)
    assert (error["code"], error["message"]) == ("not_found", WORDS["unknown"][language])


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", [*PATHS, "nothing?"])
def test_whoever_wants_to_write_is_told_what_is_allowed(reader, language, path, method):
    response = getattr(reader, method)(f"/api/v1/{path}&lang={language}")
    error = error_of(response, 405)
    assert (error["code"], error["message"]) == ("method_not_allowed", WORDS["method"][language])
    assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [("works/nothing?", 404, "work"), ("works/a%20b?", 404, "work"), ("search?page=0", 400, "parameter")],
)
def test_errors_speak_the_language_asked_whatever_the_cookie_says(reader, language, path, status, words):
    response = reader.get(f"/api/v1/{path}&lang={language}")
    assert error_of(response, status)["message"] == WORDS[words][language]
    assert response["Content-Language"] == language


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("size=0", {"en": "Write a number from 1 to 100.", "es": "Escriba un número del 1 al 100."}),
        ("sort=best", {"en": "Choose one of", "es": "Elija uno de estos"}),
        (f"q={'x' * 301}", {"en": "Write at most 300 characters.", "es": "Escriba como máximo 300 caracteres."}),
    ],
)
def test_the_reasons_do_so_too(reader, language, query, message):
    error = error_of(reader.get(f"/api/v1/search?{query}&lang={language}"), 400)
    assert message[language] in error["problems"][0]["message"]


def test_without_a_language_errors_are_in_english(reader):
    for query in ("", "lang=xx"):
        assert error_of(reader.get(f"/api/v1/nothing?{query}"), 404)["message"] == WORDS["unknown"]["en"]


@pytest.mark.parametrize("address", ["works/guide?", "search?q=guide&", "complete?q=gu&"])
def test_a_language_left_empty_is_none_and_another_is_refused(reader, address):
    assert reader.get(f"/api/v1/{address}lang=").status_code == 200
    assert error_of(reader.get(f"/api/v1/{address}lang=xx"), 400)["problems"][0]["parameter"] == "lang"


def test_too_many_values_are_refused(reader):
    same = "&".join(["type=resource"] * 51)
    assert error_of(reader.get(f"/api/v1/search?{same}"), 400)["problems"][0]["parameter"] == "type"


def test_a_reader_in_haste_is_told_in_the_language_asked(reader, language, settings):
    settings.API_REQUESTS_A_MINUTE = 1
    reader.get("/api/v1/complete?q=gui")
    response = reader.get(f"/api/v1/complete?q=gui&lang={language}")
    assert error_of(response, 429)["message"] == WORDS["haste"][language]
    assert "Retry-After" in response["Access-Control-Expose-Headers"]


def test_an_address_that_cannot_be_read_is_said_in_json(reader, language):
    error = error_of(reader.get(f"/api/v1/works/%00?lang={language}"), 400)
    assert error["code"] == "bad_request"
    assert error_of(reader.get(f"/api/v1/works/{'x' * 3000}?lang={language}"), 400)["code"] == "bad_request"


def test_a_fault_of_ours_is_said_in_json(reader, language, monkeypatch):
    def fails(*_args, **_named):
        raise RuntimeError("broken for a test")

    monkeypatch.setattr("search.api.search", fails)
    reader.raise_request_exception = False
    error = error_of(reader.get(f"/api/v1/search?lang={language}"), 500)
    assert error["code"] == "server_error"
    assert "broken" not in error["message"]


@pytest.mark.parametrize("path", [*PATHS, "nothing?"])
def test_a_browser_on_another_site_may_ask_first(reader, path):
    response = reader.options(
        f"/api/v1/{path}",
        headers={
            "Origin": "https://school.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "If-None-Match",
        },
    )
    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "GET" in response["Access-Control-Allow-Methods"]
    assert response["Access-Control-Allow-Headers"] == "*"
    assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", PATHS)
def test_what_did_not_change_is_not_sent_again(reader, language, path):
    address = f"/api/v1/{path}&lang={language}"
    first = reader.get(address)
    again = reader.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    for name in ("ETag", "Vary", "Cache-Control", "Access-Control-Allow-Origin"):
        assert again[name] == first[name]
    assert first["Vary"] == "Accept-Encoding"
    weak = reader.get(address, headers={"If-None-Match": f"W/{first['ETag']}", "Accept-Encoding": "gzip"})
    assert weak.status_code == 304


def test_the_language_is_part_of_what_an_answer_is(reader):
    english, spanish = (reader.get(f"/api/v1/works/guide?lang={code}")["ETag"] for code in ("en", "es"))
    assert english != spanish


@pytest.mark.parametrize("path", PATHS)
def test_the_head_alone_is_that_of_the_whole_answer(reader, path):
    whole, head = reader.get(f"/api/v1/{path}"), reader.head(f"/api/v1/{path}")
    assert (head.status_code, head.content) == (200, b"")
    for name in ("ETag", "Content-Type", "Vary", "Cache-Control", "Access-Control-Allow-Origin"):
        assert head[name] == whole[name]
