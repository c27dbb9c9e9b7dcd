"""What the server answers, as values of the contract."""

from search.engines.base import Candidate, Hit, PassageHit
from search.engines.elasticsearch.passages import work_of


def columns(*names: str) -> dict:
    """Asks for keys and values from columns: stored works, even only their ids, take five times as long to read."""
    return {"stored_fields": "_none_", "docvalue_fields": ["translation_key", *names]}


def total_of(answer: dict) -> int:
    """How many there are in all; 0 where the server was told not to count."""
    return answer["hits"].get("total", {}).get("value", 0)


def candidate(found: dict) -> Candidate:
    values = found["fields"]
    languages = tuple(values.get("text_languages", ()))
    return Candidate(values["translation_key"][0], found["_score"], values.get("date", (0,))[0], languages)


def scored(found: dict) -> tuple[str, float]:
    """A passage's work and score, from columns."""
    return found["fields"]["translation_key"][0], found["_score"]


def passage_hit(found: dict) -> PassageHit:
    return PassageHit(work_of(found["_id"]), found["_score"], found["_source"]["stored"])


def work_hit(found: dict, score: float) -> Hit:
    return Hit(found["_id"], score, found["_source"]["stored"])


def work_hits(answer: dict) -> list[Hit]:
    """Works that were not asked for by relevance."""
    return [work_hit(found, 0.0) for found in answer["hits"]["hits"]]


def counts(answer: dict) -> dict[str, dict[str, int]]:
    """facet → value → how many works."""
    return {
        facet: {bucket["key"]: bucket["doc_count"] for bucket in values["buckets"]}
        for group in answer["aggregations"].values()
        for facet, values in group.items()
        if facet != "doc_count"
    }


def stamps_and_last(answer: dict) -> tuple[list[tuple[str, str]], list | None]:
    """Keys and stamps of works, and where the next ones begin."""
    found = answer["hits"]["hits"]
    stamps = [(hit["fields"]["translation_key"][0], hit["fields"]["stamp"][0]) for hit in found]
    return stamps, found[-1]["sort"] if found else None
