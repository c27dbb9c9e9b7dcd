"""The glossary at work in a search: typed words that say a term, and the other ways to say it.

Preferred terms, variants and acronyms stand for each other, in both languages. What families type stands for the
official term, one way; of those words all that carry meaning must be there, in any order. Acronyms that are ordinary
words (EL, LEA) count only in capitals inside a query that is not all capitals, or inside a phrase of the glossary;
where nothing else is typed their terms are offered.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from resources.models import GlossaryTerm
from search.analysis import LANGUAGES, common_form, fold, is_stop_word, is_stop_word_somewhere, words
from search.stop_words import FAMILY_DIRECTIONS, FAMILY_FILLERS, FAMILY_SYNONYMS
from search.versions import Made, Version

ORDINARY_WORDS = frozenset({"lea"})
OFFICIAL = ("preferred", "variant", "acronym")
glossary_version = Version("search-glossary", 60)


@dataclass(frozen=True)
class Wording:
    """One way to say a term in one language."""

    text: str
    language: str
    kind: str

    @property
    def is_official(self) -> bool:
        return self.kind in OFFICIAL


@dataclass(frozen=True)
class Term:
    """A glossary term with all its wordings; the first of a language is the preferred one."""

    key: str
    wordings: tuple[Wording, ...]

    def preferred(self, language: str) -> str:
        """The preferred wording in a language, else in another one."""
        found = {wording.language: wording.text for wording in self.wordings if wording.kind == "preferred"}
        return found.get(language) or next(iter(found.values()), "")

    @property
    def official(self) -> tuple[Wording, ...]:
        return tuple(wording for wording in self.wordings if wording.is_official)


@dataclass(frozen=True)
class Match:
    """Words of the query (by their places) that say a term."""

    term: Term
    wording: Wording
    places: tuple[int, ...]

    @property
    def names_the_term(self) -> bool:
        """False for what families type, and for an acronym that is an ordinary word elsewhere in the texts."""
        is_ordinary = len(self.places) == 1 and self.wording.kind == "acronym" and is_ordinary_word(self.wording.text)
        return self.wording.is_official and not is_ordinary

    @property
    def is_suggestion(self) -> bool:
        return self.wording.kind == "suggestion"


class Glossary:
    """All terms that act in search, ready to be recognised in a query."""

    def __init__(self, terms: Sequence[Term]):
        self.terms = terms
        self._official, self._typed_by_families = Sequences(), Sequences()
        wordings = _all_wordings(terms)
        for term, wording, forms in wordings:
            book = self._official if wording.is_official else self._typed_by_families
            book[wording.language, forms].append((term, wording))
        self._phrases = []
        for term, wording, _ in wordings:
            if not wording.is_official:
                needed = frozenset(self._meaning(words(wording.text), wording.language, keep_covered=False))
                if len(needed) > 1:
                    self._phrases.append((term, wording, needed))

    @cached_property
    def words(self) -> dict[str, str]:
        """All words of all wordings, folded → their language."""
        return {
            fold(word): wording.language
            for term in self.terms
            for wording in term.wordings
            for word in words(wording.text)
        }

    def matches(self, typed: Sequence[str]) -> list[Match]:
        """The terms that a query says. An official wording inside words of families gives way to these."""
        families = _side_by_side(typed, self._typed_by_families)
        known = {match.term.key for match in families}
        for language in LANGUAGES:
            meaning = self._meaning(typed, language, keep_covered=True)
            for term, wording, needed in self._phrases:
                if wording.language == language and term.key not in known and needed <= meaning.keys():
                    known.add(term.key)
                    places = {place for item in needed for place in meaning[item]}
                    families.append(Match(term, wording, tuple(sorted(places))))
        taken = [set(match.places) for match in families if not match.is_suggestion]
        official = [
            match
            for match in _side_by_side(typed, self._official)
            if match.term.key not in known and not any(places.issuperset(match.places) for places in taken)
        ]
        return official + families

    def abbreviated(self, typed: Sequence[str]) -> list[Term]:
        """The terms whose acronym is among the words typed, in capitals or not, in the order of the words."""
        return [
            term
            for word in typed
            for term in self.terms
            if any(wording.kind == "acronym" and fold(wording.text) == fold(word) for wording in term.wordings)
        ]

    def near(self, typed: Sequence[str], language: str) -> list[str]:
        """Preferred terms in a language that share a meaningful word with the query."""
        wanted = {form for code in LANGUAGES for form in _meaningful_forms(typed, code)}
        found = []
        for term, wording, _ in _all_wordings(self.terms):
            if wanted & _meaningful_forms(words(wording.text), wording.language) and (text := term.preferred(language)):
                found.append(text)
        return list(dict.fromkeys(found))

    def _meaning(self, typed: Sequence[str], language: str, *, keep_covered: bool) -> dict[str, list[int]]:
        """What a text is about: meaningful words and terms said, each with its places.

        `keep_covered` keeps the words that say a term beside the term.
        """
        said: dict[str, list[int]] = defaultdict(list)
        covered = set()
        for match in _side_by_side(typed, self._official):
            said[f"term {match.term.key}"] += match.places
            covered |= set(match.places)
        for place, word in enumerate(typed):
            folded = fold(word)
            is_empty = folded in FAMILY_FILLERS or (is_stop_word(word, language) and folded not in FAMILY_DIRECTIONS)
            if is_empty or (place in covered and not keep_covered):
                continue
            said[common_form(FAMILY_SYNONYMS.get(folded, word), language)].append(place)
        return said


class Sequences(defaultdict[tuple[str, tuple[str, ...]], list[tuple[Term, Wording]]]):
    """(language, the forms of a wording's words) → what they say."""

    def __init__(self) -> None:
        super().__init__(list)

    @cached_property
    def lengths(self) -> list[int]:
        """How many words they have, the longest first. Asked for when all are there."""
        return sorted({len(sequence) for _language, sequence in self}, reverse=True)


def _all_wordings(terms: Sequence[Term]) -> list[tuple[Term, Wording, tuple[str, ...]]]:
    found = [
        (term, wording, _forms(words(wording.text), wording.language)) for term in terms for wording in term.wordings
    ]
    return [(term, wording, forms) for term, wording, forms in found if forms]


def _side_by_side(typed: Sequence[str], book: Sequences) -> list[Match]:
    """Wordings that stand in the text word by word, the longest first, none over another."""
    found, free = [], set(range(len(typed)))
    forms = {language: _forms(typed, language) for language in LANGUAGES}
    all_capitals = all(word.isupper() for word in typed if word.isalpha())
    for length in (length for length in book.lengths if length <= len(typed)):
        for start in range(len(typed) - length + 1):
            places = range(start, start + length)
            if not free.issuperset(places) or (length == 1 and not _may_stand_alone(typed[start], all_capitals)):
                continue
            # An acronym may stand under both languages: it says its term once.
            entries = {
                term.key: (term, wording)
                for language in LANGUAGES
                for term, wording in book.get((language, forms[language][start : start + length]), ())
            }
            found += [Match(term, wording, tuple(places)) for term, wording in entries.values()]
            if entries:
                free -= set(places)
    return found


def _may_stand_alone(word: str, all_capitals: bool) -> bool:
    """False for an acronym that is an ordinary word, unless it is in capitals and the query is not."""
    return not is_ordinary_word(word) or (word.isupper() and len(word) > 1 and not all_capitals)


def is_ordinary_word(word: str) -> bool:
    """Whether a word is too common to tell works apart, or an acronym that is spelled as an ordinary word."""
    return fold(word) in ORDINARY_WORDS or is_stop_word_somewhere(word)


def _meaningful_forms(typed: Sequence[str], language: str) -> set[str]:
    return {common_form(word, language) for word in typed if not is_stop_word(word, language)}


def _forms(typed: Sequence[str], language: str) -> tuple[str, ...]:
    """Words in the form in which they are compared; stop words stay, folded."""
    return tuple(common_form(word, language) for word in typed)


def current_glossary() -> Glossary:
    """The glossary as it stands in the admin: read again after every change, and at least once a minute."""
    return _glossary.current()


def _load() -> Glossary:
    terms = []
    for row in GlossaryTerm.objects.filter(acts_in_search=True).prefetch_related("words"):
        wordings = [
            Wording(text, language, "preferred")
            for language in LANGUAGES
            if (text := getattr(row, f"preferred_{language}"))
        ]
        wordings += [Wording(word.text, word.language, word.kind) for word in row.words.all()]
        terms.append(Term(row.key, tuple(wordings)))
    return Glossary(terms)


_glossary = Made(glossary_version, _load)
