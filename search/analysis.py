"""Analysis: how text becomes terms, the same for index, query and highlights, and for every engine.

A language's analyzer splits at everything that is not a letter or digit, lowers case, folds accents, drops stop words
and stems (Snowball). Folding comes before stemming, so that a word meets itself whether or not its accents were typed:
`educación`, `educaciones` and `educacion`. Two more analyzers keep words whole: `verbatim` (folded, for quoted phrases)
and `exact` (accents kept, so that `año` ranks above `ano`).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

import tantivy

from search.irregular_forms import IRREGULAR_FORMS
from search.stop_words import STOP_WORDS

LANGUAGES = ("en", "es")
SNOWBALL = {"en": "english", "es": "spanish"}
LONGEST_WORD = 60
SHORT_PLURAL = 5
_VOWEL_AND_S = re.compile(r"[aeo]s$")
_PLURAL_OF_CONSONANT, _CONSONANT = re.compile(r"\w{3}[lnr]es$"), re.compile(r"\w{4}[lnr]$")
_NOUN_OF_VERB = re.compile(r"(\w{2,})ifications?")
# What the stemmer leaves of -ify, -ifies, -ified, -ifying.
_VERB = re.compile(r"\w{2}ifi$")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Token:
    """A term and the span of the text it was made from."""

    term: str
    start: int
    end: int


@cache
def analyzer(name: str) -> tantivy.TextAnalyzer:
    """The analyzer of a language (`en`, `es`), or `verbatim` or `exact`."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    builder = builder.filter(tantivy.Filter.remove_long(LONGEST_WORD)).filter(tantivy.Filter.lowercase())
    if name != "exact":
        builder = builder.filter(tantivy.Filter.ascii_fold())
    if name in SNOWBALL:
        builder = builder.filter(tantivy.Filter.custom_stopword(sorted(STOP_WORDS[name])))
        builder = builder.filter(tantivy.Filter.stemmer(SNOWBALL[name]))
    return builder.build()


def clean(text: str) -> str:
    """Text in one Unicode form (NFC), without control characters and halves of characters."""
    return _CONTROL.sub(" ", unicodedata.normalize("NFC", text))


def terms(text: str, name: str) -> list[str]:
    return analyzer(name).analyze(text)


@lru_cache(maxsize=20_000)
def query_terms(word: str, language: str) -> tuple[str, ...]:
    """The terms that stand for one typed word in a language; none for a stop word.

    There are more where the stemmer leaves forms apart: short Spanish words (`año`, `años`), others in -z, -r, -n and
    -ea (`aprendiz`, `aprendices`; `taller`, `talleres`), English verbs in -ify and their nouns (`reclassify`,
    `reclassification`), irregular forms (`child`, `children`; `entender`, `entiende`).
    """
    found = analyzer(language).analyze(word)
    if not found:
        return ()
    other = (_other_number if language == "es" else _verb_or_noun)(fold(word), found[0], language)
    return tuple(dict.fromkeys((found[0], *((other,) if other else ()), *_irregular(language).get(found[0], ()))))


@cache
def _irregular(language: str) -> dict[str, tuple[str, ...]]:
    """Term → all terms of its irregular forms; a term that stands in two groups has those of the first."""
    groups: dict[str, tuple[str, ...]] = {}
    for line in IRREGULAR_FORMS[language].split("\n"):
        group = tuple(dict.fromkeys(terms(line, language)))
        for term in group:
            groups.setdefault(term, group)
    return groups


def _other_number(word: str, term: str, language: str) -> str:
    """The term of the plural of a Spanish singular, or the other way round, where it is not the same.

    The stemmer takes `-ar`, `-er`, `-en` and `-ea` for endings of verbs, but not before `-es` or `-s`: `taller`,
    `talleres`; `examen`, `exámenes`; `tarea`, `tareas`.
    """
    if _PLURAL_OF_CONSONANT.search(word):
        return "".join(terms(word[:-2], language))
    if _CONSONANT.search(word):
        return "".join(terms(f"{word}es", language))
    if word.endswith("eas"):
        return "".join(terms(word[:-1], language))
    if word.endswith("ea"):
        return "".join(terms(f"{word}s", language))
    if word.endswith("ces") and len(word) >= SHORT_PLURAL:
        return "".join(terms(f"{word[:-3]}z", language))
    if word.endswith("z"):
        return "".join(terms(f"{word[:-1]}ces", language))
    if len(term) <= SHORT_PLURAL and term == word and term[-1] in "aeo":
        return f"{term}s"
    return term[:-1] if len(term) <= SHORT_PLURAL and term == word and _VOWEL_AND_S.search(term) else ""


def _verb_or_noun(word: str, term: str, language: str) -> str:
    """The term of the noun in -ification to an English verb in -ify, or the other way round."""
    if match := _NOUN_OF_VERB.fullmatch(word):
        return "".join(terms(f"{match[1]}ify", language))
    return "".join(terms(f"{term[:-3]}ification", language)) if _VERB.search(term) else ""


def common_form(word: str, language: str) -> str:
    """One form for a word and its other number, by which typed words are compared; folded for a stop word."""
    return min(query_terms(word, language), default=fold(word))


class Tokens:
    """The terms of a text in their order and, for highlights, the spans of those that are asked for: most never are."""

    def __init__(self, text: str, name: str):
        self._found = analyzer(name).pre_tokenize(text).tokens
        self.terms = [token.text for token in self._found]

    def token(self, at: int, start: int = 0) -> Token:
        """The one at a place; `start`: where the text begins in another one."""
        found = self._found[at]
        return Token(found.text, start + found.char_offset_from, start + found.char_offset_to)


def words(text: str) -> list[str]:
    """The words of a text as written."""
    return _WORD.findall(text)


def fold(text: str) -> str:
    """Lower case without accents: `Kínder` → `kinder`, `niño` → `nino`."""
    return " ".join(terms(text, "verbatim"))


def is_stop_word(word: str, language: str) -> bool:
    return fold(word) in STOP_WORDS[language]


def is_stop_word_somewhere(word: str) -> bool:
    """Whether a word is a stop word of any language."""
    return any(is_stop_word(word, language) for language in LANGUAGES)


def collation_key(title: str, language: str) -> str:
    """The key by which titles are ordered in a language: accents do not count, in Spanish ñ follows n."""
    text = title.lower()
    if language == "es":
        text = text.replace("ñ", "n\x7f")
    decomposed = unicodedata.normalize("NFD", text)
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(re.findall(r"[^\W_\x7f]+(?:\x7f[^\W_\x7f]*)*|\x7f", bare))
