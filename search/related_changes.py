"""Changes beside a work's own pages: of what it names (topics, people, other works) and of its documents.

The works are renewed. What facets are derived from: `related_places`.
"""

from collections import defaultdict
from functools import cache

from django.db.models import Model, QuerySet
from wagtail.models import Collection, Page

from assets.models import CustomDocument
from resources.checks import page_types
from resources.signals import works_changed
from search.attached_text import DOCUMENT_ROWS
from search.declared_text import relation_paths


@cache
def showing_models() -> dict[type[Model], tuple[tuple[type[Model], str], ...]]:
    """Model of named things → (page type, relation to it), from the `search_fields` of all page types."""
    found: dict[type[Model], list] = defaultdict(list)
    for page_type in page_types():
        for path in relation_paths(page_type):
            model = page_type
            for at, name in enumerate(names := path.split("__")):
                model = model._meta.get_field(name).related_model
                found[model].append((page_type, "__".join(names[: at + 1])))
    return {model: tuple(dict.fromkeys(entries)) for model, entries in found.items()}


def announce_named_change(instance, created=False, raw=False, **_kwargs) -> None:
    """Receiver of saved and deleted rows; a row that is new is shown by no work yet."""
    if created or raw:
        return
    keys = set()
    for page_type, relation in showing_models().get(type(instance), ()):
        pages = page_type.objects.filter(**{relation: instance.pk})
        keys |= set(pages.values_list("translation_key", flat=True))
    if keys:
        works_changed.send(sender=type(instance), keys=keys)


def announce_named_pages(pages: QuerySet[Page], **_kwargs) -> None:
    """Receiver of pages that became public or private, saved as whatever class: works that name them follow."""
    named = [
        page_type.objects.filter(**{f"{relation}__in": pages.values("pk")}).order_by().values_list("translation_key")
        for model, entries in showing_models().items()
        if issubclass(model, Page)
        for page_type, relation in entries
    ]
    announce_works(named)


def announce_works(works: list[QuerySet]) -> None:
    """Announces the works of several queries for translation keys, found by one question."""
    if works and (keys := {key for (key,) in works[0].union(*works[1:])}):
        works_changed.send(sender=Page, keys=keys)


def announce_document(document_id: int, **_kwargs) -> None:
    """Receiver of a document whose text came, went or was replaced."""
    _announce_documents(document_id=document_id)


def announce_collection(instance, **_kwargs) -> None:
    """Receiver of a restriction of a collection that came or went: the text of its documents follows."""
    _announce_below(instance.collection)


def announce_changed_collection(instance, created=False, raw=False, **_kwargs) -> None:
    """Receiver of saved collections: one that is moved, in the same transaction, may be closed by another now."""
    if not created and not raw:
        _announce_below(instance)


def announce_documents_together(_request, action_type, objects, _action) -> None:
    """Hook of an action on many rows of the admin, which sends no signals."""
    if action_type == "add_to_collection":
        _announce_documents(document__in=[each.pk for each in objects if isinstance(each, CustomDocument)])


def _announce_below(collection: Collection) -> None:
    _announce_documents(document__collection__path__startswith=collection.path)


def _announce_documents(**condition) -> None:
    keys = set()
    for page_type, names in DOCUMENT_ROWS.items():
        for name in names:
            rows = page_type._meta.get_field(name).related_model.objects.filter(**condition)
            keys |= set(rows.values_list("page__translation_key", flat=True))
    if keys:
        works_changed.send(sender=CustomDocument, keys=keys)
