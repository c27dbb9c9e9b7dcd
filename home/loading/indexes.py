"""Wagtail's own indexes (search of the admin, references) are brought up to date once, at the end of a load."""

import contextlib
from collections import defaultdict
from collections.abc import Iterable

from django.db import models
from django.db.models.signals import post_save
from modelsearch.backends import get_search_backends
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update


@contextlib.contextmanager
def indexes_updated_later():
    """Inside, saving neither indexes nor records references: `update_indexes` does it for all at once."""
    senders = [model for model in get_indexed_models() if post_save.disconnect(post_save_signal_handler, sender=model)]
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        for model in senders:
            post_save.connect(post_save_signal_handler, sender=model)


def update_indexes(instances: Iterable[models.Model]) -> None:
    """Indexes rows and pages, model by model, and records what they refer to."""
    by_model = defaultdict(list)
    for instance in instances:
        by_model[type(instance)].append(instance.pk)
    for model, keys in by_model.items():
        if hasattr(model, "get_indexed_objects"):
            indexed = list(model.get_indexed_objects().filter(pk__in=keys))
            for backend in get_search_backends(with_auto_update=True):
                backend.add_bulk(model, indexed)
        if ReferenceIndex.model_is_indexable(model):
            for instance in model.objects.filter(pk__in=keys):
                ReferenceIndex.create_or_update_for_object(instance)
