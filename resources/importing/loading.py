"""Loads works of the library with everything that a table can say of them."""

from collections.abc import Iterable

from wagtail.models import Locale, Page

from resources.importing.works import MODELS, Work
from resources.models import WorkKey

TYPES = {model._meta.model_name: name for name, model in MODELS.items()}
# What is read of child rows besides themselves.
_ROWS = {"files": "files__document", "slides": "slides__document", "captions": "captions__document"}


def load_works(keys: Iterable[str]) -> dict[str, Work]:
    """key → work, in a fixed number of queries for each type."""
    translation_keys = dict(WorkKey.objects.filter(key__in=list(keys)).values_list("translation_key", "key"))
    found = Page.objects.filter(translation_key__in=translation_keys, alias_of__isnull=True)
    by_type: dict[str, list[int]] = {}
    for pk, model in found.values_list("pk", "content_type__model"):
        by_type.setdefault(model, []).append(pk)
    languages = {locale.pk: locale for locale in Locale.objects.all()}
    works: dict[str, Work] = {}
    for model_name, ids in by_type.items():
        if model_name not in TYPES:
            continue
        type_name = TYPES[model_name]
        model = MODELS[type_name]
        relations = [_ROWS.get(name, name) for name in model.source_relations]
        pages = model.objects.filter(pk__in=ids).order_by("pk").prefetch_related(*relations)
        for page in pages:
            page.locale = languages[page.locale_id]
            language = page.locale.language_code
            key = translation_keys[page.translation_key]
            work = works.setdefault(key, Work(key, type_name, page.translation_key, language, {}))
            work.editions[language] = page
    return works
