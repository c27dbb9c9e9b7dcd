"""What the loader wrote last, so that it recognizes what an editor has changed since."""

import hashlib
import json
from collections.abc import Callable
from enum import Enum, auto
from typing import Any

from home.models import LoadedContent


class Decision(Enum):
    """What to do with one entry of the content files."""

    CREATE = auto()
    UPDATE = auto()
    UNCHANGED = auto()
    KEEP = auto()  # an editor changed or removed it


def digest(value: Any) -> str:
    """SHA-256 of anything that can be written as JSON; the order of mappings does not count."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


class Memory:
    """The digests of the last load: of the entry in its file, and of the state it led to."""

    def __init__(self, overwrite: bool):
        self.overwrite = overwrite
        self.known = {(row.kind, row.key): row for row in LoadedContent.objects.all()}
        self.written: dict[tuple[str, str], LoadedContent] = {}

    def decide(self, kind: str, key: str, file_digest: str, exists: bool, state: Callable[[], str]) -> Decision:
        """`state` gives the digest of what is in the database now; it is asked only where it matters."""
        known = self.known.get((kind, key))
        if not exists:
            return Decision.CREATE if known is None or self.overwrite else Decision.KEEP
        if known is None:
            return Decision.UPDATE if self.overwrite else Decision.KEEP
        if known.file_digest == file_digest:
            if self.overwrite and known.state_digest != state():
                return Decision.UPDATE
            return Decision.UNCHANGED
        return Decision.UPDATE if self.overwrite or known.state_digest == state() else Decision.KEEP

    def remember(self, kind: str, key: str, file_digest: str, state_digest: str) -> None:
        self.written[kind, key] = LoadedContent(kind=kind, key=key, file_digest=file_digest, state_digest=state_digest)

    def save(self) -> None:
        LoadedContent.objects.bulk_create(
            self.written.values(),
            update_conflicts=True,
            unique_fields=["kind", "key"],
            update_fields=["file_digest", "state_digest"],
        )
