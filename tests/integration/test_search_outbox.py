"""The outbox and the rebuild: nothing that changes is lost."""

import datetime

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from search import indexing, outbox
from search.document_process import DocumentsNotBuilt
from search.documents import build_documents, public_stamps
from search.engines import index_engine
from search.engines.base import EngineUnavailable
from search.models import OutboxEntry, Rebuild
from search.worker import Worker
from tests.search_site import SearchSite, find, keys

pytestmark = pytest.mark.django_db


@pytest.fixture
def library():
    site = SearchSite()
    site.resource("first", title_en="A first report")
    site.index()
    site.catch_up()
    return site


def test_a_published_work_waits_and_is_found_after_the_worker_came(library):
    library.resource("second", title_en="A second report")
    assert OutboxEntry.objects.exists()
    assert keys("second") == []
    library.catch_up()
    assert keys("second") == ["second"]


def test_a_change_that_is_rolled_back_leaves_nothing(library):
    with transaction.atomic():
        library.resource("third", title_en="A third report")
        assert OutboxEntry.objects.exists()
        transaction.set_rollback(True)
    assert not OutboxEntry.objects.exists()


def test_an_entry_stays_when_its_work_changes_while_it_is_worked_on(library):
    work = library.resource("second", title_en="A second report")
    entries = outbox.due()
    outbox.enqueue([work.translation_key])
    outbox.done(entries)
    assert OutboxEntry.objects.filter(translation_key=work.translation_key).exists()


def test_search_status_names_what_the_index_refuses_and_heal_tries_it_again(library, capsys):
    work = library.resource("second", title_en="A second report")
    (entry,) = OutboxEntry.objects.filter(translation_key=work.translation_key)
    OutboxEntry.objects.exclude(pk=entry.pk).delete()
    outbox.failed([entry], OSError("no room"))
    with pytest.raises(SystemExit):
        call_command("search_status")
    assert "second: refused 1 times, tried again: OSError: no room" in capsys.readouterr().out
    OutboxEntry.objects.update(attempts=outbox.MOST_ATTEMPTS)
    with pytest.raises(SystemExit):
        call_command("search_status", heal=True)
    assert "second: given up: OSError: no room" in capsys.readouterr().out
    assert outbox.state().dead == 0
    library.catch_up()
    assert keys("second") == ["second"]


def test_after_a_roll_back_every_work_is_renewed_since_stamps_do_not_tell_all(library, monkeypatch):
    monkeypatch.setattr(type(index_engine()), "roll_back", lambda self: "the former one")
    OutboxEntry.objects.all().delete()
    indexing.roll_back()
    assert outbox.known() == set(public_stamps())


def test_a_failing_engine_loses_nothing_and_is_asked_later_and_later(library, monkeypatch):
    work = library.resource("second", title_en="A second report")
    OutboxEntry.objects.exclude(translation_key=work.translation_key).delete()
    with monkeypatch.context() as broken:
        broken.setattr(indexing, "build_documents", lambda keys: (_ for _ in ()).throw(OSError("disk full")))
        waits = []
        for _attempt in range(4):
            OutboxEntry.objects.update(next_try=timezone.now())
            indexing.work_outbox()
            entry = OutboxEntry.objects.get()
            waits.append((entry.next_try - timezone.now()).total_seconds())
            assert "disk full" in entry.error
        assert waits == sorted(waits)
        OutboxEntry.objects.update(next_try=timezone.now(), attempts=outbox.MOST_ATTEMPTS)
        assert outbox.due() == []
        assert outbox.state().dead == 1
    outbox.enqueue([work.translation_key])
    library.catch_up()
    assert keys("second") == ["second"]


def test_a_change_during_a_rebuild_is_in_the_new_generation(library, monkeypatch):
    def change_meanwhile(documents):
        documents = list(documents)
        if Rebuild.objects.exists() and not library_changed:
            library_changed.append(library.resource("meanwhile", title_en="Written meanwhile"))
            assert indexing.work_outbox()
        return documents

    library_changed: list = []
    monkeypatch.setattr(indexing, "build_documents", lambda keys: change_meanwhile(build_documents(keys)))
    before = index_engine().live_generation().name
    indexing.rebuild()
    assert index_engine().live_generation().name != before
    assert keys("meanwhile") == ["meanwhile"]
    assert not Rebuild.objects.exists()


def test_a_failed_rebuild_leaves_the_live_index_alone(library, monkeypatch):
    def fail(keys):
        raise OSError("disk full")

    before = index_engine().live_generation().name
    monkeypatch.setattr(indexing, "build_documents", fail)
    with pytest.raises(DocumentsNotBuilt, match="disk full"):
        indexing.rebuild()
    assert index_engine().live_generation().name == before
    assert [path.name for path in index_engine().root.iterdir() if path.is_dir()] == [before]
    assert keys("first") == ["first"]


def test_a_rebuild_takes_care_of_what_waited(library):
    library.resource("second", title_en="A second report")
    indexing.rebuild()
    assert not OutboxEntry.objects.exists()


def test_status_is_quiet_when_all_is_well_and_fails_on_drift(library, capsys):
    call_command("search_status")
    assert "Missing: 0" in capsys.readouterr().out
    library.resource("second", title_en="A second report")
    OutboxEntry.objects.all().delete()
    with pytest.raises(SystemExit) as stopped:
        call_command("search_status", heal=True)
    assert stopped.value.code == 1
    assert "Missing: 1: second" in capsys.readouterr().out
    library.catch_up()
    call_command("search_status")


def test_drift_heals_by_itself(library):
    library.resource("second", title_en="A second report")
    OutboxEntry.objects.all().delete()
    assert indexing.heal() == 1
    library.catch_up()
    assert indexing.drift().keys == ()


def test_without_an_index_the_database_answers_and_says_so(library, settings, tmp_path):
    library.resource("second", title_en="A second report", topics=["data"])
    settings.SEARCH_INDEX_DIR = tmp_path
    with pytest.raises(EngineUnavailable):
        index_engine().count(None, [])
    results = find("second")
    assert (results.engine, results.degraded) == ("database", True)
    assert [result.key for result in results.results] == ["second"]
    assert find('"*:( AND').total == 0
    assert find("report", filters={"topic": ("data",)}).total == 1


def test_the_worker_goes_on_after_a_fault(library, monkeypatch):
    rounds = []

    def work():
        rounds.append(datetime.datetime.now(tz=datetime.UTC))
        if len(rounds) == 1:
            raise RuntimeError
        worker.stop()
        return 0

    worker = Worker(pause=0)
    monkeypatch.setattr(indexing, "work_outbox", work)
    monkeypatch.setattr("search.worker.close_old_connections", lambda: None)
    monkeypatch.setattr("search.worker.connections.close_all", lambda: None)
    monkeypatch.setattr(Worker, "read_documents", lambda self: False)
    worker.run()
    assert len(rounds) == 2
