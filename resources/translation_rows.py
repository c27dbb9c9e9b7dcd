"""The rows of wagtail-localize's translation editor for many works at once: sources, segments, translations.

wagtail-localize writes them one by one, a dozen queries for each string. What is written here is the same.
"""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    String,
    StringSegment,
    StringTranslation,
    Template,
    TemplateSegment,
    TranslatableObject,
    Translation,
    TranslationContext,
    TranslationLog,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import quote_path_component

from resources.models import BasePage

BATCH = 500


@dataclass(frozen=True)
class TranslatedString:
    """One string of the source and its translation, in which links carry the source's identifiers."""

    source: StringSegmentValue
    data: str
    # Addresses of links that differ in the translation: the source's → its own.
    addresses: Mapping[str, str] = field(default_factory=dict)


@dataclass
class TranslatedPage:
    """A published source edition and its published translation, taken apart into strings."""

    source: BasePage
    target: BasePage
    # The source edition as its revision holds it.
    content: Mapping[str, Any]
    segments: Sequence = ()
    strings: Sequence[TranslatedString] = ()

    @property
    def translation_key(self):
        return self.source.translation_key


def keep_translation_rows(pages: Iterable[TranslatedPage], tool_name: str) -> None:
    """Writes what the translation editor shows for each page: its source, and every string with its translation."""
    groups = defaultdict(list)
    for page in pages:
        groups[page.source.locale_id, page.target.locale_id].append(page)
    for group in groups.values():
        _RowWriter(group, tool_name).write()


class _RowWriter:
    """Writes the rows of many works, kind by kind. All sources are in one language, all translations in another."""

    def __init__(self, pairs: Sequence[TranslatedPage], tool_name: str):
        self.pairs, self.tool_name = pairs, tool_name
        self.locale_id = pairs[0].source.locale_id
        self.target_locale = pairs[0].target.locale
        self.now = timezone.now()

    def write(self) -> None:
        self.sources = self.keep_sources()
        self.string_ids = self.keep_texts()
        self.template_ids = self.keep_templates()
        self.contexts = self.keep_contexts()
        self.keep_segments()
        self.keep_translations()

    def keep_sources(self) -> dict:
        """translation_key → the frozen source."""
        keys = [pair.translation_key for pair in self.pairs]
        page_type = ContentType.objects.get_for_model(Page)
        objects = [TranslatableObject(translation_key=key, content_type=page_type) for key in keys]
        TranslatableObject.objects.bulk_create(objects, batch_size=BATCH, ignore_conflicts=True)
        known = {
            source.object_id: source
            for source in TranslationSource.objects.filter(object_id__in=keys, locale_id=self.locale_id)
        }
        new, changed = [], []
        schema_versions = {label: get_schema_version(label) for label in {p.source._meta.app_label for p in self.pairs}}
        for pair in self.pairs:
            page = pair.source
            source = known.get(page.translation_key) or TranslationSource(
                object_id=page.translation_key,
                locale_id=page.locale_id,
                specific_content_type=ContentType.objects.get_for_model(type(page)),
            )
            source.object_repr = str(page)[:200]
            source.content_json = json.dumps(pair.content, cls=DjangoJSONEncoder)
            source.schema_version = schema_versions[page._meta.app_label]
            source.last_updated_at = self.now
            (changed if source.pk else new).append(source)
        TranslationSource.objects.bulk_create(new, batch_size=BATCH)
        fields = ["object_repr", "content_json", "schema_version", "last_updated_at"]
        TranslationSource.objects.bulk_update(changed, fields, batch_size=100)
        for model in (StringSegment, TemplateSegment, OverridableSegment):
            model.objects.filter(source__in=changed).delete()
        return {source.object_id: source for source in [*new, *changed]}

    def segments(self, kind: type) -> Iterable[tuple[TranslatedPage, object]]:
        for pair in self.pairs:
            for segment in pair.segments:
                if isinstance(segment, kind):
                    yield pair, segment

    def keep_texts(self) -> dict:
        """hash → identifier of each source string."""
        texts = {
            String._get_data_hash(segment.string.data): segment.string.data
            for _pair, segment in self.segments(StringSegmentValue)
        }
        return self.kept(
            String,
            "data_hash",
            [String(locale_id=self.locale_id, data_hash=key, data=data) for key, data in texts.items()],
            locale_id=self.locale_id,
        )

    def keep_templates(self) -> dict:
        """template → identifier."""
        rows = {}
        for _pair, segment in self.segments(TemplateSegmentValue):
            rows[segment.template] = Template(
                uuid=_template_uuid(segment),
                template=segment.template,
                template_format=segment.format,
                string_count=segment.string_count,
            )
        identifiers = self.kept(Template, "uuid", list(rows.values()))
        return {template: identifiers[row.uuid] for template, row in rows.items()}

    def kept(self, model, unique: str, rows: list, **condition) -> dict:
        """Creates the rows that are missing; gives unique value → identifier of all of them."""
        wanted = [getattr(row, unique) for row in rows]
        found: dict = {}
        for start in range(0, len(wanted), BATCH):
            held = model.objects.filter(**condition, **{f"{unique}__in": wanted[start : start + BATCH]})
            found.update(held.values_list(unique, "pk"))
        missing = [row for row in rows if getattr(row, unique) not in found]
        model.objects.bulk_create(missing, batch_size=BATCH)
        found.update((getattr(row, unique), row.pk) for row in missing)
        return found

    def keep_contexts(self) -> dict:
        """(translation_key, path) → identifier of the place in the work."""
        keys = [pair.translation_key for pair in self.pairs]
        rows = TranslationContext.objects.filter(object_id__in=keys).values_list("object_id", "path", "pk")
        found = {(key, path): pk for key, path, pk in rows}
        missing = {}
        for pair in self.pairs:
            for segment in pair.segments:
                place = (pair.translation_key, segment.path)
                if place not in found:
                    missing[place] = TranslationContext(
                        object_id=pair.translation_key,
                        path=segment.path,
                        path_id=TranslationContext._get_path_id(segment.path),
                        field_path=_field_path(segment.path),
                    )
        TranslationContext.objects.bulk_create(missing.values(), batch_size=BATCH)
        return found | {place: context.pk for place, context in missing.items()}

    def keep_segments(self) -> None:
        rows: dict[type, list] = {StringSegment: [], TemplateSegment: [], OverridableSegment: []}
        for pair in self.pairs:
            for segment in pair.segments:
                place = {
                    "source": self.sources[pair.translation_key],
                    "context_id": self.contexts[pair.translation_key, segment.path],
                    "order": segment.order,
                }
                if isinstance(segment, StringSegmentValue):
                    attrs = json.dumps(segment.attrs, cls=DjangoJSONEncoder)
                    rows[StringSegment].append(StringSegment(string_id=self.string_id(segment), attrs=attrs, **place))
                elif isinstance(segment, TemplateSegmentValue):
                    template_id = self.template_ids[segment.template]
                    rows[TemplateSegment].append(TemplateSegment(template_id=template_id, **place))
                elif isinstance(segment, OverridableSegmentValue):
                    data = json.dumps(segment.data, cls=DjangoJSONEncoder)
                    rows[OverridableSegment].append(OverridableSegment(data_json=data, **place))
        for model, same in rows.items():
            model.objects.bulk_create(same, batch_size=BATCH)

    def string_id(self, segment: StringSegmentValue) -> int:
        return self.string_ids[String._get_data_hash(segment.string.data)]

    def keep_translations(self) -> None:
        targets = [Translation(source=source, target_locale=self.target_locale) for source in self.sources.values()]
        Translation.objects.bulk_create(
            targets,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["source", "target_locale"],
            update_fields=["enabled"],
        )
        translated, addresses, logs = {}, [], []
        for pair in self.pairs:
            for string in pair.strings:
                context_id = self.contexts[pair.translation_key, string.source.path]
                row = StringTranslation(
                    translation_of_id=self.string_id(string.source),
                    context_id=context_id,
                    locale=self.target_locale,
                    data=string.data,
                    translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                    tool_name=self.tool_name,
                    updated_at=self.now,
                )
                translated[row.translation_of_id, context_id] = row
                addresses += [(pair, string.source.path, old, new) for old, new in string.addresses.items()]
            logs.append(
                TranslationLog(
                    source=self.sources[pair.translation_key],
                    locale=self.target_locale,
                    revision=pair.target.latest_revision,
                )
            )
        StringTranslation.objects.bulk_create(
            translated.values(),
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["locale", "translation_of", "context"],
            update_fields=["data", "translation_type", "tool_name", "updated_at", "has_error", "field_error"],
        )
        self.keep_addresses(addresses)
        TranslationLog.objects.bulk_create(logs, batch_size=BATCH)

    def keep_addresses(self, addresses: list[tuple[TranslatedPage, str, str, str]]) -> None:
        """Links that lead elsewhere in the translation; those of the former text go."""
        former = [context_id for (_key, path), context_id in self.contexts.items() if "'" in path]
        SegmentOverride.objects.filter(context_id__in=former, locale=self.target_locale).delete()
        SegmentOverride.objects.bulk_create(
            [
                SegmentOverride(
                    context_id=self.contexts[pair.translation_key, f"{path}.{quote_path_component(old)}"],
                    locale=self.target_locale,
                    data_json=json.dumps(new),
                )
                for pair, path, old, new in addresses
            ],
            batch_size=BATCH,
        )


def _template_uuid(segment: TemplateSegmentValue):
    """The identifier that wagtail-localize gives a template."""
    namespace = uuid.uuid5(Template.BASE_UUID_NAMESPACE, segment.format)
    return uuid.uuid5(namespace, segment.template)


def _field_path(path: str) -> str:
    """Which field a place belongs to; wagtail-localize works out that of blocks itself when it is first shown."""
    return "" if "." in path else path
