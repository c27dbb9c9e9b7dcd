"""Real words of English and Spanish, in the library or not: a word that is well spelled is never taken for another.

The words are those that `pyspellchecker` brings, with how often each was met. Of the rare ones, as many are names and
mistakes as words: they are left out. Its files are read as text, ten times as fast as by the package itself.
"""

import gzip
import re
import unicodedata
from functools import cache
from importlib.resources import files

from search.analysis import LANGUAGES, fold, is_stop_word, terms, words

# A sentence may name what no dictionary holds.
FEWEST_OF_A_SENTENCE, LEAST_SHARE_OF_A_SENTENCE = 3, 0.5
_ACCENT = re.compile("[\u0300-\u036f]")
_PLURAL = re.compile("(?:[aeo]|[^aeiousxzhy])s$")
_PLURAL_OF_CONSONANT = re.compile("[djlnrs]es$")
# Words that were met a thousand times or more.
_COMMON = re.compile(r'"([^"]+)": \d{4}')


def is_real_word(word: str) -> bool:
    """Whether a word, its accents aside, is a common one in a language of the site, or the regular plural of one:
    dictionaries lack many."""
    return bool(languages_of(word)) or any(map(languages_of, _singulars(fold(word))))


def _singulars(folded: str) -> list[str]:
    """What a word may be the plural of: `camiones`, `becas`, `voces`, `absences`."""
    found = [folded[:-1]] if _PLURAL.search(folded) else []
    found += [folded[:-2]] if _PLURAL_OF_CONSONANT.search(folded) else []
    return found + ([f"{folded[:-3]}z"] if folded.endswith("ces") else [])


def languages_of(word: str) -> tuple[str, ...]:
    """The languages in which a word, its accents aside, is a common one."""
    folded = fold(word)
    return tuple(language for language in LANGUAGES if folded in _common_words(language))


def is_common_word(word: str, language: str) -> bool:
    """Whether a word is a common one in a language, in any of its forms: dictionaries lack many a plural."""
    if language in languages_of(word):
        return True
    found = terms(word, language)
    return bool(found) and found[0] in _common_terms(language)


def is_sentence(text: str, language: str) -> bool:
    """Whether a text says something: several common words of a language, and no more words that are none."""
    found = [word for word in words(text) if not is_stop_word(word, language)]
    real = sum(is_common_word(word, language) for word in found)
    return real >= FEWEST_OF_A_SENTENCE and real >= LEAST_SHARE_OF_A_SENTENCE * len(found)


@cache
def _common_words(language: str) -> frozenset[str]:
    return frozenset(_COMMON.findall(_entries(language)))


@cache
def _common_terms(language: str) -> frozenset[str]:
    return frozenset(terms(" ".join(sorted(_common_words(language))), language))


def _entries(language: str) -> str:
    """The dictionary of a language as the text of a JSON object, in lower case and without accents."""
    packed = (files("spellchecker") / "resources" / f"{language}.json.gz").read_bytes()
    text = unicodedata.normalize("NFD", gzip.decompress(packed).decode())
    return _ACCENT.sub("", text).lower()
