"""Words that are well spelled though no work may hold them: names of counties, and all wordings of the glossary."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from search.analysis import fold, words
from search.edit_distance import edit_distance
from search.glossary import current_glossary

# All counties of California.
COUNTIES = """
Alameda, Alpine, Amador, Butte, Calaveras, Colusa, Contra Costa, Del Norte, El Dorado, Fresno, Glenn,
Humboldt, Imperial, Inyo, Kern, Kings, Lake, Lassen, Los Angeles, Madera, Marin, Mariposa, Mendocino, Merced,
Modoc, Mono, Monterey, Napa, Nevada, Orange, Placer, Plumas, Riverside, Sacramento, San Benito, San
Bernardino, San Diego, San Francisco, San Joaquin, San Luis Obispo, San Mateo, Santa Barbara, Santa Clara,
Santa Cruz, Shasta, Sierra, Siskiyou, Solano, Sonoma, Stanislaus, Sutter, Tehama, Trinity, Tulare, Tuolumne,
Ventura, Yolo, Yuba
"""
_WORDS_OF_COUNTIES = frozenset(words(COUNTIES.lower()))


@dataclass(frozen=True)
class KnownNames:
    """Names of counties and, with `glossary` (folded word → its language), the words of its terms."""

    glossary: Mapping[str, str] = field(default_factory=dict)

    def hold(self, word: str) -> bool:
        folded = fold(word)
        return folded in _WORDS_OF_COUNTIES or folded in self.glossary

    def near(self, word: str, edits: int) -> dict[str, str]:
        """Words of the glossary within so many edits of a word: word → its language."""
        folded = fold(word)
        letters = set(folded)
        return {
            name: language
            for name, language in self.glossary.items()
            if abs(len(name) - len(folded)) <= edits
            # Comparing letter by letter is dear, and most names differ in more letters than edits could change.
            and len(letters ^ set(name)) <= 2 * edits
            and edit_distance(folded, name) <= edits
        }


NO_NAMES = KnownNames()


def current_names() -> KnownNames:
    """The names as they stand in the admin."""
    return KnownNames(current_glossary().words)
