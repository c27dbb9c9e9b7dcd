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


def passage_hit(found: dict, score: float) -> PassageHit:
    return PassageHit(work_of(found["_id"]), score, found["_source"]["stored"])


def work_hit(found: dict, score: float) -> Hit:
    return Hit(found["_id"], score, found["_source"]["stored"])
