"""The glossary recognises terms in what people type."""

import pytest

from search.glossary import Glossary, Term, Wording


def term(key, en=(), es=(), family=(), suggestion=()):
    wordings = []
    for language, texts in (("en", en), ("es", es)):
        for at, text in enumerate(texts):
            kind = "acronym" if text.isupper() else "preferred" if at == 0 else "variant"
            wordings.append(Wording(text, language, kind))
    for kind, texts in (("family", family), ("suggestion", suggestion)):
        wordings += [Wording(text, language, kind) for language, text in texts]
    return Term(key, tuple(wordings))


GLOSSARY = Glossary(
    [
        term("english-learner", ["English learner", "EL"], ["aprendiz de inglés", "estudiante de inglés"]),
        term("lea", ["local educational agency", "LEA"], ["agencia educativa local"]),
        term(
            "reclassification",
            ["reclassification"],
            ["reclasificación"],
            family=[
                ("es", "sacar a mi hijo de aprendiz de inglés"),
                ("es", "salir del programa de inglés"),
                ("en", "get out of EL status"),
                ("en", "exit EL"),
            ],
        ),
        term("rights", ["parents' rights"], ["derechos de los padres"], family=[("es", "mis derechos")]),
        term("eld", ["English language development", "ELD"], [], suggestion=[("es", "clases de inglés")]),
        term("kindergarten", ["kindergarten"], ["kínder"]),
        term("tk", ["transitional kindergarten", "TK"], ["kínder de transición"]),
    ]
)


def test_an_acronym_of_both_languages_says_its_term_once():
    glossary = Glossary(
        [term("elpac", ["English Language Proficiency Assessments", "ELPAC"], ["Evaluaciones", "ELPAC"])]
    )
    assert [match.term.key for match in glossary.matches(["ELPAC", "escuela"])] == ["elpac"]


def said(text: str) -> set[str]:
    return {match.term.key for match in GLOSSARY.matches(text.split()) if not match.is_suggestion}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("reclasificacion", {"reclassification"}),
        ("los aprendices de inglés", {"english-learner"}),
        ("kinder de transicion", {"tk"}),
        ("tk", {"tk"}),
        ("what is EL status", {"english-learner"}),
        ("getting a girl out of EL classes", {"reclassification"}),
        ("where to get EL classes", {"english-learner"}),
        ("programa del EL", {"english-learner"}),
        ("el programa", set()),
        ("EL PROGRAMA", set()),
        ("que mi hijo lea", set()),
        ("our LEA plan", {"lea"}),
        ("mis derechos", {"rights"}),
        ("derechos humanos", set()),
    ],
)
def test_terms_are_recognised(text, keys):
    assert said(text) == keys


@pytest.mark.parametrize(
    "text",
    [
        "cómo sacar a mi hijo de aprendiz de inglés",
        "quiero sacar a mi hija de aprendiz de ingles",
        "sacar a mi niño de estudiante de inglés",
        "cómo saco a mi hija del programa de inglés",
        "quiero que mi hijo salga del programa de inglés",
        "sacarla del programa de ingles",
        "how do I get my child out of English learner status",
        "how do I take my child out of English learner status",
        "salir programa ingles",
        "exit English learner",
    ],
)
def test_what_families_type_says_the_official_term(text):
    assert said(text) == {"reclassification"}


def test_the_official_term_does_not_say_what_families_type():
    assert said("reclassification") == {"reclassification"}
    assert [match.wording.kind for match in GLOSSARY.matches(["reclassification"])] == ["preferred"]


def test_some_words_only_suggest_a_term():
    matches = GLOSSARY.matches(["clases", "de", "inglés"])
    assert [(match.term.key, match.is_suggestion) for match in matches] == [("eld", True)]


def test_neighbors_share_a_word():
    assert GLOSSARY.near(["agencia"], "es") == ["agencia educativa local"]


@pytest.mark.parametrize(
    ("text", "keys"), [("EL", ["english-learner"]), ("lea el", ["lea", "english-learner"]), ("la", []), ("", [])]
)
def test_an_acronym_abbreviates_a_term_in_capitals_or_not(text, keys):
    assert [term.key for term in GLOSSARY.abbreviated(text.split())] == keys
