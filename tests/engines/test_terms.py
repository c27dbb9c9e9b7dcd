"""Every engine holds the terms of one golden file, so that texts and queries meet alike in all of them."""

from pathlib import Path

import pytest
import yaml

from search.engines import index_engine
from search.engines.spaced_terms import spaced
from search.remembered_terms import GAP
from tests.engines.documents import build, document, keys, words

GOLDEN = yaml.safe_load(Path(__file__).with_name("golden_terms.yaml").read_text(encoding="utf-8"))
CASES = [(name, str(text), expected) for name, cases in GOLDEN.items() for text, expected in cases.items()]
GROUPS = {"en": "body_en", "es": "body_es", "verbatim": "title_en", "exact": "title_en"}
FIELDS = {"en": "text_en", "es": "text_es", "verbatim": "verbatim", "exact": "exact_en"}


@pytest.mark.parametrize("analyzer_name", GOLDEN)
def test_the_index_holds_the_golden_terms(engine_name, analyzer_name):
    cases = [(text, expected) for name, text, expected in CASES if name == analyzer_name]
    for text, expected in cases:
        assert spaced(text, analyzer_name).split() == expected
    engine = index_engine()
    build(engine, *(document(f"work-{at}", **{GROUPS[analyzer_name]: text}) for at, (text, _) in enumerate(cases)))
    everything = {term for _text, expected in cases for term in expected} - {GAP}
    assert held_terms(engine, FIELDS[analyzer_name], everything) == everything


def held_terms(engine, field: str, expected: set[str]) -> set[str]:
    """All terms of a field in the index; of Elasticsearch those expected ones that some work holds."""
    if engine.name == "embedded":
        return {term for term, _count in engine._open().works.searcher.terms_with_prefix(field, "")}
    queries = {term: {"term": {field: term}} for term in expected}
    return {term for term, count in engine._counts(queries).items() if count}


def test_the_server_reads_terms_as_they_are_sent(engine_name):
    if engine_name != "elasticsearch":
        pytest.skip("the embedded engine is no server")
    engine = index_engine()
    build(engine, document("work"))
    for name, text, expected in CASES:
        answer = engine.cluster.client.indices.analyze(index=engine._works, field=FIELDS[name], text=spaced(text, name))
        found = [GAP] * len(expected)
        for token in answer["tokens"]:
            found[token["position"]] = token["token"]
        assert found == expected, text


@pytest.mark.parametrize(
    ("language", "typed"),
    [("es", "educación educacion educaciones EDUCACIÓN"), ("es", "niños ninos niño"), ("en", "schools school School")],
)
def test_words_meet_whatever_their_accents_and_endings(engine_name, language, typed):
    engine = index_engine()
    forms = typed.split()
    build(engine, *(document(form, **{f"body_{language}": f"x {form} y"}) for form in forms))
    for form in forms:
        assert sorted(keys(engine, words(form, language))) == sorted(forms)
