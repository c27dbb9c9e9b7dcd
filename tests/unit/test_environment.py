"""Variables of the environment are read as they are written."""

import pytest

from cms.settings import environment
from cms.settings.environment import cache_config, database_config, env


@pytest.mark.parametrize("name", ["SECRET_KEY", "EMBEDDINGS_KEY"])
def test_a_key_may_begin_with_a_dollar_sign(name, monkeypatch):
    monkeypatch.setenv(name, "$ecret")
    assert env(name) == "$ecret"


def test_names_in_a_list_may_have_spaces_between_them(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", " a.org, b.org ,")
    assert env("ALLOWED_HOSTS") == ["a.org", "b.org"]
    monkeypatch.setenv("SEARCH_EMBEDDERS", "")
    assert env("SEARCH_EMBEDDERS") == []


@pytest.mark.parametrize("name", ["c++", "me#1", "100%25", "what?", "mi carpeta"])
def test_a_data_folder_may_have_any_name(name, tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("CACHE_URL", "")
    folder = tmp_path / name
    assert database_config(folder)["NAME"] == str(folder / "library.sqlite3")
    assert cache_config("filebased.FileBasedCache", str(folder))["LOCATION"] == str(folder)


def test_every_variable_is_in_the_example():
    told = (environment.PROJECT_DIR / ".env.example").read_text()
    assert [name for name in env.scheme if f"{name}=" not in told] == []
