"""Where figures come from: times hold for such a machine only, and one so busy."""

import os
import platform
from collections.abc import Iterable
from importlib.metadata import version


def measured_on(packages: Iterable[str]) -> str:
    """One sentence on the machine, how busy it is, and the versions of Python and some packages."""
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    return (
        f"Measured on {os.cpu_count()} cores ({platform.machine()}, load {os.getloadavg()[0]:.0f}), "
        f"Python {platform.python_version()}, {versions}."
    )
