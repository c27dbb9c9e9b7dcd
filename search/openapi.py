"""The description of the API (OpenAPI 3.1), published at /api/v1/openapi.json and checked against real answers."""

from resources.models.catalog import LANGUAGE_TAG
from search.analysis import LANGUAGES
from search.query import (
    FACETS,
    KINDS,
    LARGEST_PAGE,
    LARGEST_SIZE,
    LONGEST_TEXT,
    LONGEST_VALUE,
    MOST_VALUES,
    SORTS,
    YEAR,
)

TEXT = {"type": "string"}
OPTIONAL_TEXT = {"type": ["string", "null"]}
TEXTS = {"type": "array", "items": TEXT}
ERROR_CODES = ["bad_request", "not_found", "method_not_allowed", "too_many_requests", "server_error"]
LANGUAGE = {"type": "string", "enum": list(LANGUAGES)}


def _object(properties: dict, optional: tuple[str, ...] = ()) -> dict:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _list(name: str) -> dict:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


WORK = {
    "key": TEXT,
    "type": TEXT,
    "resource_type": OPTIONAL_TEXT,
    "url": TEXT,
    "title": TEXT,
    "lang": LANGUAGE,
    "languages": TEXTS,
    "editions": {"type": "array", "items": LANGUAGE},
    "summary": TEXT,
    "date": OPTIONAL_TEXT,
    "organizations": TEXTS,
    "is_sample": {"type": "boolean"},
    "highlights": _list("Highlight"),
    "moments": _list("Moment"),
}
SCHEMAS = {
    "Highlight": _object({"html": TEXT, "lang": LANGUAGE}),
    "Moment": _object(
        {
            "kind": {"type": "string", "enum": ["page", "time"]},
            "page": {"type": ["integer", "null"]},
            "start": {"type": ["number", "null"]},
            "end": {"type": ["number", "null"]},
            "lang": TEXT,
            "text": TEXT,
            "url": TEXT,
        }
    ),
    "Work": _object(WORK),
    "BestBet": _object({**WORK, "note": OPTIONAL_TEXT, "note_lang": {"type": ["string", "null"]}}),
    "FacetValue": _object(
        {"value": TEXT, "label": TEXT, "count": {"type": "integer", "minimum": 0}, "selected": {"type": "boolean"}}
    ),
    "Results": _object(
        {
            "query": TEXT,
            "lang": LANGUAGE,
            "engine": TEXT,
            "degraded": {"type": "boolean"},
            "took_ms": {"type": "number"},
            "total": {"type": "integer", "minimum": 0},
            "page": {"type": "integer", "minimum": 1},
            "size": {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE},
            "results": _list("Work"),
            "facets": _object({facet: _list("FacetValue") for facet in FACETS}, optional=FACETS),
            "suggestion": OPTIONAL_TEXT,
            "unknown_words": TEXTS,
            "expanded": TEXTS,
            "best_bets": _list("BestBet"),
        }
    ),
    "Completion": _object({"text": TEXT, "kind": TEXT, "kind_label": TEXT, "lang": TEXT, "url": TEXT}),
    "Completions": _object({"query": TEXT, "lang": LANGUAGE, "completions": _list("Completion")}),
    "Problem": _object({"parameter": TEXT, "message": TEXT}),
    "Error": _object(
        {
            "error": _object(
                {"code": {"type": "string", "enum": ERROR_CODES}, "message": TEXT, "problems": _list("Problem")}
            )
        }
    ),
}

_LANG = {"name": "lang", "in": "query", "description": "The reader's language.", "schema": LANGUAGE}
_Q = {"name": "q", "in": "query", "schema": {"type": "string", "maxLength": LONGEST_TEXT}}

# Facets whose values are settled beforehand. Those of the others come and go with what editors add.
_VALUE = {"type": "string", "maxLength": LONGEST_VALUE}
_SETTLED = {
    "type": {"type": "string", "enum": list(KINDS)},
    "language": _VALUE | {"pattern": LANGUAGE_TAG.regex.pattern},
    "year": {"type": "string", "pattern": YEAR.pattern},
}


def _filter(facet: str) -> dict:
    """The parameter of a facet."""
    several = "May be given several times; works with any of the values are found."
    unknown = "" if facet == "type" else " A value that no public work has finds nothing."
    values = {"type": "array", "items": _SETTLED.get(facet, _VALUE), "maxItems": MOST_VALUES}
    return {"name": facet, "in": "query", "description": several + unknown, "schema": values, "explode": True}


def _operation(summary: str, schema: str, parameters: list[dict], errors: tuple[int, ...]) -> dict:
    def answer(name: str, description: str) -> dict:
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
        return {"description": description, "content": content}

    descriptions = {
        400: "A parameter cannot be used.",
        404: "No public work has this key.",
        405: "Only GET, HEAD and OPTIONS are answered.",
        429: "Too many requests; `Retry-After` says how long to wait.",
    }
    responses = {"200": answer(schema, "The answer."), "304": {"description": "Nothing changed since the ETag."}}
    responses |= {str(status): answer("Error", descriptions[status]) for status in errors}
    return {"get": {"summary": summary, "parameters": parameters, "responses": responses}}


def document() -> dict:
    """The whole description."""
    number = {"type": "integer", "minimum": 1}
    flag = {"type": "string", "enum": ["0", "1"]}
    search_parameters = [
        _Q,
        _LANG,
        *map(_filter, FACETS),
        {"name": "sort", "in": "query", "schema": {"type": "string", "enum": list(SORTS)}},
        {"name": "page", "in": "query", "schema": number | {"maximum": LARGEST_PAGE}},
        {"name": "size", "in": "query", "schema": number | {"maximum": LARGEST_SIZE}},
        {"name": "expand", "in": "query", "description": "0: only the words as typed.", "schema": flag},
        {"name": "repair", "in": "query", "description": "0: no correction of spelling.", "schema": flag},
    ]
    key = {"name": "key", "in": "path", "required": True, "schema": TEXT}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Multilingual Learner Resource Library", "version": "1"},
        "paths": {
            "/api/v1/search": _operation("Search the library", "Results", search_parameters, (400, 405, 429)),
            "/api/v1/complete": _operation("How typed text may go on", "Completions", [_Q, _LANG], (400, 405, 429)),
            "/api/v1/works/{key}": _operation("One work", "Work", [key, _LANG], (400, 404, 405, 429)),
        },
        "components": {"schemas": SCHEMAS},
    }
