"""A cluster that cannot be used is told in one sentence, at start and in `search_status`, and the site stays up."""

import base64
import logging
import os
import random
import shutil
import ssl
import subprocess
import sys
import threading
import time

import pytest
from django.core.management import CommandError, call_command

from cms.serving import preparation
from search import indexing, pauses
from search.engines import index_engine
from search.engines.elasticsearch import breaker, generations, mappings
from search.engines.elasticsearch.start import tell_of_trouble
from search.indexing import drift
from search.models import OutboxEntry
from tests.engines.conftest import remove_all
from tests.faults.http_server import answering
from tests.search_site import SearchSite, find, keys
from tests.services import PROJECT_DIR, require

pytestmark = pytest.mark.django_db
INFO = {"version": {"number": "9.4.3", "build_flavor": "default"}, "tagline": "You Know, for Search"}
TOO_OLD = {
    "error": {"root_cause": [], "type": "media_type_header_exception", "reason": "Invalid media-type value"},
    "status": 400,
}
FORBIDDEN = {
    "error": {
        "root_cause": [{"type": "security_exception", "reason": "action [indices:admin/create] is unauthorized"}],
        "type": "security_exception",
        "reason": "action [indices:admin/create] is unauthorized",
    },
    "status": 403,
}


def blocked(status: int) -> dict:
    """What a server says whose indices take nothing more."""
    cause = {
        "type": "cluster_block_exception",
        "reason": "index [a] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark]",
    }
    return {"error": {"root_cause": [cause], **cause}, "status": status}


UNAUTHENTICATED = {"error": {"root_cause": [], "type": "security_exception", "reason": "unable to authenticate"}}
RUBBISH = bytes(range(128, 256)) * 8
NOT_AS_ELASTICSEARCH = ["no answer of Elasticsearch", "correct ELASTICSEARCH_URL"]
# A server's answer → words of the sentence.
ANSWERS = {
    "a wrong password": ((401, UNAUTHENTICATED), ["refuses the user, password or key", "ELASTICSEARCH_API_KEY"]),
    "a user with too few rights": ((403, FORBIDDEN), ["indices:admin/create", "docs/operations.md"]),
    "an older version": ((400, TOO_OLD), ["not of version 9"]),
    "a newer version": ((200, {**INFO, "version": {"number": "10.0.0"}}), ["not of version 9"]),
    "another product": ((200, {"version": {"number": "3.8.0", "distribution": "opensearch"}}, {}), ["OpenSearch"]),
    "a web site": ((200, b"<html>Welcome</html>", {}), ["ELASTICSEARCH_URL"]),
    "a broken answer": ((200, b"{"), ["ELASTICSEARCH_URL"]),
    "an answer that lacks what was asked for": ((200, {**INFO, "took": 1}), ["no answer of Elasticsearch"]),
    "an answer cut short": ((200, {**INFO, "took": 1, "timed_out": True}), ["does not answer in time"]),
    "information that is none": ((200, {"version": "9"}), ["no answer of Elasticsearch"]),
    "a disk that is full": ((429, blocked(429)), ["has blocked writing", "disk is nearly full", "free space"]),
    "an index closed to writing": ((403, blocked(403)), ["has blocked writing", "disk is nearly full", "free space"]),
    "a server in distress": (
        (503, {"error": {"type": "x", "reason": "no master"}}),
        ["answers 503 (no master)", "starting or overloaded"],
    ),
    "a server that starts": ((503, b"", {}), ["answers 503: ", "starting or overloaded"]),
    "a proxy in distress": (
        (503, b"<html>503", {"Content-Type": "text/html"}),
        ["answers 503: ", "starting or overloaded"],
    ),
    "a page that is none": ((404, b"<html>None</html>", {}), NOT_AS_ELASTICSEARCH),
    "an address of nothing": ((404, b"", {}), NOT_AS_ELASTICSEARCH),
    "another address": ((302, b"", {"Location": "/login"}), NOT_AS_ELASTICSEARCH),
    "a web site's refusal": ((403, b"<html>Forbidden</html>", {}), NOT_AS_ELASTICSEARCH),
    "rubbish": ((200, RUBBISH), NOT_AS_ELASTICSEARCH),
    "an answer nested without end": ((200, b"[" * 100_000 + b"]" * 100_000), NOT_AS_ELASTICSEARCH),
    "an error nested without end": ((500, b'{"error":' * 100_000 + b"1" + b"}" * 100_000), NOT_AS_ELASTICSEARCH),
    "rubbish in an error": ((500, RUBBISH, {}), NOT_AS_ELASTICSEARCH),
    "an error in one word": ((400, {"error": "no handler", "status": 400}), ["answers 400: no handler."]),
}
# Settings that cannot be right → words of the sentence.
SETTINGS = {
    "no scheme": ({"ELASTICSEARCH_URL": "localhost:9200"}, ["https://host:9200"]),
    "no URL at all": ({"ELASTICSEARCH_URL": "::secret::"}, ["https://host:9200"]),
    "a port that is none": ({"ELASTICSEARCH_URL": "http://user:secret@host:ninety"}, ["https://host:9200"]),
    "nobody there": ({"ELASTICSEARCH_URL": "http://user:secret@127.0.0.1:1"}, ["http://127.0.0.1:1", "start it"]),
    "an unknown host": ({"ELASTICSEARCH_URL": "http://elasticsearch.invalid:9200"}, ["cannot be reached"]),
    "no certificates": (
        {"ELASTICSEARCH_URL": "https://127.0.0.1:1", "ELASTICSEARCH_CA": "/nowhere.pem"},
        ["/nowhere.pem"],
    ),
    "a user and a key": (
        {"ELASTICSEARCH_URL": "http://user:secret@127.0.0.1:1", "ELASTICSEARCH_API_KEY": "secret"},
        ["leave one out"],
    ),
    "a key with a line break": (
        {"ELASTICSEARCH_URL": "http://127.0.0.1:1", "ELASTICSEARCH_API_KEY": "secret\nsecret"},
        ["ELASTICSEARCH_API_KEY holds", "on one line"],
    ),
    "a key with a blank": (
        {"ELASTICSEARCH_URL": "http://127.0.0.1:1", "ELASTICSEARCH_API_KEY": "ApiKey secret"},
        ["ELASTICSEARCH_API_KEY holds", "on one line"],
    ),
    "a key with typographic quotes": (
        {"ELASTICSEARCH_URL": "http://127.0.0.1:1", "ELASTICSEARCH_API_KEY": "“secret”"},
        ["ELASTICSEARCH_API_KEY holds", "on one line"],
    ),
    "a password with a line break": (
        {"ELASTICSEARCH_URL": "http://user:sec\nsecret@127.0.0.1:1"},
        ["ELASTICSEARCH_URL holds", "percent-encoded"],
    ),
    "a password with a blank": (
        {"ELASTICSEARCH_URL": "http://user:secret @127.0.0.1:1"},
        ["ELASTICSEARCH_URL holds", "percent-encoded"],
    ),
    "certificates with a line break": (
        {"ELASTICSEARCH_URL": "https://127.0.0.1:1", "ELASTICSEARCH_CA": "/now\nhere.pem"},
        ["/now here.pem"],
    ),
    "a bad prefix": ({"ELASTICSEARCH_URL": "http://127.0.0.1:1", "ELASTICSEARCH_PREFIX": "My Library"}, ["PREFIX"]),
}


@pytest.fixture(autouse=True)
def on_elasticsearch(settings):
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_PREFIX = f"test-{random.getrandbits(48):x}"


@pytest.fixture
def library(db):
    site = SearchSite()
    site.resource("first", title_en="A first report")
    return site


def assert_status(capsys, *words: str) -> None:
    """`search_status` tells of the trouble in one sentence, with an exit code of its own."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as stopped:
        call_command("search_status")
    assert stopped.value.code == 2
    told = capsys.readouterr().err.strip()
    assert len(told.splitlines()) == 1
    for word in words:
        assert word in told


def assert_told(words: list[str], caplog, capsys, client) -> None:
    """One sentence everywhere, without secrets, and a site that answers."""
    trouble = index_engine().trouble()
    for word in words:
        assert word in trouble
    assert "\n" not in trouble
    assert "secret" not in trouble
    assert not any(sign in trouble for sign in ("Error(", "\\x", "b'", "\ufffd"))
    with caplog.at_level(logging.ERROR):
        tell_of_trouble().join(10)
    assert trouble in caplog.text
    assert "Traceback" not in caplog.text
    assert_status(capsys, f"Engine elasticsearch: {trouble}")
    with pytest.raises(CommandError) as failed:
        call_command("rebuild_search")
    assert words[0] in str(failed.value)
    preparation._build_index()
    assert words[0] in capsys.readouterr().err
    results = find("report")
    assert (results.engine, results.degraded, [result.key for result in results.results]) == (
        "database",
        True,
        ["first"],
    )
    assert client.get("/en/library/?q=report").status_code == 200


@pytest.mark.parametrize("name", ANSWERS)
def test_a_server_that_is_not_what_is_needed(library, settings, caplog, capsys, client, name):
    answer, words = ANSWERS[name]
    with answering(*answer) as (url, _asked):
        settings.ELASTICSEARCH_URL = url.replace("://", "://user:secret@")
        assert_told(words, caplog, capsys, client)


@pytest.mark.parametrize(
    "path", ["/en/library/", "/api/v1/search?q=report", "/api/v1/complete?q=rep", "/api/v1/works/first"]
)
@pytest.mark.parametrize("answer", [{"took": 1}, {"timed_out": True}, {"hits": {"hits": [{"_id": "1"}]}}, [1]])
def test_answers_that_lack_what_was_asked_for_cost_no_reader_the_page(library, settings, client, path, answer):
    with answering(200, answer) as (url, _asked):
        settings.ELASTICSEARCH_URL = url
        index_engine().cluster._is_verified = True
        response = client.get(path)
    assert response.status_code == 200
    if "search" in path:
        assert (response.json()["engine"], response.json()["degraded"], response.json()["total"]) == (
            "database",
            True,
            1,
        )


def test_a_server_whose_searches_stand_still_is_not_taken_for_well(library, settings):
    searching = threading.Event()

    def answer(path):
        if "_search" in path:
            searching.wait(5)
        return INFO

    with answering(200, answer) as (url, _asked):
        settings.ELASTICSEARCH_URL = url
        assert find("report").degraded
        circuit = index_engine().cluster.breaker
        time.sleep(breaker.FIRST_PAUSE_SECONDS)
        assert find("report").degraded
        for probe in [thread for thread in threading.enumerate() if thread.name == "elasticsearch-probe"]:
            probe.join(5)
        assert circuit.is_open
        searching.set()


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_that_cannot_be_right(library, settings, caplog, capsys, client, name):
    values, words = SETTINGS[name]
    for setting, value in values.items():
        setattr(settings, setting, value)
    assert_told(words, caplog, capsys, client)


def test_a_missing_index(library, settings, capsys, client):
    settings.ELASTICSEARCH_URL = require("elasticsearch")
    assert_status(capsys, "There is no search index of this release yet", "rebuild_search")
    with pytest.raises(CommandError, match="no earlier generation"):
        call_command("rebuild_search", roll_back=True)
    assert find("report").degraded
    assert client.get("/en/library/?q=report").status_code == 200


@pytest.fixture
def indexed(library, settings):
    settings.ELASTICSEARCH_URL = require("elasticsearch")
    library.index()
    library.catch_up()
    yield index_engine()
    remove_all(index_engine())


def test_an_index_that_is_closed_to_writing_is_not_explained_as_missing_rights(indexed, library, caplog):
    name = indexed.live_generation().name
    indexed.cluster.client.indices.put_settings(index=f"{name}-*", settings={"index.blocks.write": True})
    library.resource("second", title_en="A second report")
    indexing.work_outbox()
    assert "has blocked writing, most often because its disk is nearly full" in caplog.text
    assert not OutboxEntry.objects.filter(attempts__gt=0).exists()
    indexed.cluster.client.indices.put_settings(index=f"{name}-*", settings={"index.blocks.write": None})
    time.sleep(pauses.FIRST_SECONDS)
    library.catch_up()
    assert keys("second") == ["second"]


def test_an_index_of_another_release(indexed, capsys, monkeypatch):
    call_command("search_status")
    monkeypatch.setattr(generations, "fingerprint", lambda: "0123abcd")
    assert_status(capsys, "built by another release", "rebuild_search")


def test_an_index_that_lost_a_part(indexed, capsys):
    name = indexed.live_generation().name
    indexed.cluster.client.indices.delete(index=f"{name}-passages")
    assert_status(capsys, "passages", "rebuild_search")


def test_the_former_index_comes_back_with_what_changed_since(indexed, library, capsys):
    former = indexed.live_generation().name
    library.resource("second", title_en="A second report")
    call_command("rebuild_search", verbosity=0)
    call_command("rebuild_search", roll_back=True)
    assert former in capsys.readouterr().out
    assert indexed.live_generation().name == former
    library.catch_up()
    assert drift().keys == ()
    assert find("second").total == 1


def test_the_embedded_engine_says_that_it_keeps_no_former_index(settings):
    settings.SEARCH_ENGINE = "embedded"
    with pytest.raises(CommandError, match="keeps no former index"):
        call_command("rebuild_search", roll_back=True)


def test_the_worker_tells_of_trouble_when_it_starts(tmp_path):
    environment = {"DATA_DIR": str(tmp_path), "ELASTICSEARCH_URL": "http://127.0.0.1:1", "SECRET_KEY": "only-for-tests"}
    log = tmp_path / "log"
    with log.open("w") as file:
        child = subprocess.Popen(
            [sys.executable, "manage.py", "worker", "--settings=cms.settings.dev"],
            cwd=PROJECT_DIR,
            env={**os.environ, "DATABASE_URL": "", **environment},
            stderr=file,
        )
    try:
        until = time.monotonic() + 30
        while "127.0.0.1:1" not in log.read_text() and time.monotonic() < until:
            time.sleep(0.1)
    finally:
        child.kill()
        child.wait(10)
    assert "start it, or correct ELASTICSEARCH_URL" in log.read_text()


def test_an_index_of_another_form_is_built_anew_at_the_next_start(indexed, monkeypatch):
    preparation._build_index()
    assert not preparation._index_is_missing()
    monkeypatch.setattr(mappings, "fingerprint", lambda: "0123abcd")
    assert preparation._index_is_missing()


def test_user_password_and_key_reach_the_server(settings):
    with answering(200, INFO) as (url, asked):
        settings.ELASTICSEARCH_URL = url.replace("://", "://a%40b:p%3Aw@")
        index_engine().cluster.probe()
        settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_API_KEY = url, "the-key"
        index_engine().cluster.probe()
    sent = [headers.get("Authorization") or headers.get("authorization") for headers in asked]
    assert sent == [f"Basic {base64.b64encode(b'a@b:p:w').decode()}", "ApiKey the-key"]


def test_blanks_around_settings_are_no_part_of_them(settings):
    with answering(200, INFO) as (url, asked):
        settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_API_KEY = f" {url}\n", "\tthe-key \r\n"
        settings.ELASTICSEARCH_CA = " \n"
        index_engine().cluster.probe()
    assert [headers.get("Authorization") or headers.get("authorization") for headers in asked] == ["ApiKey the-key"]


@pytest.fixture
def certificate(tmp_path):
    """A certificate of its own authority for the loopback address, and the context of a server that has it."""
    if not shutil.which("openssl"):
        pytest.skip("needs openssl")
    files = [str(tmp_path / name) for name in ("key.pem", "certificate.pem")]
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    )
    subprocess.run([*command.split(), "-keyout", files[0], "-out", files[1]], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files[1], files[0])
    return files[1], context


def test_https_asked_of_a_server_without_it(settings):
    with answering(200, INFO) as (url, _asked):
        settings.ELASTICSEARCH_URL = url.replace("http://", "https://")
        trouble = index_engine().trouble()
    assert "does not speak https" in trouble
    assert "begin with http://" in trouble
    assert "ELASTICSEARCH_CA" not in trouble


def test_a_certificate_is_trusted_once_its_authority_is_named(settings, certificate):
    file, context = certificate
    with answering(200, INFO, context=context) as (url, _asked):
        settings.ELASTICSEARCH_URL = url
        assert "ELASTICSEARCH_CA" in index_engine().trouble()
        settings.ELASTICSEARCH_CA = file
        index_engine().cluster.probe()
