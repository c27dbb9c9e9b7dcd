"""What can be wrong with a cluster, each in one sentence with its remedy. Never shows a password or key."""

from elastic_transport import ConnectionError as Unreachable
from elastic_transport import ConnectionTimeout, SerializationError, TlsError, TransportError
from elasticsearch import (
    ApiError,
    AuthenticationException,
    AuthorizationException,
    NotFoundError,
    UnsupportedProductError,
)

MAJOR_VERSION = 9
NO_INDEX = "There is no search index of this release yet. Run: python manage.py rebuild_search"
OLDER_INDEX = (
    "The search index was built by another release, which keeps it in another form. "
    "Run: python manage.py rebuild_search"
)
INCOMPLETE_INDEX = "A part of the search index is gone ({missing}). Run: python manage.py rebuild_search"
WRONG_VERSION = (
    f"The server of ELASTICSEARCH_URL is not of version {MAJOR_VERSION}: use an Elasticsearch {MAJOR_VERSION}."
)
NOT_ELASTICSEARCH = (
    "The server of ELASTICSEARCH_URL is not Elasticsearch (OpenSearch is not either): "
    f"name an Elasticsearch {MAJOR_VERSION}."
)
_LONGEST_DETAIL = 200
_OVERLOADED = (429, 502, 503, 504)
# What OpenSSL, older and newer, says of an answer that is not encrypted.
_PLAIN = ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE")


def sentence(error: ApiError | TransportError, hosts: str) -> str:
    """What an error of the client means. `hosts` are the servers as they may be shown."""
    match error:
        case UnsupportedProductError():
            return NOT_ELASTICSEARCH
        case AuthenticationException():
            return (
                f"Elasticsearch at {hosts} refuses the user, password or key: "
                "correct ELASTICSEARCH_URL or ELASTICSEARCH_API_KEY."
            )
        case ApiError() if is_blocked(error.error, error.meta.status):
            return blocked(hosts)
        case ApiError() if error.meta.status in _OVERLOADED:
            told = f" ({_detail(error)})" if _is_told(error) else ""
            return (
                f"The server at {hosts} answers {error.meta.status}{told}: it is starting or overloaded; "
                "wait, and see its log if that does not end."
            )
        case ApiError() if not _is_told(error):
            return not_answered(hosts)
        case AuthorizationException():
            return (
                f"Elasticsearch at {hosts} does not let this user do what is needed ({_detail(error)}): "
                "give it the rights that docs/operations.md lists."
            )
        case NotFoundError() if error.error == "index_not_found_exception":
            return NO_INDEX
        case ApiError() if error.error == "media_type_header_exception":
            return WRONG_VERSION
        case ApiError():
            return f"Elasticsearch at {hosts} answers {error.meta.status}: {_detail(error)}."
        case ConnectionTimeout():
            return not_in_time(hosts)
        case TlsError() if any(sign in _detail(error) for sign in _PLAIN):
            return (
                f"The server at {hosts} does not speak https: let its address in ELASTICSEARCH_URL begin with http://."
            )
        case TlsError():
            return (
                f"The certificate of Elasticsearch at {hosts} is not trusted ({_detail(error)}): "
                "name the file of its authority in ELASTICSEARCH_CA."
            )
        case SerializationError():
            return not_answered(hosts)
        case Unreachable():
            return f"Elasticsearch at {hosts} cannot be reached: start it, or correct ELASTICSEARCH_URL."
        case _:
            return f"No answer of Elasticsearch comes from {hosts} ({_detail(error)}): correct ELASTICSEARCH_URL."


def is_blocked(kind: object, status: object) -> bool:
    """Whether an error says that an index takes nothing; with status 503 it would say that a server is starting."""
    return kind == "cluster_block_exception" and status in (403, 429)


def blocked(hosts: str) -> str:
    return (
        f"Elasticsearch at {hosts} has blocked writing, most often because its disk is nearly full: free space there "
        "and, if it does not take changes again by itself, set `index.blocks` of the indices back."
    )


def not_in_time(hosts: str) -> str:
    return f"Elasticsearch at {hosts} does not answer in time: see whether it is overloaded or stands still."


def not_answered(hosts: str) -> str:
    """An answer that lacks what was asked for."""
    return (
        f"What comes from {hosts} is no answer of Elasticsearch to what was asked: "
        "see what stands before it, or correct ELASTICSEARCH_URL."
    )


def _is_told(error: ApiError) -> bool:
    """Whether an error says why, as those of Elasticsearch do."""
    return isinstance(error.body, dict) and bool(error.body.get("error"))


def _detail(error: Exception) -> str:
    """The first reason that the server or the client gives, cut short."""
    text = str(error.__cause__ if isinstance(error, TransportError) and error.__cause__ else error)
    if isinstance(error, ApiError) and _is_told(error):
        told = error.body["error"]
        causes = (told.get("root_cause") or [told]) if isinstance(told, dict) else [{"reason": told}]
        text = str(causes[0].get("reason") or text)
    return " ".join(text.split())[:_LONGEST_DETAIL].rstrip(".")
