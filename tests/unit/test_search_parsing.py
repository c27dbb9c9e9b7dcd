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


@pytest.mark.parametrize(
    "text",
    ["AB 2268", "ab2268", "AB-2268", "ab 2268", "Ab.2268", "AB 02268", "A.B. 2268", "AB No. 2268", "ＡＢ２２６８"]
    + ["bill AB 2268", "Assembly Bill (AB) 2268", "la ley AB 2268", "proyecto de ley AB-2268"],
)
def test_bill_numbers_are_recognised(text):
    found = [piece for piece in parse(text) if piece.words != ("la",)]
    assert [(piece.kind, tuple(word.lower() for word in piece.words)) for piece in found] == [
        (Kind.BILL, ("ab", "2268"))
    ]
    assert found[0].houses == ("ab",)


@pytest.mark.parametrize(
    ("text", "houses"),
    [
        ("Assembly Bill 2268", ("ab",)),
        ("assembly bill no. 2268", ("ab",)),
        ("proyecto de ley de la Asamblea 2268", ("ab",)),
        ("senate bill 2268", ("sb",)),
        ("proyecto de ley del Senado núm. 2268", ("sb",)),
        ("bill 2268", ("ab", "sb")),
        ("bill #2268", ("ab", "sb")),
        ("ley 2268", ("ab", "sb")),
        ("proyecto de ley n.º 2268", ("ab", "sb")),
        ("proyecto de ley número 2268", ("ab", "sb")),
    ],
)
def test_bills_are_recognised_in_words(text, houses):
    (piece,) = parse(text)
    assert (piece.kind, piece.words[-1], piece.houses) == (Kind.BILL, "2268", houses)


@pytest.mark.parametrize("text", ["grab 222680 ab", "ley 2023 bill", "leyes 2268 AB", "AB 2268a bill"])
def test_words_that_only_look_like_bills_stay_words(text):
    assert [piece.kind for piece in parse(text)] == [Kind.WORD] * 3


def test_quotes_minus_and_joined_words():
    assert kinds('«padres de familia» -kínder TK-12 "a b" - x') == [
        ('"padres de familia"', "phrase"),
        ("-kínder", "word"),
        ("TK-12", "joined"),
        ('"a b"', "phrase"),
        ("x", "word"),
    ]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("children's rights", ["children", "rights"]),
        ("child’s CHILD’S", ["child", "CHILD"]),
        ("O'Connor d'être", ["O-Connor", "d-être"]),
        ("padre/madre/tutor", ["padre", "madre", "tutor"]),
        ("matemáticas,ciencias (y más)", ["matemáticas", "ciencias", "y", "más"]),
        ("1,200 50/50 2023/24", ["1-200", "50-50", "2023-24"]),
        ("10.64650/ceel.2025", ["10-64650-ceel-2025"]),
        ('preschool -"free lunch', ["preschool", '-"free lunch"']),
        ('preschool "free lunch', ["preschool", "free", "lunch"]),
        ("long-term a@b.org", ["long-term", "a-b-org"]),
    ],
)
def test_signs_part_words_or_join_them(text, pieces):
    assert [piece.text for piece in parse(text)] == pieces


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("(AB 2268)", ["2268"]),
        ("¿AB 2268 ya es ley?", ["2268"]),
        ("AB 2268/SB 1174", ["2268", "1174"]),
        ("AB 2268–SB 1174", ["2268", "1174"]),
        ("AB 2268,SB 1174", ["2268", "1174"]),
    ],
)
def test_a_bill_is_recognised_behind_a_sign(text, numbers):
    assert [piece.words[-1] for piece in parse(text) if piece.kind is Kind.BILL] == numbers


@pytest.mark.parametrize(
    ("text", "reader", "language"),
    [
        ("EL students", "en", "en"),
        ("EL reclassification", "en", "en"),
        ("Los Angeles preschool", "en", "en"),
        ("El Dorado preschool", "en", "en"),
        ("grado once", "es", "es"),
        ("cómo salir del programa", "en", "es"),
        ("how do I get my child out of it", "es", "en"),
        ("reclassification", "es", "es"),
        ("", "en", "en"),
    ],
)
def test_the_language_of_a_question_shows_in_its_small_words(text, reader, language):
    assert likely_language(parse(text), reader) == language
