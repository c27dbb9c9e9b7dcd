"""What is embedded: an edition as a whole, or a passage of it (a stretch of a recording, a page of a file)."""

import hashlib
from dataclasses import dataclass

EDITION = "edition"
# Longer openings, and averages over more windows, found less.
WINDOW = 300
WINDOWS_OF_AN_EDITION = 4
WINDOWS_OF_A_PASSAGE = 3
# A text this short is read whole; of longer ones the opening says what they are about.
SHORT_TEXT = 800
RECIPE = "1 int8"


@dataclass(frozen=True)
class Passage:
    """A text with its place in a work: `place` is the start in seconds or the number of a page; empty for editions."""

    language: str
    title: str
    text: str
    kind: str = EDITION
    place: str = ""

    def groups(self, as_sum: bool) -> list[list[str]]:
        """The texts to embed; the vector is the sum of the means of the groups.

        As a sum: the title, the title with the opening, and the first windows of the text. Otherwise one text.
        """
        title, text = " ".join(self.title.split()), " ".join(self.text.split())
        if text.startswith(title):
            text = text[len(title) :].lstrip(" .")
        if not as_sum:
            shown = text if len(text) <= SHORT_TEXT or self.kind != EDITION else text[:WINDOW]
            return [[". ".join(filter(None, (title, shown)))]]
        most = WINDOWS_OF_AN_EDITION if self.kind == EDITION else WINDOWS_OF_A_PASSAGE
        windows = [text[start : start + WINDOW] for start in range(0, min(len(text), most * WINDOW), WINDOW)]
        opening = [f"{title}. {text[:WINDOW]}"] if title and text and self.kind == EDITION else []
        return [group for group in ([title] if title else [], opening, windows) if group]

    def content_hash(self, as_sum: bool) -> bytes:
        """The same for the same texts in the same language, whichever work they belong to."""
        state = repr((RECIPE, self.language, self.groups(as_sum)))
        return hashlib.sha256(state.encode()).digest()[:16]
