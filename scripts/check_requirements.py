"""Checks that each lock names what its .in file means: every package, a version within bounds, hashes, no index.

A package that caps another makes the resolver step back to an old version without a word; this says so.
"""

import re
import sys
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT_DIR = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)([^\\]*)\\?$", re.M)


def problems(folder: Path) -> list[str]:
    """One line for each disagreement between the .in files and the .txt locks of a folder."""
    found = []
    for wanted in sorted(folder.glob("requirements*.in")):
        lock = wanted.with_suffix(".txt")
        if not lock.exists():
            found.append(f"{lock.name} is missing: make lock")
            continue
        text = lock.read_text(encoding="utf-8")
        found += [f"{lock.name}: names an index or address: {line}" for line in text.splitlines() if _is_address(line)]
        found += _unmet(wanted, lock.name, text)
        found += _without_hash(lock.name, text)
    return found


def _is_address(line: str) -> bool:
    return "://" in line or line.lstrip().startswith(("--index", "--extra-index", "--find-links", "-i ", "-f "))


def _unmet(wanted: Path, lock: str, text: str) -> list[str]:
    pins: dict[str, list[str]] = {}
    for name, version, _ in PIN.findall(text):
        pins.setdefault(canonicalize_name(name), []).append(version)
    found = []
    for line in wanted.read_text(encoding="utf-8").splitlines():
        line = line.split("#")[0].strip()
        if not line or line.startswith("-"):
            continue
        requirement = Requirement(line)
        versions = pins.get(canonicalize_name(requirement.name))
        if not versions:
            found.append(f"{lock}: {requirement.name} is not locked: make lock")
        found += [
            f"{lock}: {requirement.name} is locked at {version}, not {requirement.specifier}: make lock"
            for version in versions or []
            if not requirement.specifier.contains(version, prereleases=True)
        ]
    return found


def _without_hash(lock: str, text: str) -> list[str]:
    blocks = re.split(r"\n(?=\S)", text)
    return [
        f"{lock}: {block.split()[0]} has no hash"
        for block in blocks
        if PIN.match(block) and "--hash=sha256:" not in block
    ]


if __name__ == "__main__":
    found = problems(PROJECT_DIR)
    print("\n".join(found) or "The locks name what was asked for.")
    sys.exit(bool(found))
