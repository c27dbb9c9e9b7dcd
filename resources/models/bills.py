"""Bills of the California Legislature."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from resources.document_links import LinkField
from resources.editions import source_editions_only
from resources.models.base import BasePage, translatable
from resources.models.bodies import BodyFields
from resources.panels import SourceEditionInlinePanel, SourceEditionPanel


class BillPage(BodyFields, BasePage):
    """A bill: number, session, official title, authors, status with its date, and a plain summary."""

    class Status(models.TextChoices):
        INTRODUCED = "introduced", _("Introduced")
        PASSED_ASSEMBLY = "passed-assembly", _("Passed the Assembly")
        HELD = "held", _("Held")
        VETOED = "vetoed", _("Vetoed")
        SIGNED = "signed", _("Signed")

    class Position(models.TextChoices):
        SPONSOR = "sponsor", _("Sponsor")
        SUPPORT = "support", _("Support")
        WATCH = "watch", _("Watching")
        OPPOSE = "oppose", _("Oppose")

    work_type = "bill"
    translatable_fields = translatable("title_translation", "outcome_note", "body")
    source_relations = ("authors", "programs")
    template = "resources/bill_page.html"
    parent_page_types = ["resources.BillsPage"]
    subpage_types = []

    number = models.CharField(_("number"), max_length=20, help_text=_("As printed, for example AB 2268."))
    session = models.CharField(_("session"), max_length=20, help_text=_("For example 2023-24."))
    official_title = models.CharField(_("official title"), max_length=255)
    title_translation = models.CharField(
        _("title in plain words or in Spanish"),
        max_length=255,
        blank=True,
        help_text=_("In Spanish: the unofficial translation of the official title."),
    )
    status = models.CharField(_("status"), max_length=20, choices=Status.choices)
    status_as_of = models.DateField(_("status as of"), null=True, blank=True)
    outcome_date = models.DateField(_("date of the outcome"), null=True, blank=True)
    outcome_date_precision = models.CharField(
        _("precision of the date"),
        max_length=5,
        choices=[("month", _("month")), ("day", _("day"))],
        default="day",
    )
    chapter = models.CharField(_("chapter"), max_length=20, blank=True)
    official_url = LinkField(_("official text"), max_length=500, blank=True)
    position = models.CharField(
        _("our position"), max_length=10, choices=Position.choices, blank=True, help_text=_("Not shown while empty.")
    )
    outcome_note = models.TextField(_("what happened"), blank=True)
    programs = ParentalManyToManyField(
        "resources.ProgramPage",
        verbose_name=_("programs"),
        blank=True,
        related_name="bill_works",
        limit_choices_to=source_editions_only,
    )

    content_panels = BasePage.content_panels + [
        SourceEditionPanel(
            [
                FieldRowPanel([FieldPanel("number"), FieldPanel("session"), FieldPanel("position")]),
                FieldPanel("official_title"),
                FieldRowPanel([FieldPanel("status"), FieldPanel("status_as_of")]),
                FieldRowPanel(
                    [FieldPanel("outcome_date"), FieldPanel("outcome_date_precision"), FieldPanel("chapter")]
                ),
                FieldPanel("official_url"),
                FieldPanel("programs"),
            ],
            heading=_("Bill"),
        ),
        SourceEditionInlinePanel("authors", heading=_("Authors"), label=_("author")),
        MultiFieldPanel([FieldPanel("title_translation"), FieldPanel("outcome_note")], heading=_("In plain words")),
        BodyFields.body_panel,
    ]
    search_fields = (
        BasePage.search_fields
        + BodyFields.body_search_fields
        + [
            index.SearchField("number", boost=10),
            index.SearchField("official_title", boost=2),
            index.SearchField("title_translation", boost=2),
            index.SearchField("outcome_note"),
            index.AutocompleteField("number"),
            index.FilterField("number"),
            index.RelatedFields("authors", [index.RelatedFields("person", [index.SearchField("name")])]),
        ]
    )

    class Meta:
        verbose_name = _("bill")

    def get_context(self, request, *args, **kwargs):
        from resources.bills import bill_context

        return {**super().get_context(request, *args, **kwargs), **bill_context(self, request)}


class BillAuthor(Orderable):
    """A legislator who wrote the bill."""

    page = ParentalKey(BillPage, on_delete=models.CASCADE, related_name="authors")
    person = models.ForeignKey("resources.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="+")
    panels = [FieldPanel("person")]
