"""What is typed, cut into pieces."""

import pytest

from search.parsing import Kind, likely_language, parse
from tests.unit.test_search_query import HOSTILE_TEXTS


def kinds(text: str) -> list[tuple[str, str]]:
    return [(piece.text, piece.kind.value) for piece in parse(text)]


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_any_text_can_be_parsed(text):
    for piece in parse(text):
        assert piece.words
        assert all(piece.words)


@pytest.mark.parametrize("text", ["AB 2268", "ab2268", "AB-2268", "ab 2268", "Ab.2268", "AB 02268"])
def test_bill_numbers_are_recognised(text):
    assert [(piece.kind, tuple(word.lower() for word in piece.words)) for piece in parse(text)] == [
        (Kind.BILL, ("ab", "2268"))
    ]


def test_words_that_only_look_like_bills_stay_words():
    assert [piece.kind for piece in parse("grab 22680 ab")] == [Kind.WORD] * 3


def test_quotes_minus_and_joined_words():
    assert kinds('«padres de familia» -kínder TK-12 "a b" - x') == [
        ('"padres de familia"', "phrase"),
        ("-kínder", "word"),
        ("TK-12", "joined"),
        ('"a b"', "phrase"),
        ("x", "word"),
    ]


@pytest.mark.parametrize(
    ("text", "reader", "language"),
    [
        ("cómo salir del programa", "en", "es"),
        ("how do I get my child out of it", "es", "en"),
        ("reclassification", "es", "es"),
        ("", "en", "en"),
    ],
)
def test_the_language_of_a_question_shows_in_its_small_words(text, reader, language):
    assert likely_language(parse(text), reader) == language
