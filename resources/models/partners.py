"""Partners, and the part each takes in programs and regions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.models import Orderable
from wagtail.search import index

from resources.bilingual import in_reader_language
from resources.models.base import BasePage, translatable
from resources.models.bodies import BodyFields
from resources.panels import SourceEditionPanel


class PartnerPage(BodyFields, BasePage):
    """An organization that takes part. Its roles are declared on programs and regions; here one reads the reverse."""

    work_type = "partner"
    translatable_fields = translatable("body")
    template = "resources/partner_page.html"
    parent_page_types = ["resources.PartnersPage"]
    subpage_types = []

    organization = models.ForeignKey(
        "resources.Organization",
        verbose_name=_("organization"),
        on_delete=models.PROTECT,
        related_name="partner_pages",
    )
    logo = models.ForeignKey(
        "assets.CustomImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Without a logo the initials are drawn."),
    )

    content_panels = BasePage.content_panels + [
        SourceEditionPanel([FieldPanel("organization"), FieldPanel("logo")], heading=_("Organization")),
        BodyFields.body_panel,
    ]
    search_fields = (
        BasePage.search_fields
        + BodyFields.body_search_fields
        + [
            index.RelatedFields(
                "organization",
                [
                    index.SearchField("name", boost=3),
                    index.SearchField("short_name", boost=3),
                    index.SearchField("gloss_es"),
                ],
            ),
        ]
    )

    class Meta:
        verbose_name = _("partner")

    def get_context(self, request, *args, **kwargs):
        from resources.partners import partner_context

        return {**super().get_context(request, *args, **kwargs), **partner_context(self, request)}


class PartnerRole(Orderable):
    """The part a partner takes in one program or region; declared once, there."""

    partner = models.ForeignKey(
        "resources.PartnerPage", verbose_name=_("partner"), on_delete=models.CASCADE, related_name="%(class)s_rows"
    )
    kind = models.ForeignKey(
        "resources.PartnerRoleKind", verbose_name=_("role"), on_delete=models.PROTECT, related_name="+"
    )
    description_en = models.CharField(_("description in English"), max_length=255, blank=True)
    description_es = models.CharField(_("description in Spanish"), max_length=255, blank=True)

    panels = [
        FieldRowPanel([PageChooserPanel("partner"), FieldPanel("kind")]),
        FieldRowPanel([FieldPanel("description_en"), FieldPanel("description_es")]),
    ]

    class Meta(Orderable.Meta):
        abstract = True

    @property
    def description(self) -> str:
        return in_reader_language(self, "description")
