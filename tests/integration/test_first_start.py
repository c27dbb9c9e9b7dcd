"""The first start of a fresh installation, and the second, as `make run` makes them once the packages are there."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from urllib.request import urlopen

import pytest

from tests.services import PROJECT_DIR


class Site:
    """A served site and what it printed until it was open."""

    def __init__(self, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cms.serving"],
            cwd=PROJECT_DIR,
            env={"PATH": os.environ["PATH"], "DATA_DIR": str(folder), "PORT": str(port)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.printed = ""
        for line in self.process.stdout:
            self.printed += line
            if "The library is open" in line:
                break
        self.seconds = time.monotonic() - started

    def get(self, path):
        with urlopen(self.url + path, timeout=30) as answer:
            return answer.read().decode()

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=30)


@pytest.fixture
def start(tmp_path):
    sites = []

    def start_site():
        sites.append(Site(tmp_path))
        return sites[-1]

    yield start_site
    for site in sites:
        site.stop()


def test_the_first_start_makes_the_whole_site_and_the_second_only_opens_it(start, tmp_path):
    first = start()
    assert re.search(r"Administrator: admin\s+Password: +\S{16}\s", first.printed), first.printed
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    for path in ("/", "/en/", "/es/", "/admin/login/", "/health/ready"):
        first.get(path)
    stylesheet = re.search(r'href="(/static/[^"]+\.css)"', first.get("/en/")).group(1)
    assert re.search(r"\.[0-9a-f]{12}\.css$", stylesheet)
    assert "{" in first.get(stylesheet)
    first.stop()

    second = start()
    assert "Preparing" not in second.printed
    assert "Password" not in second.printed
    second.get("/en/")
    assert second.seconds < 20
