#!/usr/bin/env python3
"""Makes the site's samples: three PDFs, two captioned recordings, and the content file that loads them.

What it makes is committed in home/content/samples, so it need only run after a change to scripts/samples:

    sudo apt-get install chromium espeak-ng ffmpeg fonts-lato
    pip install -r requirements-samples.in
    python scripts/make_samples.py

The same packages give the same bytes on every run.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import yaml
from samples import paper, recording

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "home/content/samples"
WORKS = Path(__file__).parent / "samples/works.yaml"
PROGRAMS = ("chromium", "espeak-ng", "ffmpeg")
LARGEST_FILE = 3 * 1024 * 1024
HEADER = "# Written by scripts/make_samples.py from scripts/samples/works.yaml: change that file, not this one.\n"


class IndentedDumper(yaml.SafeDumper):
    """YAML without aliases, as a person would write it."""

    def ignore_aliases(self, data):
        return True


def measured_works(target, recordings):
    """The entries of works.yaml with the bytes, pages, durations and chapters that were measured."""
    works = yaml.safe_load(WORKS.read_text(encoding="utf-8"))
    for work in works:
        for file in work.get("files", []):
            path = target / file["document"]
            file["bytes"] = path.stat().st_size
            file["pages"] = paper.count_pages(path)
        if "video" in work:
            name = Path(work["video"]).stem
            work["spoken_language"] = recordings[name]["spoken_language"]
            work["duration_seconds"] = recordings[name]["duration_seconds"]
            work["poster"] = f"{name}.jpg"
            work["captions"] = [{"language": code, "file": f"{name}.{code}.vtt"} for code in recording.NOTES]
            work["chapters"] = recordings[name]["chapters"]
            work["speakers"] = recordings[name]["speakers"]
    return works


def make_samples(target):
    """Write every sample and samples.yaml into the folder `target`."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        workdir = Path(folder)
        for name in paper.PAPERS:
            paper.make_paper(name, target, workdir)
        recordings = {name: recording.make_recording(name, target, workdir) for name in recording.RECORDINGS}
    content = yaml.dump(
        measured_works(target, recordings), Dumper=IndentedDumper, sort_keys=False, allow_unicode=True, width=120
    )
    (target / "samples.yaml").write_text(HEADER + content, encoding="utf-8")
    for path in sorted(target.iterdir()):
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise ValueError(f"{path.name} has {size} bytes; a sample may have {LARGEST_FILE}")
        print(f"{size:>9,}  {path.name}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--target", type=Path, default=TARGET, help="folder to write to")
    options = parser.parse_args()
    missing = [program for program in PROGRAMS if not shutil.which(program)]
    if missing:
        sys.exit(f"Not installed: {', '.join(missing)}. Try: sudo apt-get install {' '.join(PROGRAMS)} fonts-lato")
    make_samples(options.target)


if __name__ == "__main__":
    main()
