"""A request that the server cannot read is refused in both languages."""

import socket

import pytest
from gunicorn import util

from cms.serving import refusals


@pytest.mark.parametrize("status", [400, 414, 431])
def test_a_refusal_is_told_in_spanish_and_in_english(status):
    head, body = refusals.refusal(status).split(b"\r\n\r\n", 1)
    assert head.startswith(f"HTTP/1.1 {status} ".encode())
    assert f"Content-Length: {len(body)}".encode() in head
    assert "No se pudo leer esta dirección" in body.decode()
    assert "This address could not be read" in body.decode()


def test_the_server_sends_it_instead_of_its_own(monkeypatch):
    monkeypatch.setattr(util, "write_error", util.write_error)
    refusals.install()
    ours, theirs = socket.socketpair()
    with ours, theirs:
        util.write_error(ours, 414, "URI Too Long", "<b>4094</b>")
        answer = theirs.recv(65536).decode()
    assert "esta dirección" in answer
    assert "4094" not in answer
