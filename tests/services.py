"""What a test needs beyond Python: `require("chromium")` gives it, skips the test on a laptop, fails it in CI.

`python -m tests.services postgresql -- COMMAND` runs a command on a real server, by the same rule.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

PROJECT_DIR = Path(__file__).resolve().parent.parent
TEST_SERVICES = PROJECT_DIR / "scripts" / "test-services"
IS_CI = os.environ.get("CI", "").lower() == "true"


class Missing(Exception):
    """A service that is not to be had here; the text says how to get it."""


def require(name: str) -> str:
    """The path of a program or the URL of a server, by its name in SERVICES."""
    try:
        return _find(name)
    except Missing as missing:
        message = f"needs {name}: {missing}"
        if IS_CI:
            pytest.fail(message, pytrace=False)
        pytest.skip(message)


@cache
def _find(name: str) -> str:
    return SERVICES[name]()


def chromium() -> str:
    named = os.environ.get("CHROMIUM")
    names = [named] if named else ["chromium", "chromium-browser", "google-chrome"]
    names.append("/Applications/Chromium.app/Contents/MacOS/Chromium")
    if found := next((path for name in names if (path := shutil.which(name))), None):
        return found
    raise Missing("install it (apt install chromium), or name a browser of its kind in CHROMIUM")


def gettext() -> str:
    if found := shutil.which("xgettext"):
        return found
    raise Missing("install it (apt install gettext, or brew install gettext)")


def postgresql() -> str:
    return _server("postgresql", "TEST_DATABASE_URL")


def elasticsearch() -> str:
    return _server("elasticsearch", "TEST_ELASTICSEARCH_URL")


def redis() -> str:
    return _server("redis", "TEST_REDIS_URL")


def _server(name: str, variable: str) -> str:
    """A server's URL. CI starts what does not run; on a laptop nobody's disk is filled unasked."""
    if url := os.environ.get(variable):
        return url
    action = "start" if IS_CI else "status"
    told = subprocess.run(
        [sys.executable, str(TEST_SERVICES), action, name], capture_output=True, text=True, check=False
    )
    prefix = f"export {variable}="
    url = next((line.removeprefix(prefix) for line in told.stdout.splitlines() if line.startswith(prefix)), None)
    if url:
        return url
    raise Missing(told.stderr.strip() or f"run: scripts/test-services start {name}")


SERVICES: dict[str, Callable[[], str]] = {
    "chromium": chromium,
    "gettext": gettext,
    "postgresql": postgresql,
    "elasticsearch": elasticsearch,
    "redis": redis,
}


def main(name: str, separator: str, *command: str) -> int:
    """Run a command with the site's tests on the named database server."""
    if name != "postgresql" or separator != "--" or not command:
        sys.exit("usage: python -m tests.services postgresql -- COMMAND …")
    try:
        url = postgresql()
    except Missing as missing:
        print(f"{'FAILED' if IS_CI else 'SKIPPED'} on PostgreSQL: {missing}")
        return 1 if IS_CI else 0
    print(f"On PostgreSQL: {' '.join(command)}", flush=True)
    return subprocess.run(command, check=False, env={**os.environ, "TEST_SUITE_DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
