"""The form of this release's index: an index of another form is of no use to it and must be built anew."""

import hashlib
from pathlib import Path

import tantivy
from django.conf import settings

SEARCH = Path(__file__).resolve().parent.parent
# What decides the fields of the embedded index and the terms in them.
EMBEDDED_SOURCES = ("analysis.py", "stop_words.py", "query.py", "engines/text_fields.py", "engines/embedded*.py")


def form_of_index() -> str:
    """Changes whenever the fields of the index or the terms in them do."""
    if settings.SEARCH_ENGINE == "elasticsearch":
        from search.engines.elasticsearch.mappings import fingerprint

        return fingerprint()
    files = sorted(file for pattern in EMBEDDED_SOURCES for file in SEARCH.glob(pattern))
    digest = hashlib.sha256(tantivy.__version__.encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()
