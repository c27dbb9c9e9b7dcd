"""Checks the message catalogues against the code: every string in both languages, none fuzzy, none left over.

The English catalogue lets the words of a page change without the code; a new string stands there as in the code.

Needs gettext; without it only what the catalogue itself shows is checked (in CI that is a failure).
`--update` writes what the code says into the catalogue, for translators to fill in.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

PROJECT_DIR = Path(__file__).resolve().parent.parent
LANGUAGES = {"es": "Spanish", "en": "English"}
CATALOGUE = Path("locale") / "es" / "LC_MESSAGES" / "django.po"
NOT_OURS = (".venv", "data", "tests", "scripts", "benchmarks", "node_modules")


def strings_of_code(project: Path) -> polib.POFile:
    """Every translatable string of code and templates, extracted beside the project, not into it."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "project"
        shutil.copytree(project, copy, ignore=_ignored)
        (copy / CATALOGUE).unlink(missing_ok=True)
        (copy / CATALOGUE).parent.mkdir(parents=True, exist_ok=True)
        _make_messages(copy)
        return polib.pofile(str(copy / CATALOGUE))


def _ignored(folder: str, names: list[str]) -> set[str]:
    """Leave out what is not ours and what holds no string."""
    kept = (".py", ".html", ".txt", ".po")
    return {
        name
        for name in names
        if name in NOT_OURS
        or name.startswith(".")
        or (not Path(folder, name).is_dir() and (not name.endswith(kept) or name.startswith("requirements")))
    }


def _make_messages(project: Path) -> None:
    command = [sys.executable, "-m", "django", "makemessages", "--locale=es", "--no-obsolete", "--no-wrap", "-v0"]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, cwd=project, check=True, env=environment)


def problems(catalogue: polib.POFile, code: polib.POFile | None) -> list[str]:
    """One line for each string that a Spanish reader would miss, or that nothing uses any more."""
    found = []
    for entry in catalogue:
        if entry.obsolete:
            found.append(f"left over: {_shown(entry)}")
        elif entry.fuzzy:
            found.append(f"fuzzy: {_shown(entry)}")
        elif not entry.translated():
            found.append(f"not translated: {_shown(entry)}")
    if code is not None:
        known, used = {_key(entry): entry for entry in catalogue}, {_key(entry): entry for entry in code}
        found += [f"missing from the catalogue: {_shown(used[key])}" for key in used.keys() - known.keys()]
        found += [f"nothing uses it any more: {_shown(known[key])}" for key in known.keys() - used.keys()]
    return sorted(found)


def update(catalogue: polib.POFile, code: polib.POFile) -> None:
    """Bring places, new and dropped strings into the catalogue; translations stay."""
    catalogue.merge(code)
    for entry in catalogue.obsolete_entries():
        catalogue.remove(entry)


def _key(entry: polib.POEntry) -> tuple[str | None, str, str]:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def _shown(entry: polib.POEntry) -> str:
    place = f"  ({entry.occurrences[0][0]})" if entry.occurrences else ""
    return f"“{entry.msgid}”{place}"


def fill_with_source(catalogue: polib.POFile) -> None:
    """The words of the code where the English catalogue has none of its own."""
    for entry in catalogue.untranslated_entries():
        if entry.msgid_plural:
            entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural}
        else:
            entry.msgstr = entry.msgid


def main() -> int:
    """Check, or with --update write; 1 when a string is missing, fuzzy or left over."""
    updating = "--update" in sys.argv[1:]
    code = None
    if shutil.which("xgettext"):
        code = strings_of_code(PROJECT_DIR)
    elif os.environ.get("CI", "").lower() == "true" or updating:
        print("gettext is needed: apt install gettext, or brew install gettext")
        return 1
    else:
        print("Without gettext (apt install gettext) the catalogues are not compared with the code.")
    found = []
    for language, name in LANGUAGES.items():
        path = PROJECT_DIR / "locale" / language / "LC_MESSAGES" / "django.po"
        catalogue = polib.pofile(str(path), wrapwidth=0)
        if updating and code is not None:
            update(catalogue, code)
            if language == "en":
                fill_with_source(catalogue)
            catalogue.save(str(path))
        found += [f"{name}: {problem}" for problem in problems(catalogue, code)]
    if found:
        print(*found, f"{len(found)} strings to put right: make messages, then edit locale/", sep="\n")
        return 1
    print("Every string is there in Spanish and in English.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
