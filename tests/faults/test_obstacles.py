"""What keeps the site from starting is told in one sentence with its remedy, never in a traceback."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from cms.serving import obstacles
from cms.serving.failures import told_as_obstacles
from cms.serving.obstacles import Obstacle
from tests.services import PROJECT_DIR


def start(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        list(command) or [sys.executable, "-m", "cms.serving"],
        cwd=PROJECT_DIR,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(folder), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def assert_one_sentence(told: subprocess.CompletedProcess, *words: str) -> None:
    assert told.returncode == 1
    lines = told.stderr.strip().splitlines()
    assert len(lines) == 1, told.stderr
    for word in words:
        assert word in lines[0]


@pytest.fixture
def listening_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_a_port_in_use(tmp_path, listening_port):
    told = start(tmp_path, PORT=str(listening_port))
    assert_one_sentence(told, f"Port {listening_port} is in use", f"PORT={listening_port + 1}")


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1", "²"])
def test_a_port_that_is_no_port(tmp_path, port):
    assert_one_sentence(start(tmp_path, PORT=port), "from 1 to 65535")


def test_make_run_tells_of_a_port_in_use_before_it_installs_anything(tmp_path, listening_port):
    told = start(tmp_path, "make", "--silent", "run", PORT=str(listening_port))
    assert told.returncode != 0
    assert f"Port {listening_port} is in use" in told.stderr.splitlines()[0]
    assert "Traceback" not in told.stderr


def test_a_python_that_is_too_old(tmp_path):
    old = tmp_path / "python3.9"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    told = start(tmp_path, "sh", "scripts/find-python", PYTHON=str(old))
    assert_one_sentence(told, "is not a Python 3.11 or newer", "make run PYTHON=")


def test_no_python_at_all(tmp_path):
    told = start(tmp_path, shutil.which("sh"), "scripts/find-python", PATH=str(tmp_path))
    assert_one_sentence(told, "Python 3.11 or newer is needed", "install it")


def test_a_data_folder_that_is_a_file(tmp_path, free_port):
    place = tmp_path / "data"
    place.touch()
    assert_one_sentence(start(place, PORT=free_port), f"DATA_DIR {place} cannot be written to", "set DATA_DIR")


def test_a_data_folder_of_somebody_else(tmp_path, monkeypatch):
    def refuse(*args, **kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(obstacles.tempfile, "TemporaryFile", refuse)
    with pytest.raises(Obstacle, match=r"cannot be written to \(Permission denied\)"):
        obstacles.require_writable_folder(tmp_path, "DATA_DIR")


@pytest.mark.parametrize("name", ["ELASTICSEARCH_SHARDS", "ELASTICSEARCH_REPLICAS"])
@pytest.mark.parametrize("value", ["abc", "1.5", ""])
def test_a_setting_that_is_no_whole_number(tmp_path, free_port, name, value):
    words = [f"{name} is {value!r}", "whole number", f"leave {name} out"]
    assert_one_sentence(start(tmp_path, sys.executable, "manage.py", "search_status", **{name: value}), *words)
    assert_one_sentence(start(tmp_path, PORT=free_port, **{name: value}), *words)


@pytest.mark.parametrize(
    "url",
    [
        "somewhere",
        "memcache://127.0.0.1:11211",
        "redis://",
        "redis://secret@host:port/0",
        "redis://:sec#ret@host:6379/0",
        "redis://:secret@host:6379/zero",
        "redis://:secret@host:6379/0?colour=red",
        "redis://:secret@ho st:6379/0",
    ],
)
def test_a_cache_that_is_no_address_of_one(tmp_path, url):
    told = start(tmp_path, sys.executable, "manage.py", "search_status", CACHE_URL=url)
    assert_one_sentence(told, "CACHE_URL is no address of a Redis server", "redis://host:6379/0", "leave CACHE_URL out")
    assert "sec" not in told.stderr


def test_a_server_that_is_told_of_a_cache_that_is_none(tmp_path, free_port):
    assert_one_sentence(start(tmp_path, PORT=free_port, CACHE_URL="redis:host"), "CACHE_URL is no address")


def test_a_disk_that_is_nearly_full(tmp_path, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(obstacles.shutil, "disk_usage", lambda place: usage(10**9, 10**9, 10**7))
    with pytest.raises(Obstacle, match=r"100 MB are needed .* only 9 MB are free"):
        obstacles.require_disk_space(tmp_path / "not" / "there" / "yet", 100)


def test_a_disk_that_is_full(tmp_path, monkeypatch):
    def refuse(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(obstacles.tempfile, "TemporaryFile", refuse)
    with pytest.raises(Obstacle, match="is full: make room"):
        obstacles.require_writable_folder(tmp_path, "DATA_DIR")


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (OSError(28, "No space left on device"), "is full: make room"),
        (OSError(122, "Disk quota exceeded"), "is full: make room"),
        (ImproperlyConfigured("Set X to Y."), "Set X to Y."),
    ],
)
def test_what_fails_on_the_way_for_a_reason_outside_is_told_as_an_obstacle(tmp_path, failure, words):
    with pytest.raises(Obstacle, match=words), told_as_obstacles(tmp_path):
        raise failure


def test_a_database_that_fills_its_disk(tmp_path):
    with pytest.raises(Obstacle, match="is full: make room"), told_as_obstacles(tmp_path):
        fill_a_database_of_four_pages()


def fill_a_database_of_four_pages():
    database = sqlite3.connect(":memory:")
    database.execute("PRAGMA max_page_count = 4")
    database.execute("CREATE TABLE everything (text)")
    try:
        for _ in range(100):
            database.execute("INSERT INTO everything VALUES (zeroblob(1000))")
    except sqlite3.OperationalError as error:
        raise OperationalError(*error.args) from error


def test_a_fault_of_our_own_keeps_its_traceback(tmp_path):
    with pytest.raises(ZeroDivisionError), told_as_obstacles(tmp_path):
        raise ZeroDivisionError


def test_a_second_web_process(tmp_path, free_port):
    code = "from pathlib import Path; from cms.serving.one_process import claim; import sys\n" \
           "claim(Path(sys.argv[1])); print('claimed', flush=True); sys.stdin.read()"  # fmt: skip
    first = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], cwd=PROJECT_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert first.stdout.readline() == b"claimed\n"
        told = start(tmp_path, PORT=free_port)
        assert_one_sentence(told, f"Another web process (number {first.pid})", "ELASTICSEARCH_URL")
        under_gunicorn = start(
            tmp_path, sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{free_port}", "cms.wsgi"
        )
        assert under_gunicorn.returncode == 3
        assert "Another web process" in under_gunicorn.stderr
        assert "Traceback" not in under_gunicorn.stderr
    finally:
        first.communicate(timeout=10)


def test_the_data_folder_is_free_again_after_its_process_ends(tmp_path):
    code = "from pathlib import Path; from cms.serving.one_process import claim; import sys; claim(Path(sys.argv[1]))"
    for _ in range(2):
        assert start(tmp_path, sys.executable, "-c", code, str(tmp_path)).returncode == 0


def test_a_database_that_cannot_be_reached(tmp_path, free_port):
    told = start(tmp_path, PORT=free_port, DATABASE_URL="postgres://library@127.0.0.1:1/library")
    assert_one_sentence(told, "DATABASE_URL", "start it")


def test_a_database_file_that_is_damaged(tmp_path, free_port):
    (tmp_path / "library.sqlite3").write_text("this is no database" * 100)
    assert_one_sentence(start(tmp_path, PORT=free_port), f"The database in {tmp_path} is damaged", "backup")
