"""A rebuild whose documents are built in a process of their own: the same index, and the old one where that ends."""

import pytest

from tests.faults.deployment import deployed

REBUILD = """
import multiprocessing

import django

django.setup()

from search import indexing

indexing.MANY, indexing.REBUILD_CHUNK = 1, 20
chunks = []


def progress(done, total):
    chunks.append((done, total))
    {then}


added = indexing.rebuild(progress)
assert len(chunks) > 3 and chunks[-1] == (added, added), chunks
assert not multiprocessing.active_children()
"""
NOTHING = "assert multiprocessing.active_children()"
ALONE = "assert not multiprocessing.active_children()"
# What Python calls the program that it reads from a pipe.
FROM_A_PIPE = "sys.modules['__main__'].__file__ = '<stdin>'; "
KILLED = "[child.kill() for child in multiprocessing.active_children()]"


@pytest.fixture
def deployment(tmp_path):
    with deployed(tmp_path) as deployment:
        yield deployment


def rebuilt(deployment, then: str, first: str = "") -> int:
    script = deployment.folder / "rebuild.py"
    script.write_text(REBUILD.format(then=then))
    return deployment.python("-c", f"import sys; {first}sys.path.insert(0, '.'); exec(open({str(script)!r}).read())")


def test_the_index_is_the_same(deployment):
    before = live(deployment)
    assert rebuilt(deployment, NOTHING) == 0, deployment.log()
    assert live(deployment) != before
    state = deployment.settled(10)
    assert (state["drift"], state["differing"]) == (0, 0)
    assert state["works"] > 50


def test_a_program_from_a_pipe_builds_the_documents_itself(deployment):
    before = live(deployment)
    assert rebuilt(deployment, ALONE, FROM_A_PIPE) == 0, deployment.log()
    assert live(deployment) != before


def test_where_the_process_ends_the_old_index_goes_on(deployment):
    before = live(deployment)
    assert rebuilt(deployment, KILLED) != 0
    assert "DocumentsNotBuilt: The process that reads the works ended with -9." in deployment.log()
    assert live(deployment) == before
    assert [folder.name for folder in (deployment.folder / "index").iterdir() if folder.is_dir()] == [before]


def test_what_fails_there_is_told_here(deployment):
    assert deployment.python("-c", FAILING) == 0, deployment.log()


FAILING = """
import django

django.setup()

from search.document_process import DocumentsNotBuilt, documents_of

failed = {}
assert list(documents_of([["no key"]], failed)) == [[]]
assert "is not a valid UUID" in failed["no key"], failed

try:
    list(documents_of([[["a list"]]], failed))
except DocumentsNotBuilt as told:
    assert "TypeError" in str(told), told
else:
    raise SystemExit("nothing was told")
"""


def live(deployment) -> str:
    return (deployment.folder / "index" / "live").read_text()
