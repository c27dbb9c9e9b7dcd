"""The child process: reads the file on standard input, answers in JSON lines on standard output.

`python -m assets.extraction.child LIMITS EXTENSION`. The first line is `{"unit": …, "page_count": …}`, then comes
`{"text": …}` for each page in order, then `{"problem": …}`. Without that last line the child did not come to its end:
an exception that a parser raises over a faulty file ends it with exit code 1.
"""

import importlib
import json
import sys
from typing import BinaryIO, TextIO

from assets.extraction.cleaning import clean
from assets.extraction.confinement import confine
from assets.extraction.detection import reader_of
from assets.extraction.limits import Limits
from assets.extraction.problems import Problem, Unreadable
from assets.extraction.readers import Reading


def main(limits: Limits, extension: str, file: BinaryIO, output: TextIO) -> None:
    confine(limits)
    try:
        reader = importlib.import_module(f"assets.extraction.readers.{reader_of(file, extension)}")
        reading = reader.read(file, limits)
        _write(output, {"unit": reading.unit, "page_count": reading.page_count})
        problem = _write_pages(reading, limits, output)
    except Unreadable as unreadable:
        problem = unreadable.problem
    except MemoryError:
        problem = Problem.MEMORY
    _write(output, {"problem": problem})


def _write_pages(reading: Reading, limits: Limits, output: TextIO) -> str:
    """Writes pages until one of the limits; gives the problem where some were left."""
    left = limits.characters
    for number, page in enumerate(reading.pages, start=1):
        if number > limits.pages or left <= 0:
            return Problem.LONG
        text = clean(page)
        _write(output, {"text": text[:left]})
        if len(text) > left or len(page) > limits.characters:
            return Problem.LONG
        left -= len(text)
    return ""


def _write(output: TextIO, line: dict) -> None:
    output.write(json.dumps(line, ensure_ascii=False) + "\n")
    output.flush()


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    main(Limits(**json.loads(sys.argv[1])), sys.argv[2], sys.stdin.buffer, sys.stdout)
