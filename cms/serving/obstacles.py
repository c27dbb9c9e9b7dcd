"""What can keep the site from starting, each told in one sentence with its remedy.

Only the standard library: `scripts/run.py` asks here before anything is installed.
"""

import errno
import shutil
import socket
import tempfile
from pathlib import Path

MEGABYTE = 1024 * 1024


class Obstacle(Exception):
    """A reason not to start that the person at the keyboard can remove; its text is the whole message."""


def port_number(text: str) -> int:
    """The port a person asked for."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise Obstacle(f"PORT is “{text}”, but must be a number from 1 to 65535, as in: make run PORT=8001")
    return int(text)


def require_free_port(host: str, port: int) -> None:
    """Refuse a port that another program listens on or that this user may not open."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the server does, so that connections of a server just stopped do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Obstacle(
                    f"Port {port} is in use by another program: stop that one, or choose another port, "
                    f"as in: make run PORT={port + 1 if port < 65535 else 8000}"
                ) from error
            raise Obstacle(
                f"Port {port} cannot be opened ({error.strerror}): choose another port, as in: make run PORT=8000"
            ) from error


def require_writable_folder(folder: Path, name: str) -> None:
    """Refuse a folder in which nothing can be written, making it first when it is missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise full_disk(folder) from error
        raise Obstacle(
            f"{name} {folder} cannot be written to ({error.strerror}): allow this user to write there, "
            f"or set {name} to a folder of yours."
        ) from error


def require_disk_space(folder: Path, megabytes: int) -> None:
    """Refuse to begin where the disk would fill up half-way."""
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    free = shutil.disk_usage(existing).free // MEGABYTE
    if free < megabytes:
        raise Obstacle(
            f"{megabytes} MB are needed in {folder}, but only {free} MB are free: "
            "make room on this disk, or work on another one."
        )


def full_disk(folder: Path) -> Obstacle:
    """The sentence for a disk that filled up on the way."""
    return Obstacle(f"The disk that holds {folder} is full: make room on it, then start again.")
