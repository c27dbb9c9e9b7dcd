"""Removes made works in bulk: whatever points to their pages goes with them, table by table."""

from collections import Counter
from collections.abc import Callable

from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import F
from modelsearch.conf import get_app_config
from wagtail.models import Page, ReferenceIndex, Revision

from assets.models import CustomDocument, DocumentText
from resources.importing.made.composing import KEY_PREFIX
from resources.importing.made.writing import CHUNK, SHARED_PDF
from resources.importing.works import MODELS
from resources.models import CaptionTrack, ResourceFile, WorkKey
from resources.signals import works_changed


def remove_made_works(progress: Callable[[int, int], None]) -> int:
    """Removes every made work, with its documents, captions and texts; returns how many there were."""
    # The last first: recordings go before or with their convenings.
    keys = list(WorkKey.objects.filter(key__startswith=KEY_PREFIX).order_by("-key").values_list("key", flat=True))
    for start in range(0, len(keys), CHUNK):
        with transaction.atomic():
            names = _remove(keys[start : start + CHUNK])
        for name in names:
            default_storage.delete(name)
        progress(min(start + CHUNK, len(keys)), len(keys))
    if default_storage.exists(SHARED_PDF) and not CustomDocument.objects.filter(file=SHARED_PDF).exists():
        default_storage.delete(SHARED_PDF)
    return len(keys)


def _remove(keys: list[str]) -> list[str]:
    """Removes some works; gives the names of files that nothing needs any more."""
    translation_keys = list(WorkKey.objects.filter(key__in=keys).values_list("translation_key", flat=True))
    pages = list(Page.objects.filter(translation_key__in=translation_keys).values_list("pk", "path"))
    ids = [pk for pk, _path in pages]
    documents = set(ResourceFile.objects.filter(page__in=ids).values_list("document", flat=True))
    documents |= set(CaptionTrack.objects.filter(page__in=ids).values_list("document", flat=True))
    _remove_pages(ids)
    _uncount([path for _pk, path in pages])
    WorkKey.objects.filter(translation_key__in=translation_keys).delete()
    names = _remove_documents(documents - {None})
    works_changed.send(sender=Page, keys=set(translation_keys))
    return names


def _remove_pages(ids: list[int]) -> None:
    base, index_entry = ContentType.objects.get_for_model(Page), get_app_config().get_model("IndexEntry")
    texts = [str(pk) for pk in ids]
    _drop(Revision.objects.filter(base_content_type=base, object_id__in=texts))
    _drop(ReferenceIndex.objects.filter(base_content_type=base, object_id__in=texts))
    for model in MODELS.values():
        _drop(index_entry.objects.filter(content_type=ContentType.objects.get_for_model(model), object_id__in=texts))
        for field in model._meta.local_many_to_many:
            _drop(field.remote_field.through.objects.filter(**{f"{field.m2m_field_name()}__in": ids}))
        _let_go(model, ids)
    for model in MODELS.values():
        _drop(model._base_manager.filter(pk__in=ids))
    _let_go(Page, ids)
    _drop(Page._base_manager.filter(pk__in=ids))


def _let_go(model: type[models.Model], ids: list[int]) -> None:
    """Removes or empties what points to these rows, as the foreign keys say."""
    for relation in model._meta.related_objects:
        field = relation.field
        if field.many_to_many or getattr(field.remote_field, "parent_link", False):
            continue
        pointing = relation.related_model._base_manager.filter(**{f"{field.name}__in": ids})
        if relation.on_delete is models.SET_NULL:
            pointing.update(**{field.name: None})
        else:
            _drop(pointing)


def _drop(rows: models.QuerySet) -> None:
    """Deletes rows without the signals that each of them would send."""
    rows._raw_delete(rows.db)


def _uncount(paths: list[str]) -> None:
    """Tells the parents that stay how many children went."""
    gone = Counter(path[: -Page.steplen] for path in paths)
    for path, count in gone.items():
        Page.objects.filter(path=path).update(numchild=F("numchild") - count)


def _remove_documents(ids: set[int]) -> list[str]:
    made = CustomDocument.objects.filter(pk__in=ids)
    names, checksums = set(made.values_list("file", flat=True)), list(made.values_list("checksum", flat=True))
    _let_go(CustomDocument, list(ids))
    _drop(CustomDocument._base_manager.filter(pk__in=ids))
    DocumentText.objects.filter(checksum__in=checksums).delete()
    return sorted(names - {SHARED_PDF})
