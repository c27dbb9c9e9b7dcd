"""What a load did."""

from collections import Counter
from dataclasses import dataclass, field

from home.loading.memory import Decision


@dataclass
class LoadReport:
    """How many entries were created, updated, left alone; which ones keep an editor's changes."""

    counts: Counter = field(default_factory=Counter)
    kept: list[str] = field(default_factory=list)
    removed_samples: int = 0

    def note(self, decision: Decision, name: str) -> None:
        self.counts[decision] += 1
        if decision is Decision.KEEP:
            self.kept.append(name)

    @property
    def created(self) -> int:
        return self.counts[Decision.CREATE]

    @property
    def updated(self) -> int:
        return self.counts[Decision.UPDATE]

    @property
    def unchanged(self) -> int:
        return self.counts[Decision.UNCHANGED]
