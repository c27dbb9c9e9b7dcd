"""Many pages, child rows, revisions and entries in indexes written at once, as saving page by page would leave them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Model, OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from modelsearch.backends import get_search_backends
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision

from resources.models import BasePage

BATCH = 500
# Values of a page that only an update of the page's own row may change.
STATE_FIELDS = ("title", "draft_title", "last_published_at", "latest_revision_created_at", "has_unpublished_changes")


@dataclass(frozen=True)
class WrittenPage:
    """A page that was written, with its content as its revision keeps it."""

    page: BasePage
    content: dict
    is_new: bool


def tree_row(model: type[BasePage], **values) -> Page:
    """The row of a new, published page in the page tree; its place is still to be given."""
    now = timezone.now()
    return Page(
        content_type=ContentType.objects.get_for_model(model),
        live=True,
        draft_title=values["title"],
        first_published_at=now,
        last_published_at=now,
        latest_revision_created_at=now,
        **values,
    )


def insert_tree_rows(rows: Sequence[Page]) -> None:
    Page.objects.bulk_create(rows, batch_size=BATCH)


def on_tree_row(row: Page, page: BasePage) -> BasePage:
    """Gives a specific page in memory the identity and place of its row in the tree."""
    for field in Page._meta.concrete_fields:
        setattr(page, field.attname, getattr(row, field.attname))
    page.page_ptr_id = row.pk
    # A new page has no rows: said here, so that nothing asks the database.
    for relation in get_all_child_relations(type(page)):
        setattr(page, relation.get_accessor_name(), [])
    for field in get_all_child_m2m_relations(type(page)):
        setattr(page, field.name, [])
    page._state.adding = False
    return page


def insert_specific_rows(pages: Iterable[BasePage]) -> None:
    """The rows of the page types' own tables. Django's `bulk_create` refuses models with a parent table; the insert
    below is the one it uses for each of its tables."""
    for model, same in _by_model(pages).items():
        fields = model._meta.local_concrete_fields
        model._base_manager.all()._batched_insert(same, fields, BATCH)


def update_rows(pages: Iterable[BasePage]) -> None:
    """Writes changed pages anew, without moving them or publishing what is not public."""
    for model, same in _by_model(pages).items():
        own = [field.name for field in model._meta.local_concrete_fields if not field.primary_key]
        model._base_manager.bulk_update(same, own, batch_size=100)
        Page.objects.bulk_update(same, STATE_FIELDS, batch_size=100)


def replace_children(model: type[BasePage], name: str, rows_by_page: dict[int, list[Model]]) -> None:
    """Makes the given rows, in their order, the child rows of the pages; what is not among them goes."""
    relation = model._meta.get_field(name)
    child, parent = relation.related_model, relation.field.name
    kept = [row.pk for rows in rows_by_page.values() for row in rows if row.pk]
    for ids in _batches(list(rows_by_page)):
        child.objects.filter(**{f"{parent}__in": ids}).exclude(pk__in=kept).delete()
    new, moved = [], []
    for page_id, rows in rows_by_page.items():
        for position, row in enumerate(rows):
            setattr(row, f"{parent}_id", page_id)
            if row.pk and row.sort_order != position:
                moved.append(row)
            row.sort_order = position
            if not row.pk:
                new.append(row)
    child.objects.bulk_create(new, batch_size=BATCH)
    child.objects.bulk_update(moved, ["sort_order"], batch_size=BATCH)


def replace_relations(model: type[BasePage], name: str, rows_by_page: dict[int, list[Model]], are_new: bool) -> None:
    """Makes the given rows the many-to-many rows of the pages."""
    field = model._meta.get_field(name)
    through, source, target = field.remote_field.through, field.m2m_column_name(), field.m2m_reverse_name()
    if not are_new:
        for ids in _batches(list(rows_by_page)):
            through.objects.filter(**{f"{field.m2m_field_name()}__in": ids}).delete()
    links = [through(**{source: page_id, target: row.pk}) for page_id, rows in rows_by_page.items() for row in rows]
    through.objects.bulk_create(links, batch_size=BATCH)


def publish(pages: Sequence[tuple[BasePage, bool]]) -> list[WrittenPage]:
    """One revision and one entry in the history for each page (and whether it is new); the revision is the live one."""
    now = timezone.now()
    base = ContentType.objects.get_for_model(Page)
    written = [WrittenPage(page, page.serializable_data(), is_new) for page, is_new in pages]
    revisions = [
        Revision(
            content_type=ContentType.objects.get_for_model(one.page, for_concrete_model=False),
            base_content_type=base,
            object_id=str(one.page.pk),
            content=one.content,
            object_str=str(one.page)[:255],
            created_at=now,
        )
        for one in written
    ]
    changed = [str(one.page.pk) for one in written if not one.is_new]
    scheduled = Revision.objects.filter(base_content_type=base, approved_go_live_at__isnull=False)
    for ids in _batches(changed):
        scheduled.filter(object_id__in=ids).update(approved_go_live_at=None)
    Revision.objects.bulk_create(revisions, batch_size=BATCH)
    entries = []
    for one, revision in zip(written, revisions, strict=True):
        one.page.latest_revision = revision
        if one.page.live:
            one.page.live_revision = revision
        entries.append(_log_entry(one, revision))
    PageLogEntry.objects.bulk_create(entries, batch_size=BATCH)
    _point_to_revisions([one.page for one in written])
    return written


def _point_to_revisions(pages: Sequence[BasePage]) -> None:
    """Sets the pages' latest revision, and their live one, to the last that was written."""
    last = (
        Revision.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page), object_id=Cast(OuterRef("pk"), CharField())
        )
        .order_by("-pk")
        .values("pk")[:1]
    )
    for ids in _batches([page.pk for page in pages]):
        Page.objects.filter(pk__in=ids).update(latest_revision=Subquery(last))
    for ids in _batches([page.pk for page in pages if page.live]):
        Page.objects.filter(pk__in=ids).update(live_revision=Subquery(last))


def _log_entry(one: WrittenPage, revision: Revision) -> PageLogEntry:
    return PageLogEntry(
        page_id=one.page.pk,
        content_type=revision.content_type,
        label=one.page.get_admin_display_title(),
        action="wagtail.create" if one.is_new else "wagtail.publish",
        timestamp=revision.created_at,
        revision=revision,
        content_changed=True,
    )


def index_for_admin(written: Sequence[WrittenPage]) -> None:
    """The admin's own search and its list of where things are used."""
    for model, pages in _by_model(one.page for one in written).items():
        for backend in get_search_backends(with_auto_update=True):
            backend.add_bulk(model, pages)
    base = ContentType.objects.get_for_model(Page)
    for ids in _batches([one.page.pk for one in written if not one.is_new]):
        ReferenceIndex.objects.filter(base_content_type=base, object_id__in=[str(pk) for pk in ids]).delete()
    references = []
    for one in written:
        content_type = ContentType.objects.get_for_model(one.page, for_concrete_model=False)
        # The public method asks the database several times for each page; this is the part of it that reads the page.
        for to_type, to_id, model_path, content_path in set(ReferenceIndex._extract_references_from_object(one.page)):
            references.append(
                ReferenceIndex(
                    content_type=content_type,
                    base_content_type=base,
                    object_id=str(one.page.pk),
                    to_content_type_id=to_type,
                    to_object_id=to_id,
                    model_path=model_path,
                    content_path=content_path,
                    content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
                )
            )
    ReferenceIndex.objects.bulk_create(references, batch_size=BATCH, ignore_conflicts=True)


def _by_model(pages: Iterable[BasePage]) -> dict[type[BasePage], list[BasePage]]:
    grouped: dict[type[BasePage], list[BasePage]] = {}
    for page in pages:
        grouped.setdefault(type(page), []).append(page)
    return grouped


def _batches(items: list, size: int = BATCH) -> Iterable[list]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
