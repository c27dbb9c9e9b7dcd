"""Programs, their regions, policy agendas and workgroups."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from resources.bilingual import in_reader_language
from resources.blocks import RICH_TEXT_FEATURES
from resources.document_links import LinkField
from resources.models.base import BasePage, translatable
from resources.models.bodies import BodyFields
from resources.models.partners import PartnerRole
from resources.panels import SourceEditionInlinePanel, SourceEditionPanel

# People and partners of a page are found under it. A boost of 1 marks running text, see search.declared_text.
CONTACTS_IN_SEARCH = index.RelatedFields(
    "contacts", [index.RelatedFields("contact", [index.SearchField("name"), index.SearchField("email")])]
)
PARTNER_ROLES_IN_SEARCH = index.RelatedFields(
    "partner_roles",
    [
        index.RelatedFields("partner", [index.SearchField("title")]),
        index.RelatedFields("kind", [index.SearchField("name_en"), index.SearchField("name_es")]),
        index.SearchField("description_en", boost=1),
        index.SearchField("description_es", boost=1),
    ],
)


class ProgramPage(BodyFields, BasePage):
    """A program: the Consortium, EL-WIN, its state policy work, or a neighbouring program."""

    work_type = "program"
    translatable_fields = translatable("body")
    source_relations = ("contacts", "partner_roles")
    template = "resources/program_page.html"
    parent_page_types = ["resources.ProgramsPage", "resources.ProgramPage"]
    subpage_types = [
        "resources.ProgramPage",
        "resources.RegionPage",
        "resources.PolicyAgendaPage",
        "resources.BillsPage",
        "resources.WorkgroupsPage",
        "resources.ConveningsPage",
        "home.ContentPage",
    ]

    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    website = LinkField(_("website"), max_length=500, blank=True)
    previous_program = models.ForeignKey(
        "self", verbose_name=_("previous program"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    next_program = models.ForeignKey(
        "self", verbose_name=_("next program"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    content_panels = BasePage.content_panels + [
        SourceEditionPanel([FieldRowPanel([FieldPanel("acronym"), FieldPanel("website")])], heading=_("Program")),
        BodyFields.body_panel,
        SourceEditionInlinePanel("partner_roles", heading=_("Partners and their roles"), label=_("partner role")),
        SourceEditionInlinePanel("contacts", heading=_("Contacts"), label=_("contact")),
        SourceEditionPanel(
            [PageChooserPanel("previous_program"), PageChooserPanel("next_program")], heading=_("Neighboring programs")
        ),
    ]
    search_fields = (
        BasePage.search_fields
        + BodyFields.body_search_fields
        + [
            index.SearchField("acronym", boost=4),
            index.AutocompleteField("acronym"),
            CONTACTS_IN_SEARCH,
            PARTNER_ROLES_IN_SEARCH,
        ]
    )

    class Meta:
        verbose_name = _("program")

    def get_context(self, request, *args, **kwargs):
        from resources.programs import program_context

        return {**super().get_context(request, *args, **kwargs), **program_context(self, request)}


class RegionPage(BodyFields, BasePage):
    """A region of a program: its counties, partners and contacts."""

    work_type = "region"
    translatable_fields = translatable("body")
    source_relations = ("contacts", "partner_roles", "county_sections", "counties")
    template = "resources/region_page.html"
    parent_page_types = ["resources.ProgramPage"]
    subpage_types = ["home.ContentPage"]

    counties = ParentalManyToManyField(
        "resources.County", verbose_name=_("counties"), blank=True, related_name="regions"
    )

    content_panels = BasePage.content_panels + [
        SourceEditionPanel([FieldPanel("counties")], heading=_("Counties")),
        BodyFields.body_panel,
        SourceEditionInlinePanel("partner_roles", heading=_("Partners and their roles"), label=_("partner role")),
        SourceEditionInlinePanel("county_sections", heading=_("County by county"), label=_("county")),
        SourceEditionInlinePanel("contacts", heading=_("Contacts"), label=_("contact")),
    ]
    search_fields = (
        BasePage.search_fields
        + BodyFields.body_search_fields
        + [
            index.RelatedFields(
                "counties",
                [index.SearchField("name_en"), index.SearchField("name_es"), index.FilterField("slug")],
            ),
            CONTACTS_IN_SEARCH,
            PARTNER_ROLES_IN_SEARCH,
            index.RelatedFields(
                "county_sections",
                [index.SearchField("partnership_en", boost=1), index.SearchField("partnership_es", boost=1)],
            ),
        ]
    )

    class Meta:
        verbose_name = _("region")

    def get_context(self, request, *args, **kwargs):
        from resources.programs import region_context

        return {**super().get_context(request, *args, **kwargs), **region_context(self, request)}


class ProgramPartnerRole(PartnerRole):
    """A partner's role in a program."""

    page = ParentalKey(ProgramPage, on_delete=models.CASCADE, related_name="partner_roles")


class RegionPartnerRole(PartnerRole):
    """A partner's role in a region."""

    page = ParentalKey(RegionPage, on_delete=models.CASCADE, related_name="partner_roles")


class ContactRow(Orderable):
    """A contact of a page."""

    contact = models.ForeignKey(
        "resources.Contact", verbose_name=_("contact"), on_delete=models.CASCADE, related_name="+"
    )
    panels = [FieldPanel("contact")]

    class Meta(Orderable.Meta):
        abstract = True


class ProgramContact(ContactRow):
    page = ParentalKey(ProgramPage, on_delete=models.CASCADE, related_name="contacts")


class RegionContact(ContactRow):
    page = ParentalKey(RegionPage, on_delete=models.CASCADE, related_name="contacts")


class CountySection(Orderable):
    """What a region's page says of one county: who leads, whom to ask, the partnership."""

    page = ParentalKey(RegionPage, on_delete=models.CASCADE, related_name="county_sections")
    county = models.ForeignKey("resources.County", verbose_name=_("county"), on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(
        "resources.PartnerPage",
        verbose_name=_("county office"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    contact = models.ForeignKey(
        "resources.Contact",
        verbose_name=_("contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    partnership_en = models.TextField(_("partnership, in English"), blank=True)
    partnership_es = models.TextField(_("partnership, in Spanish"), blank=True)

    panels = [
        FieldRowPanel([FieldPanel("county"), PageChooserPanel("partner"), FieldPanel("contact")]),
        FieldRowPanel([FieldPanel("partnership_en"), FieldPanel("partnership_es")]),
    ]

    @property
    def partnership(self) -> str:
        return in_reader_language(self, "partnership")


class PolicyAgendaPage(BasePage):
    """A policy agenda: values, priorities and recommendations. Sections without text are not shown."""

    work_type = "page"
    translatable_fields = translatable("values", "priorities", "local_recommendations", "state_recommendations")
    template = "resources/policy_agenda_page.html"
    parent_page_types = ["resources.ProgramPage"]
    subpage_types = []

    values = RichTextField(_("values"), blank=True, features=RICH_TEXT_FEATURES)
    priorities = RichTextField(_("priorities"), blank=True, features=RICH_TEXT_FEATURES)
    local_recommendations = RichTextField(_("local recommendations"), blank=True, features=RICH_TEXT_FEATURES)
    state_recommendations = RichTextField(_("state recommendations"), blank=True, features=RICH_TEXT_FEATURES)
    agenda_works = ParentalManyToManyField(
        "resources.ResourcePage", verbose_name=_("published agendas"), blank=True, related_name="+"
    )
    source_relations = ("agenda_works",)

    content_panels = BasePage.content_panels + [
        MultiFieldPanel(
            [
                FieldPanel("values"),
                FieldPanel("priorities"),
                FieldPanel("local_recommendations"),
                FieldPanel("state_recommendations"),
            ],
            heading=_("Agenda"),
            help_text=_("A section that is left empty is not shown to readers."),
        ),
        SourceEditionPanel([FieldPanel("agenda_works")], heading=_("Published agendas")),
    ]
    search_fields = BasePage.search_fields + [
        index.SearchField("values"),
        index.SearchField("priorities"),
        index.SearchField("local_recommendations"),
        index.SearchField("state_recommendations"),
    ]

    class Meta:
        verbose_name = _("policy agenda")

    @property
    def sections(self) -> list[tuple[str, str]]:
        """Heading and text of each section that has text."""
        named = [
            (_("Values"), self.values),
            (_("Priorities"), self.priorities),
            (_("Local recommendations"), self.local_recommendations),
            (_("State recommendations"), self.state_recommendations),
        ]
        return [(heading, text) for heading, text in named if text.strip()]

    def get_context(self, request, *args, **kwargs):
        from resources.cards import cards_of_pages

        context = super().get_context(request, *args, **kwargs)
        context["agenda_cards"] = cards_of_pages(self.work.agenda_works.all(), request)
        return context


class WorkgroupPage(BodyFields, BasePage):
    """A workgroup that people can join."""

    work_type = "workgroup"
    translatable_fields = translatable("body")
    template = "resources/workgroup_page.html"
    parent_page_types = ["resources.WorkgroupsPage"]
    subpage_types = []

    contact = models.ForeignKey(
        "resources.Contact",
        verbose_name=_("contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    content_panels = BasePage.content_panels + [
        BodyFields.body_panel,
        SourceEditionPanel([FieldPanel("contact")], heading=_("Joining")),
    ]
    search_fields = (
        BasePage.search_fields
        + BodyFields.body_search_fields
        + [index.RelatedFields("contact", [index.SearchField("name"), index.SearchField("email")])]
    )

    class Meta:
        verbose_name = _("workgroup")
