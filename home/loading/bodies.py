"""Bodies of pages: blocks as they stand in a content file become StreamField data, one for each language.

The block definitions themselves say what is expected. A block has the same identifier in both languages, made from
the key of the work and the block's position: so each English string finds its Spanish one.
"""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from home.loading import rich_text
from home.loading.fields import Fields
from home.loading.problems import Place, near_matches
from home.loading.read import Mapping
from home.loading.references import Reference

NAMESPACE = uuid.UUID("7f1f3ac5-7d0f-4a3d-9d52-0c8a4a3d5e11")


class BodyReader:
    """Reads the body of one work. Each method returns language → value."""

    def __init__(self, fields: Fields, key: str, work_types_of):
        self.fields, self.key, self.work_types_of = fields, key, work_types_of

    def identifier(self, *steps) -> str:
        return str(uuid.uuid5(NAMESPACE, "/".join([self.key, *map(str, steps)])))

    def stream(self, block: blocks.StreamBlock, value: Any, place: Place, name: str) -> dict[str, list]:
        """A list of single-key mappings, each a block."""
        streams = {language: [] for language in self.fields.languages}
        for number, (item, item_place) in enumerate(self.fields.list_items(value, place), start=1):
            if not isinstance(item, Mapping) or len(item) != 1:
                self.fields.problem(item_place, "A block is expected here.", "Write one block, such as `- text: …`.")
                continue
            ((block_name, content),) = item.items()
            child = block.child_blocks.get(block_name)
            if child is None:
                remedy = near_matches(block_name, block.child_blocks)
                self.fields.problem(item_place, f"The block `{block_name}` is not known here.", remedy)
                continue
            steps = (name, number)
            self.append(streams, child, block_name, content, item_place.inside(block_name), steps)
        return streams

    def append(self, streams: dict, block, block_name: str, content: Any, place: Place, steps: tuple) -> None:
        for language, value in self.value(block, content, place, steps).items():
            streams[language].append({"type": block_name, "value": value, "id": self.identifier(*steps)})

    def value(self, block: blocks.Block, value: Any, place: Place, steps: tuple) -> dict[str, Any]:
        if value is None:
            return self.empty(block, place)
        match block:
            case blocks.PageChooserBlock():
                return self.same(self.fields.refer(value, "work", place, self.work_types_of(block.target_models)))
            case SnippetChooserBlock():
                return self.same(self.fields.refer(value, block.target_model._meta.model_name, place))
            case blocks.RichTextBlock():
                return self.fields.rich_texts(value, place)
            case blocks.URLBlock():
                return self.same(self.clean(block, value, place))
            case blocks.CharBlock() | blocks.TextBlock():
                texts = self.fields.texts(value, place)
                return {language: self.clean(block, text, place) for language, text in texts.items()}
            case blocks.ListBlock():
                return self.list(block, value, place, steps)
            case blocks.StructBlock():
                return self.struct(block, value, place, steps)
        self.fields.problem(place, "This block cannot be written in a content file.", "Add it in the admin.")
        return self.same(None)

    def list(self, block: blocks.ListBlock, value: Any, place: Place, steps: tuple) -> dict[str, list]:
        lists = {language: [] for language in self.fields.languages}
        for number, (item, item_place) in enumerate(self.fields.list_items(value, place), start=1):
            self.append(lists, block.child_block, "item", item, item_place, (*steps, number))
        return lists

    def struct(self, block: blocks.StructBlock, value: Any, place: Place, steps: tuple) -> dict[str, dict]:
        structs = {language: {} for language in self.fields.languages}
        inner = self.fields.nested(value, place)
        for name, child in block.child_blocks.items():
            for language, child_value in self.value(child, inner.take(name), inner.at(name), (*steps, name)).items():
                structs[language][name] = child_value
        inner.finish()
        return structs

    def empty(self, block: blocks.Block, place: Place) -> dict[str, Any]:
        if block.required and not isinstance(block, blocks.StructBlock):
            self.fields.problem(place, "This part of the block is missing.", f"Write `{place.steps[-1]}: …`.")
        match block:
            case blocks.ListBlock():
                return {language: [] for language in self.fields.languages}
            case blocks.ChooserBlock():
                return self.same(None)
        return self.same("")

    def clean(self, block: blocks.FieldBlock, value: Any, place: Place) -> str:
        """The text as the block's own field accepts it (length, form of an address)."""
        if value == "":
            return ""
        try:
            return block.field.clean(value)
        except ValidationError as error:
            self.fields.problem(place, " ".join(error.messages), "Correct the value.")
            return ""

    def same(self, value: Any) -> dict[str, Any]:
        return dict.fromkeys(self.fields.languages, value)


def with_pages(value: Any, resolve) -> Any:
    """The same data with every reference replaced by a primary key; `resolve` returns an instance or None.

    Items of lists whose work no longer exists are left out.
    """
    if isinstance(value, Reference):
        return getattr(resolve(value), "pk", None)
    if isinstance(value, str):
        return rich_text.link_works(value, resolve)
    if isinstance(value, list):
        resolved = [with_pages(item, resolve) for item in value]
        gone = [isinstance(item, dict) and isinstance(item.get("value"), Reference) for item in value]
        return [item for item, was_reference in zip(resolved, gone, strict=True) if not was_reference or item["value"]]
    if isinstance(value, dict):
        return {name: with_pages(item, resolve) for name, item in value.items()}
    return value
