"""Imports at the same time: one after the other, each with what the one before it left; whoever waits is told."""

import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from assets.models import User
from resources.importing import alone
from resources.importing.problems import ImportRefused
from resources.locks import exclusive
from resources.models import ResourcePage, WorkKey
from tests.integration.import_world import GUIDE, make_site, run, write_csv
from tests.loaded_site import is_sqlite

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def site(transactional_db):
    make_site()


def in_thread(do):
    """Does it with a database connection of its own."""

    def begin():
        try:
            return do()
        finally:
            connection.close()

    return begin


def test_two_imports_at_once_bring_a_work_once(tmp_path):
    path, under_way = write_csv(tmp_path / "works.csv", GUIDE), threading.Event()

    def slowly(stage, done, total):
        if stage == "compare":
            under_way.set()
            time.sleep(1)

    with ThreadPoolExecutor() as threads:
        first = threads.submit(in_thread(lambda: run(path, progress=slowly)))
        assert under_way.wait(20)
        second = threads.submit(in_thread(lambda: run(path)))
        assert first.result().new == ("guide-one",)
        assert (second.result().new, second.result().unchanged) == ((), 1)
    assert ResourcePage.objects.count() == 2
    assert WorkKey.objects.filter(key="guide-one").count() == 1


def test_a_button_pressed_twice_imports_once_and_says_so(tmp_path):
    user = User.objects.create_superuser("ana", "ana@example.org", "x")

    def client() -> Client:
        client = Client()
        client.force_login(user)
        return client

    file = SimpleUploadedFile("works.csv", write_csv(tmp_path / "works.csv", GUIDE).read_bytes())
    token = client().post(reverse("import_library"), {"file": file}).context["token"]
    both = threading.Barrier(2)

    def press(client: Client) -> str:
        both.wait(20)
        return client.post(reverse("import_library_confirm"), {"token": token}, follow=True).content.decode()

    with ThreadPoolExecutor() as threads:
        presses = [threads.submit(in_thread(partial(press, client()))) for _time in range(2)]
        pages = [pressed.result() for pressed in presses]
    assert sum("Imported. New: 1" in page for page in pages) == 1
    assert sum("This upload was imported already, or it has expired." in page for page in pages) == 1
    assert ResourcePage.objects.count() == 2
    assert not list((settings.DATA_DIR / "imports").iterdir())


def refusal(path: Path, language: str) -> str:
    with override(language), pytest.raises(ImportRefused) as refused:
        run(path)
    return str(refused.value)


def test_whoever_waits_too_long_for_another_import_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(alone, "PATIENCE_SECONDS", 0.1)
    path, under_way, done = write_csv(tmp_path / "works.csv", GUIDE), threading.Event(), threading.Event()

    def hold():
        with exclusive(alone.LOCK):
            under_way.set()
            done.wait(20)

    with ThreadPoolExecutor() as threads:
        held = threads.submit(in_thread(hold))
        assert under_way.wait(20)
        try:
            assert "Another import is under way. Wait until it has ended" in refusal(path, "en")
            assert "Hay otra importación en curso. Espere a que termine" in refusal(path, "es")
        finally:
            done.set()
        held.result()
    assert not ResourcePage.objects.exists()
    assert run(path).new == ("guide-one",)


@pytest.mark.skipif(not is_sqlite(), reason="PostgreSQL locks rows, not the database")
def test_a_database_that_someone_else_writes_to_is_one_sentence(tmp_path):
    path = write_csv(tmp_path / "works.csv", GUIDE)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=50")
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        assert "The library is being written to by someone else. Wait a moment" in refusal(path, "en")
        assert "Alguien más está escribiendo en la biblioteca. Espere un momento" in refusal(path, "es")
    finally:
        other.close()
        connection.close()
    assert run(path).new == ("guide-one",)
