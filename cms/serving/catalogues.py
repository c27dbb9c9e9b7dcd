"""Compiles the message catalogues (.po) to what Django reads (.mo), without gettext installed.

`python -m cms.serving.catalogues` does it from a shell.
"""

from pathlib import Path

import polib

LOCALE_DIR = Path(__file__).resolve().parent.parent.parent / "locale"


def stale_catalogues(folder: Path = LOCALE_DIR) -> list[Path]:
    """The .po files whose .mo is missing or older."""
    return [
        po
        for po in sorted(folder.glob("*/LC_MESSAGES/*.po"))
        if not (mo := po.with_suffix(".mo")).exists() or mo.stat().st_mtime_ns < po.stat().st_mtime_ns
    ]


def compile_catalogues(folder: Path = LOCALE_DIR) -> list[Path]:
    """Write the .mo beside each stale .po and return those written. Fuzzy entries are left out, as msgfmt does."""
    written = []
    for po in stale_catalogues(folder):
        mo = po.with_suffix(".mo")
        partial = mo.with_suffix(".partial")
        polib.pofile(str(po)).save_as_mofile(str(partial))
        # A process that reads meanwhile sees the old file or the new one, never half of one.
        partial.replace(mo)
        written.append(mo)
    return written


if __name__ == "__main__":
    for written in compile_catalogues():
        print(written)
