"""What one process changes, all processes of a deployment know at once, also where they share no more than a folder."""

import os
import subprocess
import sys
from pathlib import Path

from tests.services import PROJECT_DIR, require

ASKED_TWICE = """
import django

django.setup()

from search.versions import Version

version = Version("glossary", 60)
before = version.current()
print("ready", flush=True)
input()
print(before == version.current(), flush=True)
"""
CHANGED = "import django; django.setup(); from search.versions import Version; Version('glossary', 60).forget()"


def start(folder: Path, program: str, cache: str = "") -> subprocess.Popen:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.production", "DATA_DIR": str(folder)}
    environment |= {"SECRET_KEY": "only-for-tests", "DATABASE_URL": "", "CACHE_URL": cache, "ELASTICSEARCH_URL": ""}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    return subprocess.Popen([sys.executable, "-c", program], cwd=PROJECT_DIR, env=environment, **pipes)


def still_the_same(folder: Path, meanwhile: str, other: Path | None = None, cache: str = "") -> str:
    """What a process says that asks for a version before and after another program has run, maybe in another folder."""
    with start(folder, ASKED_TWICE, cache) as asking:
        assert asking.stdout.readline() == "ready\n"
        with start(other or folder, meanwhile, cache) as changing:
            assert changing.wait(60) == 0
        return asking.communicate("\n", timeout=60)[0].strip()


def test_a_change_in_one_process_is_known_in_another(tmp_path):
    assert still_the_same(tmp_path, "") == "True"
    assert still_the_same(tmp_path, CHANGED) == "False"


def test_a_folder_that_takes_no_files_stops_nobody(tmp_path):
    (tmp_path / "versions").write_text("a file where the folder should be")
    assert still_the_same(tmp_path, CHANGED) == "False"


def test_machines_that_share_a_cache_know_at_once(tmp_path):
    here, there = tmp_path / "here", tmp_path / "there"
    assert still_the_same(here, CHANGED, there) == "True"
    assert still_the_same(here, CHANGED, there, require("redis")) == "False"
