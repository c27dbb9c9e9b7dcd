"""Distance between words, and repairs from the vocabulary of an engine."""

import pytest

from search.dictionary import is_real_word, is_sentence
from search.edit_distance import edit_distance
from search.engines.base import Candidates, Hit, Retrieved
from search.known_names import KnownNames
from search.parsing import parse
from search.spelling import repair


class Vocabulary:
    """An engine that knows words and how many works hold them, and bills."""

    def __init__(self, bills=(), **frequencies):
        self.known, self.bills = frequencies, bills

    def candidates(self, retrieval):
        numbers = {bill.lower().replace(" ", "") for bill in self.bills}
        return Candidates((), len(numbers.intersection(retrieval.text.parts[0].identifiers)))

    def retrieve(self, retrieval):
        return Retrieved(tuple(Hit(bill, 0.0, {"short_name": bill}) for bill in self.bills), len(self.bills))

    def frequency(self, word):
        return self.known.get(word.lower(), 0)

    def frequencies(self, words):
        return {word: self.frequency(word) for word in words}

    def near(self, word, edits):
        return {known: "en" for known in self.known if edit_distance(word, known) <= edits}


@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [
        ("abc", "abc", 0),
        ("abc", "abd", 1),
        ("abc", "ab", 1),
        ("", "abc", 3),
        ("abcd", "abdc", 0.7),
        ("abbc", "abc", 0.7),
    ],
)
def test_edits_between_words(first, second, distance):
    assert edit_distance(first, second) == pytest.approx(distance)
    assert edit_distance(second, first) == pytest.approx(distance)


BILLS = ("AB 2268", "AB 49", "SB 1174", "Prop 58")
ENGINE = Vocabulary(BILLS, reclassification=9, learner=40, leaner=1, data=5, policy=30, police=3, pride=9, good=50)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("reclasification", "reclassification"),
        ("reclassifcaton", "reclassification"),
        ("lerner", "learner"),
        ("polcy data", "policy data"),
    ],
)
def test_an_unknown_word_is_repaired(typed, meant):
    found = repair(parse(typed), ENGINE, "en")
    assert (found.text, found.certain, found.unknown) == (meant, tuple(parse(meant)), ())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("abla", "habla"),
        ("mi ija", "mi hija"),
        ("yegar", "llegar"),
        ("reclacificar", "reclasificar"),
        ("nesesita", "nesesita"),
    ],
)
def test_a_spanish_word_is_understood_as_it_sounds(typed, meant):
    engine = Vocabulary(habla=7, hija=9, llegar=4, reclasificar=8, able=60, year=60)
    assert repair(parse(typed), engine, "es").text == ("" if typed == meant else meant)


@pytest.mark.parametrize("typed", ["cognados", "IFEP", "Inyo", "camiones", "becas", "absences"])
def test_words_of_the_glossary_counties_and_plurals_of_real_words_are_left_alone(typed):
    engine = Vocabulary(condados=27, rfep=9, info=30, caminos=9, vecas=9, absence=0, agencies=9)
    names = KnownNames({"cognados": "es", "ifep": "en"})
    found = repair(parse(typed), engine, "en", names)
    assert (found.text, found.unknown) == ("", (typed,))


def test_a_mistake_in_a_word_of_the_glossary_is_mended_though_no_work_holds_it():
    names = KnownNames({"paraeducator": "en"})
    assert repair(parse("paraeducater"), Vocabulary(data=5), "en", names).text == "paraeducator"
    assert repair(parse("paraeducater"), Vocabulary(data=5), "en").text == ""


class Phrases(Vocabulary):
    """A vocabulary in which some words stand side by side."""

    beside = (("head", "start"), ("long", "term"))

    def candidates(self, retrieval):
        return Candidates((), int(retrieval.text.parts[0].alternatives[0].words in self.beside))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tool kit", "toolkit"),
        ("el pac", "elpac"),
        ("headstart", "head start"),
        ("longterm learner", "long term learner"),
        ("startlong", ""),
        ("long learner", ""),
        ("tool -kit", ""),
    ],
)
def test_words_meet_however_they_are_split_or_joined(typed, meant):
    engine = Phrases(toolkit=9, tool=1, elpac=9, head=3, start=30, long=3, term=3, longer=40, learner=40, longlearner=1)
    found = repair(parse(typed), engine, "en")
    assert found.text == meant
    assert found.certain == (tuple(parse(meant)) if meant else None)


def test_a_rare_word_is_only_asked_about():
    found = repair(parse("leaner"), ENGINE, "en")
    assert (found.text, found.certain) == ("learner", None)


class Stems(Vocabulary):
    """A vocabulary that counts some words by others with their stem."""

    STEMS = {"aprendizes": "aprendizaje", "studyes": "studying", "necesitad": "necesitar", "reader": "reading"}

    def frequency(self, word):
        return super().frequency(self.STEMS.get(word, word))


@pytest.mark.parametrize("reader", ["en", "es"])
@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("aprendizes", "aprendices"),
        ("studyes", "studies"),
        # Not far more frequent than what it finds, a real word, and a word that stands so.
        ("necesitad", ""),
        ("reader", ""),
        ("aprendizaje", ""),
        ("elpac", ""),
    ],
)
def test_a_word_that_stands_nowhere_as_typed_is_only_asked_about(typed, asked, reader):
    known = {"aprendizaje": 4, "aprendices": 49, "studying": 3, "studies": 40, "necesitar": 6, "necesidad": 7}
    found = repair(parse(typed), Stems(reading=4, readers=50, elpac=3, elpat=60, **known), reader)
    assert (found.text, found.certain, found.unknown) == (asked, None, ())


@pytest.mark.parametrize(
    "typed", ["policy", "police", "dat", "xyzzyqq", "the", "ab 2268", '"lerner"', "-lerner", "2024"]
)
def test_other_words_stay_as_they_are(typed):
    found = repair(parse(typed), ENGINE, "en")
    assert (found.text, found.suggested, found.certain) == ("", None, None)


@pytest.mark.parametrize(("typed", "unknown"), [("price", "price"), ("policy food", "food"), ("niño", "niño")])
def test_a_real_word_that_the_library_lacks_is_taken_for_no_other(typed, unknown):
    found = repair(parse(typed), ENGINE, "en")
    assert (found.text, found.unknown) == ("", (unknown,))


@pytest.mark.parametrize("word", ["price", "Weather", "niño", "nino", "aprendizaje", "educacion", "reading"])
def test_words_of_both_languages_are_real_with_or_without_accents(word):
    assert is_real_word(word)


@pytest.mark.parametrize("word", ["reclasification", "lerner", "xyzzyqq", "eduacion", '":', ""])
def test_misspelled_words_are_none(word):
    assert not is_real_word(word)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("SB 2268", "AB 2268"),
        ("AB 22668", "AB 2268"),
        ("AB 2286", "AB 2268"),
        ("policy AB 1174", "policy SB 1174"),
        ("proyecto de ley 2267", "AB 2268"),
    ],
)
def test_a_bill_that_the_library_lacks_is_asked_about_and_never_replaced(typed, meant):
    found = repair(parse(typed), ENGINE, "en")
    assert (found.text, found.certain) == (meant, None)
    assert found.unknown == (typed.removeprefix("policy "),)


@pytest.mark.parametrize("typed", ["AB 48", "AB 9999", "SB 2274"])
def test_no_other_bill_is_near_enough(typed):
    found = repair(parse(typed), ENGINE, "en")
    assert (found.text, found.unknown) == ("", (typed,))


@pytest.mark.parametrize(
    ("typed", "language", "says_something"),
    [
        ("How do learners notice they got something wrong with Montessori?", "en", True),
        ("¿Cómo llega el agua a las escuelas de Kern cada noche?", "es", True),
        ("¿Cómo llega el agua a las escuelas de Kern cada noche?", "en", False),
        ("blorptang wuzzelkri the frimbol of qwertyu", "en", False),
        ("cryptocurrency", "en", False),
        ("water", "en", False),
        ("", "en", False),
    ],
)
def test_a_sentence_is_several_common_words_of_one_language(typed, language, says_something):
    assert is_sentence(typed, language) is says_something
