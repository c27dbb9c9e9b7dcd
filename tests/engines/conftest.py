"""Every test of this folder runs against each engine that keeps an index: the contract is one."""

import uuid
from contextlib import contextmanager

import pytest
from django.test import override_settings

from search.engines import index_engine
from search.engines.elasticsearch import cluster
from tests.services import require

# These tests ask what the answers are, not how soon they come: see tests/faults for that.
PATIENCE_SECONDS = 20.0


@pytest.fixture(scope="module", params=["embedded", "elasticsearch"], autouse=True)
def engine_name(request, tmp_path_factory):
    """Settings of a deployment with this engine, and an index of its own that is gone afterwards."""
    if request.param == "elasticsearch":
        with on_elasticsearch():
            yield request.param
    else:
        with override_settings(SEARCH_ENGINE="embedded", SEARCH_INDEX_DIR=tmp_path_factory.mktemp("index")):
            yield request.param


@pytest.fixture(autouse=True)
def no_stand_in(monkeypatch):
    """The database does not answer in place of the engine asked about."""
    monkeypatch.setattr("search.service.engines_in_turn", lambda: [index_engine()])


@contextmanager
def on_elasticsearch():
    """Settings of a deployment with the real server."""
    place = {"ELASTICSEARCH_URL": require("elasticsearch"), "ELASTICSEARCH_PREFIX": f"test-{uuid.uuid4().hex[:12]}"}
    with override_settings(SEARCH_ENGINE="elasticsearch", **place), pytest.MonkeyPatch.context() as patient:
        patient.setattr(cluster, "READER_SECONDS", PATIENCE_SECONDS)
        patient.setattr(cluster, "WRITER_SECONDS", PATIENCE_SECONDS)
        yield
        remove_all(index_engine())


def remove_all(engine) -> None:
    """Takes an engine's indices out of the shared server."""
    for name in engine.generations.names():
        engine.generations.remove(name)
