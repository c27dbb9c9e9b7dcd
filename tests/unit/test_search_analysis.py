"""How words become terms, in both languages."""

import pytest

from search.analysis import LANGUAGES, collation_key, fold, query_terms, terms
from search.irregular_forms import IRREGULAR_FORMS

MEET = {
    "es": [
        ("educación", "educacion", "educaciones", "EDUCACIÓN"),
        ("niño", "niños", "ninos"),
        ("país", "países", "pais"),
        ("bilingüe", "bilingues", "bilingües"),
        ("reclasificación", "reclasificacion"),
        ("familia", "familias"),
        ("política", "políticas", "politicas"),
        ("inglés", "ingles"),
        ("año", "años", "anos"),
        ("día", "días", "dias"),
        ("aprendiz", "aprendices"),
        ("luz", "luces"),
        ("entender", "entiende", "entienden", "entendido"),
        ("aprobar", "aprueba", "aprobó"),
        ("explicar", "explique", "explican"),
        ("utilizar", "utilicen", "utiliza"),
        ("leer", "leyendo", "lee"),
        ("hogar", "hogares"),
        ("escolar", "escolares"),
        ("taller", "talleres"),
        ("examen", "exámenes", "examenes"),
        ("joven", "jóvenes"),
        ("líder", "líderes"),
        ("tarea", "tareas"),
        ("familiar", "familiares"),
        ("interés", "intereses"),
        ("papel", "papeles"),
    ],
    "en": [
        ("learner", "learners", "Learner"),
        ("reclassification", "reclassifications", "reclassify", "reclassified", "reclassifying"),
        ("policy", "policies"),
        ("school", "schools"),
        ("child", "children"),
        ("person", "people"),
        ("teach", "taught", "teaches", "teaching"),
        ("criterion", "criteria"),
        ("quiz", "quizzes"),
    ],
}


@pytest.mark.parametrize(
    ("language", "words"), [(language, words) for language, groups in MEET.items() for words in groups]
)
def test_forms_of_a_word_meet(language, words):
    indexed = {terms(word, language)[0] for word in words}
    for word in words:
        assert set(query_terms(word, language)) & indexed, word
    for typed in words:
        for stored in words:
            assert terms(stored, language)[0] in query_terms(typed, language), (typed, stored)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_of_irregular_forms_brings_terms_together_and_none_stands_twice(language):
    groups = {line: set(terms(line, language)) for line in IRREGULAR_FORMS[language].split("\n") if line}
    assert all(len(group) > 1 for group in groups.values())
    assert len(set.union(*groups.values())) == sum(map(len, groups.values()))
    for line, group in groups.items():
        for word in line.split():
            assert set(query_terms(word, language)) >= group, word


@pytest.mark.parametrize(("language", "text"), [("en", "the of and how"), ("es", "el de la y cómo qué está")])
def test_stop_words_are_no_terms(language, text):
    assert terms(text, language) == []


def test_exact_terms_keep_their_accents():
    assert terms("El Año", "exact") == ["el", "año"]
    assert terms("El Año", "verbatim") == ["el", "ano"]
    assert fold("¿Kínder, TK?") == "kinder tk"


def test_spanish_titles_sort_as_spaniards_sort_them():
    titles = ["Ñandú", "Nube", "Zorro", "¿Nada?", "Oso", "Éxito", "Esto"]
    ordered = sorted(titles, key=lambda title: collation_key(title, "es"))
    assert ordered == ["Esto", "Éxito", "¿Nada?", "Nube", "Ñandú", "Oso", "Zorro"]
