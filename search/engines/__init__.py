"""The engines of the library, in the order in which they are asked."""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from search.engines.base import Engine, IndexEngine

ENGINES = {
    "embedded": "search.engines.embedded.EmbeddedEngine",
    "elasticsearch": "search.engines.elasticsearch.engine.ElasticsearchEngine",
    "database": "search.engines.database.DatabaseEngine",
}


@cache
def _engine(name: str, *_place: str) -> Engine:
    return import_string(ENGINES[name])()


def index_engine() -> IndexEngine:
    """The engine that holds the index of this deployment."""
    if settings.SEARCH_ENGINE == "elasticsearch":
        names = ("ELASTICSEARCH_URL", "ELASTICSEARCH_CA", "ELASTICSEARCH_API_KEY", "ELASTICSEARCH_PREFIX")
        return _engine("elasticsearch", *(getattr(settings, name) for name in names))
    return _engine(settings.SEARCH_ENGINE, str(settings.SEARCH_INDEX_DIR))


def engines_in_turn() -> list[Engine]:
    """The engine of this deployment, then the database as the last resort."""
    return [index_engine(), _engine("database")]
