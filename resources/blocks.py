"""Blocks of page bodies that show works and facts. Every text in them is translatable."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from resources.document_links import AddressBlock

RICH_TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class HeadingBlock(blocks.CharBlock):
    """A second-level heading."""

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "resources/blocks/heading.html"


class TextBlock(blocks.RichTextBlock):
    """Paragraphs, lists and links."""

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "resources/blocks/text.html"


class FigureBlock(blocks.StructBlock):
    """One number with what it counts, its school year and its source."""

    value = blocks.CharBlock(label=_("figure"), max_length=40)
    label = blocks.CharBlock(label=_("what it counts"), max_length=200)
    period = blocks.CharBlock(label=_("school year"), max_length=20, required=False)
    source = blocks.CharBlock(label=_("source"), max_length=200)
    url = AddressBlock(label=_("link to the source"), required=False)

    class Meta:
        icon = "order"
        label = _("Figure")
        template = "resources/blocks/figure.html"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=200)
    text = blocks.TextBlock(label=_("text"), required=False)


class StepsBlock(blocks.StructBlock):
    """Steps or principles in their order."""

    items = blocks.ListBlock(StepBlock(label=_("step")), label=_("steps"))

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "resources/blocks/steps.html"


class TimelineEventBlock(blocks.StructBlock):
    when = blocks.CharBlock(label=_("when"), max_length=80)
    title = blocks.CharBlock(label=_("what happened"), max_length=200)
    text = blocks.TextBlock(label=_("text"), required=False)
    work = blocks.PageChooserBlock(label=_("work"), required=False)


class TimelineBlock(blocks.StructBlock):
    """Events in their order, each with a work where there is one."""

    items = blocks.ListBlock(TimelineEventBlock(label=_("event")), label=_("events"))

    class Meta:
        icon = "history"
        label = _("Timeline")
        template = "resources/blocks/timeline.html"


class WorksBlock(blocks.StructBlock):
    """A list of works of the library."""

    heading = blocks.CharBlock(label=_("heading"), max_length=160, required=False)
    works = blocks.ListBlock(blocks.PageChooserBlock(label=_("work")), label=_("works"))

    class Meta:
        icon = "list-ul"
        label = _("Works")
        template = "resources/blocks/works.html"


class CalloutBlock(blocks.StructBlock):
    """A short text that stands out."""

    title = blocks.CharBlock(label=_("title"), max_length=160)
    text = blocks.RichTextBlock(label=_("text"), features=RICH_TEXT_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        template = "resources/blocks/callout.html"


class ContactBlock(blocks.StructBlock):
    """A person to write to."""

    contact = SnippetChooserBlock("resources.Contact", label=_("contact"))

    class Meta:
        icon = "mail"
        label = _("Contact")
        template = "resources/blocks/contact.html"


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("question"), max_length=250)
    answer = blocks.RichTextBlock(label=_("answer"), features=RICH_TEXT_FEATURES)


class QuestionsBlock(blocks.StructBlock):
    """Questions with answers that open one by one."""

    items = blocks.ListBlock(QuestionBlock(label=_("question")), label=_("questions"))

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        template = "resources/blocks/questions.html"


class LinkBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("words of the link"), max_length=200)
    url = AddressBlock(label=_("address"))
    note = blocks.CharBlock(label=_("note"), max_length=250, required=False)


class LinksBlock(blocks.StructBlock):
    """Links to other sites."""

    heading = blocks.CharBlock(label=_("heading"), max_length=160, required=False)
    items = blocks.ListBlock(LinkBlock(label=_("link")), label=_("links"))

    class Meta:
        icon = "link"
        label = _("Links")
        template = "resources/blocks/links.html"


def body_blocks() -> list:
    """The blocks of every body, in the order of the editor's menu."""
    return [
        ("heading", HeadingBlock()),
        ("text", TextBlock(features=RICH_TEXT_FEATURES)),
        ("image", ImageBlock(template="resources/blocks/image.html", label=_("Picture"))),
        ("figure", FigureBlock()),
        ("steps", StepsBlock()),
        ("timeline", TimelineBlock()),
        ("works", WorksBlock()),
        ("callout", CalloutBlock()),
        ("contact", ContactBlock()),
        ("questions", QuestionsBlock()),
        ("links", LinksBlock()),
    ]
