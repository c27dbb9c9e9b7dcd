"""The language of a query."""

import pytest

from search.query_language import query_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("cómo sacar a mi hijo de aprendiz de inglés", "es"),
        ("how do I get my child out of English learner status", "en"),
        ("niños", "es"),
        ("children", "en"),
        ("educacion bilingue para familias", "es"),
        ("meeting with the teachers", "en"),
        ("¿Qué es la reclasificación?", "es"),
        ("dual-language", "en"),
        ("idioma dual", "es"),
        ("homework", "en"),
        ("tarea", "es"),
    ],
)
@pytest.mark.parametrize("reader", ["en", "es"])
def test_a_query_that_is_clearly_in_a_language_is_taken_for_it(text, language, reader):
    assert query_language(text, reader) == language


@pytest.mark.parametrize("text", ["", "AB 2268", "SEAL", "kinder", "2024", "!!!", "你好", "EL"])
@pytest.mark.parametrize("reader", ["en", "es"])
def test_a_query_that_does_not_say_is_taken_for_the_readers_language(text, reader):
    assert query_language(text, reader) == reader


@pytest.mark.parametrize("text", ["EL students", "services for EL students"])
def test_acronyms_that_are_ordinary_words_of_the_other_language_do_not_count(text):
    assert query_language(text, "en") == "en"
