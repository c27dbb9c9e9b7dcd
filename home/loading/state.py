"""The state of works in the database, as a digest: two equal digests mean that nobody changed the work in between."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from home.loading.memory import digest
from resources.translations import STATE_FIELDS

# Changes of these are not changes of an editor: they follow from publishing or from the tree.
NOT_CONTENT = (STATE_FIELDS - {"live", "alias_of"}) | {
    "pk",
    "content_type",
    "translation_key",
    "wagtail_admin_comments",
}
ROW_IDENTITY = ("pk", "page", "sort_order")


def work_states(translation_keys: Iterable) -> dict[Any, str]:
    """translation_key → digest of all editions of the work, their place in the tree, and their translated strings."""
    translation_keys = set(translation_keys)
    strings = defaultdict(list)
    rows = StringTranslation.objects.filter(context__object_id__in=translation_keys).order_by("context_id", "id")
    for key, *row in rows.values_list("context__object_id", "locale_id", "context__path", "data"):
        strings[key].append(row)
    editions = defaultdict(list)
    for page in Page.objects.filter(translation_key__in=translation_keys).order_by("pk").specific():
        editions[page.translation_key].append(_edition_state(page))
    return {key: digest([pages, strings[key]]) for key, pages in editions.items()}


def _edition_state(page: Page) -> dict[str, Any]:
    state = {name: value for name, value in page.serializable_data().items() if name not in NOT_CONTENT}
    for value in state.values():
        if isinstance(value, list):
            for row in value:
                if isinstance(row, dict):
                    for name in ROW_IDENTITY:
                        row.pop(name, None)
    has_draft = page.latest_revision_id != page.live_revision_id
    return {**state, "locale": page.locale_id, "parent": page.path[: -page.steplen], "has_draft": has_draft}
