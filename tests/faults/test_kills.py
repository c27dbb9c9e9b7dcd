"""Server, worker and rebuild killed (SIGKILL) at random moments of editing: a minute later index and database agree."""

import random
import threading
import time

import pytest

from search import worker
from tests.faults.deployment import Deployment, deployed
from tests.faults.own_elasticsearch import OwnElasticsearch
from tests.services import require

SETTLED_WITHIN_SECONDS = 60
EDITS = [36, pytest.param(1000, marks=pytest.mark.long)]


@pytest.fixture
def server():
    """A server that is this test's to kill, not started yet."""
    require("elasticsearch")
    server = OwnElasticsearch("kills")
    yield server
    server.remove()


def kills(edits: int, chance: random.Random, *kinds: str) -> dict[int, str]:
    """At which edit which kind of kill happens: each kind at least once, and about once in forty edits."""
    count = max(1, edits // 40)
    moments = chance.sample(range(1, edits - 3), count * len(kinds))
    return dict(zip(moments, kinds * count, strict=True))


def assert_settled(deployment: Deployment) -> None:
    """By the outbox alone: nothing here waits for the comparison that heals drift."""
    state = deployment.settled(SETTLED_WITHIN_SECONDS)
    assert state.pop("works", 0) > 50, state
    assert state == {"drift": 0, "differing": 0, "waiting": 0, "given_up": 0}, deployment.log()


@pytest.mark.parametrize("edits", EDITS)
def test_the_embedded_index_after_killed_workers_and_rebuilds(tmp_path, edits):
    chance = random.Random(11)  # noqa: S311
    planned = kills(edits, chance, *["worker"] * 4, "killed rebuild", "rebuild")
    with deployed(tmp_path) as deployment:
        deployment.start_worker()
        for number in range(edits):
            deployment.edit(1, seed=number)
            happen(deployment, planned.get(number), chance)
        deployment.end_rebuilds()
        assert_settled(deployment)


@pytest.mark.parametrize("edits", EDITS)
def test_elasticsearch_after_killed_servers_workers_and_rebuilds(server, tmp_path, edits):
    chance = random.Random(12)  # noqa: S311
    planned = kills(edits, chance, "worker", "killed rebuild", "rebuild", "server")
    starting = threading.Thread(target=server.start)
    starting.start()
    with deployed(tmp_path, server.url) as deployment:
        starting.join()
        deployment.rebuild()
        deployment.start_worker()
        for number in range(edits):
            deployment.edit(1, seed=number)
            happen(deployment, planned.get(number), chance)
            if planned.get(number) == "server":
                starting.join()
                server.kill()
                # Editing goes on without it.
                starting = threading.Thread(target=server.start)
                starting.start()
        starting.join()
        deployment.end_rebuilds()
        assert_settled(deployment)


def happen(deployment: Deployment, event: str | None, chance: random.Random) -> None:
    if event == "worker":
        # At any moment of its round.
        time.sleep(chance.random() * worker.PAUSE_SECONDS)
        deployment.kill_worker()
        deployment.start_worker()
    elif event == "killed rebuild":
        deployment.kill_a_rebuild(chance.random() * 2)
    elif event == "rebuild":
        deployment.begin_rebuild()


@pytest.mark.long
def test_an_index_is_whole_when_the_server_is_killed_right_after_its_rebuild(server, tmp_path):
    server.start()
    with deployed(tmp_path, server.url) as deployment:
        deployment.rebuild()
        server.kill()
        server.start()
        assert_settled(deployment)
