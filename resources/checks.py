"""System checks of our own rules: what every page type must declare, and that every text can be translated."""

from django.apps import apps
from django.core import checks
from wagtail import blocks
from wagtail.embeds.blocks import EmbedBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from resources.models import BasePage

# What wagtail-localize can translate or carry over; any other leaf would keep its text in one language.
CARRIED_BLOCKS = (
    blocks.CharBlock,
    blocks.TextBlock,
    blocks.RichTextBlock,
    blocks.BlockQuoteBlock,
    blocks.URLBlock,
    blocks.EmailBlock,
    blocks.ChooserBlock,
    blocks.ChoiceBlock,
    blocks.BooleanBlock,
    blocks.IntegerBlock,
    blocks.FloatBlock,
    blocks.DecimalBlock,
    blocks.DateBlock,
    blocks.DateTimeBlock,
    blocks.TimeBlock,
    blocks.StaticBlock,
    EmbedBlock,
    ImageBlock,
)


def page_types() -> list[type[BasePage]]:
    """Every concrete page type of ours."""
    return [model for model in apps.get_models() if issubclass(model, BasePage)]


@checks.register("resources")
def check_page_types(app_configs, **kwargs):
    """Every page type declares what search needs, what is translated, and where it may stand."""
    return [problem for model in page_types() for problem in page_type_problems(model)]


def page_type_problems(model: type[Page]) -> list[checks.Error]:
    """The missing declarations of one page type; `resources.E001` to `E005`."""
    problems = []

    def missing(number: int, what: str, remedy: str):
        problems.append(checks.Error(f"{model.__name__} {what}", hint=remedy, obj=model, id=f"resources.E{number:03d}"))

    if not model.work_type:
        missing(1, "declares no work_type.", "Set work_type to one of the work types of the library.")
    if model.search_fields == Page.search_fields:
        missing(2, "declares no search_fields.", "Set search_fields, starting from BasePage.search_fields.")
    if "translatable_fields" not in vars(model) and not _inherits(model, "translatable_fields"):
        missing(3, "declares no translatable_fields.", "Set translatable_fields = translatable(…).")
    if not _inherits(model, "parent_page_types"):
        missing(4, "declares no parent_page_types.", "Name the page types it may stand under.")
    if not _inherits(model, "subpage_types"):
        missing(5, "declares no subpage_types.", "Name the page types that may stand under it, or [].")
    return problems


def _inherits(model: type, name: str) -> bool:
    """True where the model or a base of it below BasePage sets `name` itself."""
    own = model.__mro__[: model.__mro__.index(BasePage)]
    return any(name in vars(ancestor) for ancestor in own)


@checks.register("resources")
def check_blocks_can_be_translated(app_configs, **kwargs):
    """Every text in every body can be translated in the translation editor."""
    problems = []
    for model in page_types():
        for field in model._meta.get_fields():
            if isinstance(field, StreamField):
                for path, block in untranslatable_blocks(field.stream_block):
                    problems.append(
                        checks.Error(
                            f"{model.__name__}.{field.name}: the text of block “{path}” ({type(block).__name__}) "
                            "cannot be translated.",
                            hint="Use CharBlock, TextBlock or RichTextBlock, or give it get_translatable_segments.",
                            obj=model,
                            id="resources.E006",
                        )
                    )
    return problems


def untranslatable_blocks(block: blocks.Block, path: str = "") -> list[tuple[str, blocks.Block]]:
    """(path, block) of each leaf below `block` that the translation editor would pass over."""
    if isinstance(block, CARRIED_BLOCKS) or hasattr(block, "get_translatable_segments"):
        return []
    if isinstance(block, blocks.ListBlock):
        return untranslatable_blocks(block.child_block, path)
    if isinstance(block, blocks.StructBlock | blocks.StreamBlock):
        found = []
        for name, child in block.child_blocks.items():
            found.extend(untranslatable_blocks(child, f"{path}.{name}".lstrip(".")))
        return found
    return [(path, block)]
