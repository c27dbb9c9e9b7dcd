"""A site to measure: the project's own content in a folder of its own, never a deployment's data."""

import logging
import os
from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parent.parent.parent
PATIENCE_SECONDS = 30.0


def use_folder(folder: Path, models: str | None = None, elasticsearch: str = "") -> None:
    """Starts Django on a folder. Database, files and index stand there, whatever the environment says.

    `models`: those that know meanings (SEARCH_EMBEDDERS), none where empty; None for what deployments use by default.
    `elasticsearch`: the address of a server to search with, instead of the embedded engine.
    """
    import django

    os.environ.update(
        DJANGO_SETTINGS_MODULE="cms.settings.production",
        DATA_DIR=str(folder),
        DATABASE_URL="",
        ELASTICSEARCH_URL=elasticsearch,
        ELASTICSEARCH_PREFIX="measured",
        ELASTICSEARCH_REPLICAS="0",
        CACHE_URL="",
        SECRET_KEY="only-for-measuring",
        HTTPS="false",
        EMBEDDINGS_URL="",
    )
    os.environ.pop("SEARCH_EMBEDDERS", None)
    if models is not None:
        os.environ["SEARCH_EMBEDDERS"] = models
    os.chdir(PROJECT_DIR)
    django.setup()
    logging.getLogger().setLevel(logging.WARNING)
    if elasticsearch:
        from search.engines.elasticsearch import cluster

        # A slow answer is to be measured, not given up.
        cluster.READER_SECONDS = PATIENCE_SECONDS


def server() -> str:
    """The address of Elasticsearch: ELASTICSEARCH_URL, or the server that the tests use."""
    from tests.services import elasticsearch

    return os.environ.get("ELASTICSEARCH_URL") or elasticsearch()


def load() -> None:
    """The site's own content as the files of the project have it now, without made works."""
    from django.core.management import call_command

    from resources.importing.made.composing import KEY_PREFIX
    from resources.models import WorkKey

    call_command("migrate", verbosity=0)
    call_command("load_site_content", overwrite=True, verbosity=0)
    if WorkKey.objects.filter(key__startswith=KEY_PREFIX).exists():
        call_command("make_library", remove=True, verbosity=0)


def add_made_works(works: int, seed: int) -> None:
    from django.core.management import call_command

    call_command("make_library", works=works, seed=seed, verbosity=0)


def index() -> None:
    """Reads the text of files, then builds the index."""
    from django.core.management import call_command

    from assets.extraction.service import extract_document, waiting_documents

    for document in list(waiting_documents()):
        extract_document(document.pk)
    call_command("rebuild_search", verbosity=0)


def embed() -> None:
    """Vectors of everything that is indexed, for all models of the settings."""
    from search.vectors import meaning
    from search.vectors.upkeep import Upkeep

    if found := meaning.current():
        upkeep = Upkeep(found)
        upkeep.compare()
        while upkeep.work(seconds=60):
            pass
