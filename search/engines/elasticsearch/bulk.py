"""Sending many documents at once."""

from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Full, Queue

from elasticsearch.helpers import streaming_bulk

from search.engines.base import EngineUnavailable
from search.engines.elasticsearch.cluster import BULK_SECONDS, Cluster
from search.engines.elasticsearch.troubles import blocked, is_blocked

TOGETHER = 500
MOST_BYTES = 5_000_000
# Bad request, too large: the document's fault. All else (a full disk, a lost shard, a full queue) is the server's.
FAULTS_OF_DOCUMENTS = (400, 413)


class DocumentsRefused(RuntimeError):
    """Some documents were not taken, for a reason of their own; all others were. `refused`: identity → reason."""

    def __init__(self, refused: Mapping[str, str]):
        self.refused = dict(refused)
        first, reason = next(iter(self.refused.items()))
        super().__init__(f"{len(self.refused)} documents were refused; the first, {first}: {reason}")


def replacement(identity: str, source: dict) -> dict:
    return {"_op_type": "index", "_id": identity, "_source": source}


def deletion(identity: str) -> dict:
    return {"_op_type": "delete", "_id": identity}


def send(cluster: Cluster, alias: str, actions: Iterable[dict], shows_at_once: bool = False) -> dict[str, str]:
    """Sends actions to an alias, which must exist; returns identity → reason of the refused. Raises EngineUnavailable.

    An action with an `_index` of its own goes to the alias that it names.
    """
    failed = cluster.write(
        lambda client: [
            result
            for is_done, answer in streaming_bulk(
                client,
                actions,
                chunk_size=TOGETHER,
                max_chunk_bytes=MOST_BYTES,
                raise_on_error=False,
                max_retries=2,
                initial_backoff=0.5,
                index=alias,
                require_alias=True,
                refresh=shows_at_once,
            )
            for result in answer.values()
            if not is_done and result.get("result") != "not_found"
        ],
        BULK_SECONDS,
    )
    for result in failed:
        if is_blocked(_kind(result), result.get("status")):
            raise EngineUnavailable(blocked(cluster.hosts))
        if result.get("status") not in FAULTS_OF_DOCUMENTS:
            raise EngineUnavailable(f"Elasticsearch at {cluster.hosts} takes no documents: {_reason(result)}.")
    return {result["_id"]: _reason(result) for result in failed}


def send_while_made(cluster: Cluster, alias: str, actions: Iterable[dict]) -> dict[str, str]:
    """The same, from a thread of its own: the server takes documents while the next ones are made."""
    waiting: Queue[dict | None] = Queue(maxsize=2 * TOGETHER)
    with ThreadPoolExecutor(1, thread_name_prefix="elasticsearch-bulk") as pool:
        sending = pool.submit(send, cluster, alias, iter(waiting.get, None))
        try:
            for action in actions:
                if not _put(waiting, action, sending):
                    break
        finally:
            _put(waiting, None, sending)
        return sending.result()


def _put(waiting: Queue, action: dict | None, sending: Future) -> bool:
    """Waits for room; False where nobody takes any more."""
    while not sending.done():
        try:
            waiting.put(action, timeout=0.5)
        except Full:
            continue
        return True
    return False


def send_all(cluster: Cluster, alias: str, actions: Iterable[dict], shows_at_once: bool = False) -> None:
    """The same where every document must be taken. Raises DocumentsRefused."""
    if refused := send(cluster, alias, actions, shows_at_once):
        raise DocumentsRefused(refused)


def _kind(result: dict) -> object:
    error = result.get("error")
    return error.get("type") if isinstance(error, dict) else None


def _reason(result: dict) -> str:
    reason = result.get("error")
    return str(reason.get("reason") if isinstance(reason, dict) else reason)
