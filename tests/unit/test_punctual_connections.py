"""Connections that are not done in time are ended, however much still comes."""

import socket
import time

import pytest

from search.engines.elasticsearch import punctual


@pytest.fixture
def watch():
    return punctual._Watch()


@pytest.fixture
def ends():
    near, far = socket.socketpair()
    yield near, far
    near.close()
    far.close()


def test_a_connection_in_use_too_long_is_ended(watch, ends):
    near, _far = ends
    started = time.monotonic()
    with watch.limit(near, 0.1) as wait:
        # Nothing comes; that it ends at all is the end of the connection.
        assert near.recv(1) == b""
    assert wait.is_late
    assert time.monotonic() - started < 2


def test_what_is_done_in_time_is_left_alone(watch, ends):
    near, far = ends
    for _question in range(3):
        with watch.limit(near, 0.2) as wait:
            far.sendall(b"x")
            assert near.recv(1) == b"x"
    time.sleep(0.4)
    far.sendall(b"y")
    assert near.recv(1) == b"y"
    assert not wait.is_late


def test_after_a_long_rest_it_looks_again(watch, ends, monkeypatch):
    near, _far = ends
    monkeypatch.setattr(punctual, "LINGERS_SECONDS", 0.0)
    with watch.limit(near, 5):
        pass
    time.sleep(0.3)
    with watch.limit(near, 0.1) as wait:
        assert near.recv(1) == b""
    assert wait.is_late
