"""One load of the site's content, in one transaction."""

from pathlib import Path

from django.db import transaction

from home.loading.content import Content, read_content
from home.loading.indexes import indexes_updated_later, update_indexes
from home.loading.memory import Memory
from home.loading.registry import Registry
from home.loading.report import LoadReport
from home.loading.site import site_locales, write_settings
from home.loading.uploads import Uploads
from home.loading.write_rows import write_rows
from home.loading.write_works import WorkWriter
from home.samples import remove_samples
from resources.signals import works_changed, works_changed_together
from resources.stored_files import taken_back_on_failure

CONTENT_FOLDER = Path(__file__).resolve().parent.parent / "content"


def load_site_content(folder: Path = CONTENT_FOLDER, *, samples: bool = True, overwrite: bool = False) -> LoadReport:
    """Creates and updates what the files of the folder describe; what an editor changed stays, unless `overwrite`.

    Without `samples`, samples that are there are removed. Raises ContentProblems, and then keeps nothing: neither rows
    nor uploaded files.
    """
    content = read_content(folder)
    report, uploads = LoadReport(), Uploads()
    with taken_back_on_failure(uploads.stored), transaction.atomic(), works_changed_together():
        if not samples:
            content = content.without_samples()
            report.removed_samples = remove_samples(forget=True)
        with indexes_updated_later():
            _write(content, Memory(overwrite), report, uploads)
    return report


def _write(content: Content, memory: Memory, report: LoadReport, uploads: Uploads) -> None:
    registry = Registry(content.works)
    changed = write_rows(content.rows, registry, memory, report)
    writer = WorkWriter(registry, memory, report, uploads, site_locales())
    editions = writer.write(content.works)
    if content.settings:
        write_settings(content.settings, registry, memory, report)
    memory.save()
    update_indexes([*changed, *editions, *uploads.rows.values()])
    if editions:
        works_changed.send(sender=load_site_content, keys={page.translation_key for page in editions})
