"""What is wrong in the content files: each problem names its file, its place and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches


@dataclass(frozen=True)
class Place:
    """Where something stands: a file, a line, and the way to it inside the file (`el-win › body › block 2`)."""

    file: str
    line: int = 0
    steps: tuple[str, ...] = ()

    def inside(self, step: str, line: int = 0) -> "Place":
        return replace(self, steps=(*self.steps, step), line=line or self.line)

    def __str__(self) -> str:
        line = f", line {self.line}" if self.line else ""
        steps = f", {' › '.join(self.steps)}" if self.steps else ""
        return f"{self.file}{line}{steps}"


@dataclass(frozen=True)
class Problem:
    """One thing to correct."""

    place: Place
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message} {self.remedy}"


class ContentProblems(Exception):
    """The content files cannot be loaded; nothing of them was kept."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = sorted(problems, key=lambda problem: (problem.place.file, problem.place.line))
        super().__init__("\n".join(map(str, self.problems)))


class ProblemList:
    """Collects problems, so that one run names them all."""

    def __init__(self):
        self.problems: list[Problem] = []

    def add(self, place: Place, message: str, remedy: str) -> None:
        self.problems.append(Problem(place, message, remedy))

    def stop_if_any(self) -> None:
        if self.problems:
            raise ContentProblems(self.problems)


def near_matches(word: str, known: Iterable[str]) -> str:
    """“Did you mean …?” or the list of what is known where it is short."""
    known = sorted(known)
    near = get_close_matches(word, known, n=3, cutoff=0.6)
    if near:
        return f"Did you mean {' or '.join(f'`{name}`' for name in near)}?"
    if len(known) <= 15:
        return f"Known: {', '.join(f'`{name}`' for name in known)}."
    return "Check the spelling."
