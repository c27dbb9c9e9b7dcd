"""Over the site's own content both engines say the same: totals, counts, first results, repairs."""

import pytest

from search.documents import build_documents, public_stamps
from search.engines import index_engine
from search.engines.embedded import EmbeddedEngine
from search.query import FACETS, LibraryQuery
from search.service import interpret
from tests.engines.conftest import on_elasticsearch
from tests.engines.documents import build

pytestmark = pytest.mark.django_db
QUERIES = {
    "en": [
        "AB 2268", "reclassification", "English learner roadmap", "how do I get my child out of English learner status",
        "seal of biliteracy", '"English learners"', "famly guide", "elpac -glossary", "newcomers", "educacion bilingüe",
    ],
    "es": [
        "ab2268", "reclasificación", "aprendices de inglés", "educacion bilingue", "derechos de las familias",
        "glosario", "carta para padres", "alfabetizacion", "kínder", "roadmap",
    ],
}  # fmt: skip
FILTERS = [{}, {"type": ("resource",)}, {"language": ("es",), "type": ("resource", "bill")}]


@pytest.fixture(scope="module", autouse=True)
def engine_name():
    """The embedded engine stands beside the other; it need not be compared with itself."""
    with on_elasticsearch():
        yield "elasticsearch"


@pytest.fixture(scope="module")
def engines(engine_name, site_content, tmp_path_factory, django_db_blocker):
    """The engine asked about, and the embedded one beside it."""
    other = EmbeddedEngine(tmp_path_factory.mktemp("embedded"))
    with django_db_blocker.unblock():
        documents = list(build_documents(public_stamps()))
    for engine in (index_engine(), other):
        build(engine, *documents)
    return index_engine(), other


def asked(engine, query: LibraryQuery):
    meant = interpret(query, engine)
    return meant, engine.retrieve(meant.retrieval), engine.count(meant.retrieval, FACETS)


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize(("language", "text"), [(code, text) for code, texts in QUERIES.items() for text in texts])
def test_words_find_the_same(engines, language, text, filters):
    query = LibraryQuery(text=text, language=language, filters=filters)
    (meant, found, counts), (others_meant, others_found, others_counts) = (asked(engine, query) for engine in engines)
    assert meant == others_meant
    assert (found.total, counts) == (others_found.total, others_counts)
    keys = [[hit.stored["key"] for hit in each.hits] for each in (found, others_found)]
    assert keys[0][:1] == keys[1][:1]
    shared = set(keys[0][:10]) & set(keys[1][:10])
    assert len(shared) >= 0.8 * min(10, len(keys[0]))


@pytest.mark.parametrize("order", ["newest", "oldest", "title"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_orders_are_the_same(engines, language, order):
    query = LibraryQuery(language=language, sort=order, size=100)
    shown = []
    for engine in engines:
        hits = asked(engine, query)[1].hits
        shown.append([hit.stored["key"] for hit in hits])
    assert shown[0] == shown[1]


@pytest.mark.parametrize("typed", ["recl", "cali", "edu", "eng lea", "mar", "gui"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_completions_are_the_same(engines, language, typed):
    found = [{completion.text for completion in engine.complete(typed, language, 50)} for engine in engines]
    assert found[0] == found[1]
