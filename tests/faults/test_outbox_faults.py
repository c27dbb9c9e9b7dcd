"""The outbox where works fail, workers meet, and processes are killed: nothing is lost, nobody else pays for it."""

import datetime
import os
import signal
import subprocess
import sys
import threading

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from resources.models import ResourceFile, ResourcePage, Topic
from search import indexing, outbox
from search.engines import index_engine
from search.engines.base import Retrieval
from search.locks import WRITER, exclusive
from search.models import OutboxEntry, Rebuild, RebuildChange
from tests.loaded_site import is_sqlite
from tests.search_site import SearchSite, keys
from tests.services import PROJECT_DIR, require

pytestmark = pytest.mark.django_db
HOLDER = """
import sys, django
django.setup()
from search.locks import WRITER, exclusive
with exclusive(WRITER, waits=True):
    print("held", flush=True)
    sys.stdin.read()
"""
ASKER = """
import django
django.setup()
from search.locks import WRITER, exclusive
with exclusive(WRITER) as is_held:
    print(is_held)
"""


@pytest.fixture
def library():
    site = SearchSite()
    site.resource("first", title_en="A first report")
    site.index()
    site.catch_up()
    return site


@pytest.mark.skipif(not is_sqlite(), reason="other databases take no dates that are none")
def test_one_work_that_fails_keeps_no_other_waiting(library):
    works = [library.resource(f"work-{number}", title_en=f"Report {number}") for number in range(9)]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE resources_resourcepage SET date = '2020-13-45' WHERE page_ptr_id = %s", [works[4].pk])
    indexing.work_outbox()
    entry = OutboxEntry.objects.get()
    assert (str(entry.translation_key), entry.attempts) == (str(works[4].translation_key), 1)
    assert "ValueError" in entry.error
    assert keys("report") != []
    found = {hit.stored["key"] for hit in index_engine().retrieve(Retrieval(order="newest", limit=50)).hits}
    assert {f"work-{number}" for number in range(9)} - found == {"work-4"}
    assert indexing.heal() == 0
    ResourcePage.objects.filter(pk=works[4].pk).update(date=datetime.date(2020, 1, 1))
    outbox.enqueue([works[4].translation_key])
    library.catch_up()
    assert indexing.drift().keys == ()


@pytest.mark.skipif(not is_sqlite(), reason="other databases take no dates that are none")
def test_a_rebuild_leaves_a_work_that_cannot_be_built_to_the_outbox(library, capsys):
    works = [library.resource(f"work-{number}", title_en=f"Report {number}") for number in range(9)]
    library.catch_up()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE resources_resourcepage SET date = '2020-13-45' WHERE page_ptr_id = %s", [works[4].pk])
    call_command("rebuild_search")
    told = capsys.readouterr()
    assert "The index holds 10 works" in told.out
    assert "The work work-4 could not be built and waits in the outbox (ValueError" in told.err
    assert indexing.drift().missing == (str(works[4].translation_key),)
    entry = OutboxEntry.objects.get()
    assert str(entry.translation_key) == str(works[4].translation_key)
    # What waits or was given up stays as it is.
    OutboxEntry.objects.update(attempts=outbox.MOST_ATTEMPTS)
    call_command("rebuild_search", verbosity=0)
    assert outbox.state().dead == 1
    ResourcePage.objects.filter(pk=works[4].pk).update(date=datetime.date(2020, 1, 1))
    call_command("rebuild_search", verbosity=0)
    assert (indexing.drift().keys, OutboxEntry.objects.count()) == ((), 0)


def test_files_without_an_order_keep_no_work_from_the_index(library):
    work = library.resource("second", title_en="A second report", files=["en", "es"])
    ResourceFile.objects.create(page=work, language="es", url="https://example.org/3.pdf", sort_order=1)
    library.catch_up()
    assert keys("second") == ["second"]


@pytest.mark.skipif(not is_sqlite(), reason="a lock of PostgreSQL is the session's: see the processes below")
def test_a_second_worker_does_nothing_while_the_first_is_at_work(library, monkeypatch):
    def meet(translation_keys):
        documents = list(real(translation_keys))
        if not met:
            met.append(True)
            work.title = "The newest title"
            work.save_revision().publish()
            met.append(indexing.work_outbox())
        return documents

    work, met, real = library.resource("second", title_en="An old title"), [], indexing.build_documents
    monkeypatch.setattr(indexing, "build_documents", meet)
    indexing.work_outbox()
    assert met == [True, 0]
    library.catch_up()
    assert (keys("newest title"), indexing.drift().keys) == (["second"], ())


def test_what_a_killed_rebuild_did_not_tell_is_renewed(library):
    work = library.resource("second", title_en="A second report", topics=["data"])
    library.catch_up()
    # No stamp tells of this change.
    Topic.objects.update(name_en="Zanzibar")
    RebuildChange.objects.create(rebuild=Rebuild.objects.create(), translation_key=work.translation_key)
    indexing.heal()
    assert not Rebuild.objects.exists()
    library.catch_up()
    assert keys("zanzibar") == ["second"]


@pytest.mark.skipif(is_sqlite(), reason="SQLite lets one write at a time")
@pytest.mark.django_db(transaction=True)
def test_two_editors_who_change_a_new_work_at_once_lose_nothing():
    """The second editor's change must outlive the worker's removal of the first one's entry."""
    key = "6d7cbf52-7d4f-4e0b-8a7c-7a1f4b6f2a11"
    first_has_written, second_may_end = threading.Event(), threading.Event()

    def second():
        first_has_written.wait(10)
        with transaction.atomic():
            outbox.enqueue([key])
            second_may_end.wait(10)
        connection.close()

    other = threading.Thread(target=second)
    other.start()
    with transaction.atomic():
        outbox.enqueue([key])
        first_has_written.set()
        # The second one waits for this transaction.
        other.join(0.5)
    entries = outbox.due()
    threading.Timer(0.5, second_may_end.set).start()
    outbox.done(entries)
    other.join(10)
    assert OutboxEntry.objects.count() == 1


@pytest.mark.skipif(is_sqlite(), reason="SQLite lets one write at a time")
@pytest.mark.django_db(transaction=True)
def test_the_worker_and_an_editor_never_wait_for_each_other():
    """The editor has changed one work of a batch and goes on to another, which the worker has just dealt with."""
    first, second = "6d7cbf52-7d4f-4e0b-8a7c-7a1f4b6f2a11", "1d7cbf52-7d4f-4e0b-8a7c-7a1f4b6f2a11"
    outbox.enqueue([first, second])
    entries = sorted(outbox.due(), key=lambda entry: str(entry.translation_key))

    def work():
        outbox.done(entries)
        connection.close()

    with transaction.atomic():
        outbox.enqueue([first])
        worker = threading.Thread(target=work)
        worker.start()
        # It has removed the entry of the second and waits for this transaction.
        worker.join(0.5)
        assert worker.is_alive()
        outbox.enqueue([second])
    worker.join(10)
    assert outbox.known() == {first, second}


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_the_one_writer_is_one_of_all_processes_and_ends_when_it_is_killed(tmp_path, database):
    url = require("postgresql") if database == "postgresql" else ""
    environment = {"DATA_DIR": str(tmp_path), "DATABASE_URL": url, "SECRET_KEY": "only-for-tests"}
    options = {
        "cwd": PROJECT_DIR,
        "env": {**os.environ, **environment, "DJANGO_SETTINGS_MODULE": "cms.settings.dev"},
        "text": True,
    }

    def ask() -> str:
        asked = subprocess.run([sys.executable, "-c", ASKER], capture_output=True, check=True, timeout=60, **options)
        return asked.stdout.strip()

    holder = subprocess.Popen([sys.executable, "-c", HOLDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, **options)
    try:
        assert holder.stdout.readline() == "held\n"
        assert ask() == "False"
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.communicate(timeout=10)
    assert ask() == "True"


def test_a_lock_is_free_again_after_its_holder_failed():
    with pytest.raises(ZeroDivisionError), exclusive(WRITER):
        raise ZeroDivisionError
    with exclusive(WRITER) as is_held:
        assert is_held
