"""Each check of `make test` is seen to refuse what it is there to refuse."""

import subprocess
from pathlib import Path

import polib
import pytest

from scripts.check_messages import problems as message_problems
from scripts.check_messages import strings_of_code
from scripts.check_requirements import problems as lock_problems
from tests.services import PROJECT_DIR, require

TOOLS = PROJECT_DIR / ".venv" / "bin"


def run(*command: str, cwd: Path = PROJECT_DIR) -> subprocess.CompletedProcess:
    return subprocess.run([str(TOOLS / command[0]), *command[1:]], cwd=cwd, capture_output=True, text=True, check=False)


def test_an_image_without_alternative_text_fails_the_template_lint(tmp_path):
    (tmp_path / "bad.html").write_text('<img src="{{ url }}">\n')
    (tmp_path / "good.html").write_text('<img src="{{ url }}" alt="" width="1" height="1">\n')
    configuration = ["--configuration", str(PROJECT_DIR / "pyproject.toml")]
    assert "H013" in run("djlint", "--lint", *configuration, str(tmp_path / "bad.html")).stdout
    assert run("djlint", "--lint", *configuration, str(tmp_path / "bad.html")).returncode == 1
    assert run("djlint", "--lint", *configuration, str(tmp_path / "good.html")).returncode == 0


@pytest.mark.parametrize(
    ("room", "imported"),
    [
        ("search", "home"),
        ("search", "cms"),
        ("search", "signups"),
        ("signups", "search"),
        ("signups", "home"),
        ("resources", "search"),
        ("assets", "resources"),
        ("home", "cms"),
    ],
)
def test_an_import_against_the_arrows_fails(tmp_path, room, imported):
    for name in ("assets", "resources", "search", "signups", "home", "cms"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
    (tmp_path / "pyproject.toml").write_text((PROJECT_DIR / "pyproject.toml").read_text())
    assert run("lint-imports", "--no-cache", cwd=tmp_path).returncode == 0
    (tmp_path / room / "wrong.py").write_text(f"import {imported}\n")
    assert run("lint-imports", "--no-cache", cwd=tmp_path).returncode == 1


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("try:\n    work()\nexcept Exception:\n    pass\n", "S110"),
        ("# TODO: later\n", "FIX002"),
        ("# total = sum(parts)\n", "ERA001"),
    ],
)
def test_silence_and_leftovers_fail_the_lint(code, rule):
    command = [str(TOOLS / "ruff"), "check", "--stdin-filename", "home/example.py", "-"]
    told = subprocess.run(command, input=code, cwd=PROJECT_DIR, capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert rule in told.stdout


def test_a_string_that_is_missing_fuzzy_or_left_over_fails_the_catalogue():
    catalogue, code = polib.POFile(), polib.POFile()
    catalogue.append(polib.POEntry(msgid="Home", msgstr="Inicio"))
    catalogue.append(polib.POEntry(msgid="Search", msgstr=""))
    catalogue.append(polib.POEntry(msgid="Bill", msgstr="Ley", flags=["fuzzy"]))
    catalogue.append(polib.POEntry(msgid="Region", msgstr="Región"))
    code.extend(polib.POEntry(msgid=msgid) for msgid in ("Home", "Search", "Bill", "Partner"))
    assert message_problems(catalogue, code) == [
        "fuzzy: “Bill”",
        "missing from the catalogue: “Partner”",
        "not translated: “Search”",
        "nothing uses it any more: “Region”",
    ]


def test_the_strings_of_code_and_templates_are_all_seen(tmp_path):
    require("gettext")
    (tmp_path / "locale").mkdir()
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "models.py").write_text(
        'from django.utils.translation import gettext as _\nname = _("Name")\n'
    )
    (tmp_path / "home" / "page.html").write_text('{% load i18n %}{% translate "Welcome" %}\n')
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_it.py").write_text('_("Not shown")\n')
    assert {entry.msgid for entry in strings_of_code(tmp_path)} == {"Name", "Welcome"}


@pytest.mark.parametrize(
    ("wanted", "lock", "complaint"),
    [
        ("wagtail>=7.4", "wagtail==1.0.2 \\\n    --hash=sha256:00\n", "is locked at 1.0.2"),
        ("wagtail>=7.4\ntantivy", "wagtail==7.4.4 \\\n    --hash=sha256:00\n", "tantivy is not locked"),
        ("wagtail>=7.4", "wagtail==7.4.4\n", "has no hash"),
        ("wagtail", "--index-url https://example.org\nwagtail==7.4.4 \\\n    --hash=sha256:00\n", "names an index"),
        ("wagtail>=7.4", None, "is missing"),
    ],
)
def test_a_lock_that_says_something_else_is_refused(tmp_path, wanted, lock, complaint):
    (tmp_path / "requirements.in").write_text(f"# What it runs on\n{wanted}\n")
    if lock is not None:
        (tmp_path / "requirements.txt").write_text(lock)
    found = lock_problems(tmp_path)
    assert len(found) == 1
    assert complaint in found[0]


def test_a_model_change_without_its_migration_fails():
    told = run(
        "python",
        "-c",
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'cms.settings.test'\n"
        "import django; django.setup()\n"
        "from django.db import models; from home.models import HomePage\n"
        "HomePage.add_to_class('extra', models.TextField(default=''))\n"
        "from django.core.management import call_command; call_command('makemigrations', '--check', '--dry-run')",
    )
    assert told.returncode == 1
    assert "extra" in told.stdout
