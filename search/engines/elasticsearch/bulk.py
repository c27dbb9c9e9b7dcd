"""Sending many documents at once."""

from collections.abc import Iterable

from elasticsearch.helpers import streaming_bulk

from search.engines.elasticsearch.cluster import BULK_SECONDS, Cluster

TOGETHER = 200
MOST_BYTES = 5_000_000


class DocumentsRefused(RuntimeError):
    """Some documents were not taken, for a reason of their own; all others were."""


def replacement(identity: str, source: dict) -> dict:
    return {"_op_type": "index", "_id": identity, "_source": source}


def deletion(identity: str) -> dict:
    return {"_op_type": "delete", "_id": identity}


def send(cluster: Cluster, alias: str, actions: Iterable[dict], shows_at_once: bool = False) -> None:
    """Sends actions to an alias, which must exist. Raises EngineUnavailable or DocumentsRefused."""
    refused = cluster.write(
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
    if refused:
        first = refused[0]
        reason = first.get("error")
        reason = reason.get("reason") if isinstance(reason, dict) else reason
        raise DocumentsRefused(f"{len(refused)} documents were refused; the first, {first.get('_id')}: {reason}")
