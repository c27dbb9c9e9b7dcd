"""The API answers what its published description says, to requests made up from that description, fitting or not.

The requests are the same in every run.
"""

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounded
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import negative_data_rejection

from search import openapi
from tests.search_site import kept_for_a_module

pytestmark = pytest.mark.django_db

REQUESTS = bounded(
    max_examples=30,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
PLACE = {"base_url": "http://localhost", "headers": {"Accept-Encoding": "identity"}}
# What the API does not know it passes over, so that a client made for a later version is answered, too.
LENIENT = {"excluded_checks": [negative_data_rejection]}


@pytest.fixture(scope="module")
def described(django_db_setup, django_db_blocker):
    schema = schemathesis.openapi.from_dict(openapi.document())
    schema.app = WSGIHandler()
    signals = (request_started, request_finished)
    with kept_for_a_module(django_db_blocker) as site:
        site.resource("guide", title_en="A guide", title_es="Una guía", topics=["elpac"], files=["en"])
        site.resource("ficha", title_es="Ficha sobre el ELPAC", date="2024-02-01")
        site.index()
        # The connection holds the site's transaction.
        for signal in signals:
            signal.disconnect(close_old_connections)
        yield schema
        for signal in signals:
            signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode), ids=str)
@pytest.mark.parametrize("path", openapi.document()["paths"])
def test_made_up_requests_are_answered_as_described(described, path, mode):
    @REQUESTS
    @given(case=described[path]["GET"].as_strategy(generation_mode=mode))
    def check(case):
        case.call_and_validate(**PLACE, **LENIENT)

    check()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("path", "query", "place"),
    [
        ("/api/v1/search", {"q": "guide"}, {}),
        ("/api/v1/search", {"topic": ["elpac"], "size": 1, "sort": "title"}, {}),
        ("/api/v1/complete", {"q": "gui"}, {}),
        ("/api/v1/works/{key}", {}, {"key": "ficha"}),
        ("/api/v1/works/{key}", {}, {"key": "nothing"}),
    ],
)
def test_real_questions_are_answered_as_described(described, path, query, place, language):
    case = described[path]["GET"].Case(query={**query, "lang": language}, path_parameters=place)
    case.call_and_validate(**PLACE)


def test_an_answer_that_is_not_as_described_is_noticed(described, monkeypatch):
    monkeypatch.setattr("search.api.library_url", lambda language: "")
    monkeypatch.setattr("search.api.asdict", lambda line: {"text": 1})
    case = described["/api/v1/complete"]["GET"].Case(query={"q": "gui"})
    with pytest.raises(FailureGroup):
        case.call_and_validate(**PLACE)
