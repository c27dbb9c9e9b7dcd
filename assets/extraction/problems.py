"""Why a file's text is missing or cut: codes that the child process answers with and the database keeps."""

from enum import StrEnum


class Problem(StrEnum):
    """A reason; `assets.extraction.messages` says it in the reader's language."""

    MISSING = "missing"
    NOTHING = "nothing"
    TOO_LARGE = "too-large"
    UNPACKS = "unpacks"
    ENCRYPTED = "encrypted"
    MISLABELLED = "mislabelled"
    OLD_FORMAT = "old-format"
    UNSUPPORTED = "unsupported"
    DAMAGED = "damaged"
    SCANNED = "scanned"
    NO_TEXT = "no-text"
    LONG = "long"
    TIME = "time"
    MEMORY = "memory"
    STOPPED = "stopped"


class Unreadable(Exception):
    """The file cannot be read; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem
