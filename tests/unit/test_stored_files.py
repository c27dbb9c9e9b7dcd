"""Files of a load or import that fails leave storage again."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from resources.stored_files import taken_back_on_failure


@pytest.fixture(autouse=True)
def storage(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def store(*names: str, fault: BaseException | None = None) -> list[str]:
    """Stores files, and then fails where it shall."""
    stored: list[str] = []
    with taken_back_on_failure(stored):
        stored += [default_storage.save(name, ContentFile(b"words")) for name in names]
        if fault:
            raise fault
    return stored


def test_files_stay_where_all_goes_well():
    assert store("one.txt") == default_storage.listdir("")[1] == ["one.txt"]


@pytest.mark.parametrize("fault", [RuntimeError("the disk is full"), KeyboardInterrupt()])
def test_only_the_files_of_the_failure_go(fault):
    store("other.txt")
    with pytest.raises(type(fault)):
        store("one.txt", "two.txt", fault=fault)
    assert default_storage.listdir("")[1] == ["other.txt"]


def test_a_file_that_cannot_be_removed_hides_neither_the_fault_nor_the_others(monkeypatch):
    delete = default_storage.delete

    def delete_all_but_one(name):
        if name == "one.txt":
            raise PermissionError("no entry")
        delete(name)

    monkeypatch.setattr(default_storage, "delete", delete_all_but_one)
    with pytest.raises(RuntimeError, match="the disk is full"):
        store("one.txt", "two.txt", fault=RuntimeError("the disk is full"))
    assert default_storage.listdir("")[1] == ["one.txt"]
