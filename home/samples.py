"""Samples (made examples) can be removed from the site, all at once, with their files."""

from django.db import transaction
from django.db.models import Q
from wagtail.models import Page, ReferenceIndex, get_page_models

from assets.models import CustomDocument, CustomMedia
from home.models import LoadedContent
from resources.models import BasePage


def sample_pages() -> list[Page]:
    """Every edition of every sample, parents before children."""
    keys = set()
    for model in get_page_models():
        if issubclass(model, BasePage):
            keys |= set(model.objects.filter(is_sample=True).values_list("translation_key", flat=True))
    return list(Page.objects.filter(translation_key__in=keys).order_by("depth", "path"))


@transaction.atomic
def remove_samples(*, forget: bool = False) -> int:
    """Deletes all samples and the files that only they use; returns how many works they were.

    A later load leaves them out, as it leaves out everything that was removed, unless the loader shall `forget` that it
    ever wrote them.
    """
    pages = sample_pages()
    keys = {page.translation_key for page in pages}
    work_keys = {page.specific.key for page in pages}
    documents, media = _files_of(pages)
    for page in reversed(pages):
        page.specific.delete()
    for file in (*documents, *media):
        if not ReferenceIndex.get_references_to(file).exists():
            file.delete()
    if forget:
        LoadedContent.objects.filter(kind="work", key__in=work_keys).delete()
    return len(keys)


def _files_of(pages: list[Page]) -> tuple[list[CustomDocument], list[CustomMedia]]:
    keys = [page.pk for page in pages]
    documents = CustomDocument.objects.filter(
        Q(resourcefile_rows__page__in=keys) | Q(recordingfile_rows__page__in=keys) | Q(caption_tracks__page__in=keys)
    ).distinct()
    return list(documents), list(CustomMedia.objects.filter(recordings__in=keys).distinct())
