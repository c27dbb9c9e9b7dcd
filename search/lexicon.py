"""Entries of a lexicon: words and names, and the beginnings by which they are completed."""

from dataclasses import dataclass, replace

from search.analysis import fold

SEPARATOR = "\x1f"
SHORTEST_WORD = 3
SHORTEST_START = 2
LONGEST_START = 12


@dataclass(frozen=True)
class LexiconEntry:
    """A word or a name: its kind (`word`, `person`, `organization`, `topic`…), language (empty: both) and text."""

    kind: str
    language: str
    text: str

    @property
    def as_term(self) -> str:
        return SEPARATOR.join((self.kind, self.language, self.text))

    @classmethod
    def from_term(cls, term: str) -> "LexiconEntry":
        return cls(*term.split(SEPARATOR, 2))


def is_word(text: str) -> bool:
    """Whether a text is a word that spelling may know."""
    return len(text) >= SHORTEST_WORD and text.isalpha()


def of_both(one: LexiconEntry | None, other: LexiconEntry) -> LexiconEntry:
    """The entry of a word that was met before, maybe in the other language: with an accent it is Spanish, and quoted
    there; without one it belongs to both."""
    if one is None or one.language == other.language:
        return other
    spanish = one if one.language == "es" else other
    return replace(spanish, language="") if spanish.text.isascii() else spanish


def starts_of(text: str) -> str:
    """The beginnings of all words of a text, folded, between spaces: `Kínder TK` → `ki kin kind kinde kinder tk`."""
    starts = {
        word[:length]
        for word in fold(text).split()
        for length in range(min(SHORTEST_START, len(word)), min(LONGEST_START, len(word)) + 1)
    }
    return " ".join(sorted(starts))


def typed_starts(text: str) -> list[str]:
    """What is typed so far, as beginnings to look for; single letters wait for the next one."""
    return [word[:LONGEST_START] for word in fold(text).split() if len(word) >= SHORTEST_START or word.isdigit()]
