"""Resources: what the library lends out."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable
from wagtail.search import index

from resources.models.base import BasePage, translatable
from resources.models.bodies import BodyFields
from resources.models.catalog import (
    ORGANIZATIONS_SEARCHED,
    CatalogFields,
    DatePrecision,
    FileFields,
    RelatedWorkFields,
)
from resources.panels import SourceEditionInlinePanel, SourceEditionPanel

DOI = RegexValidator(r"^10\.\d{4,9}/\S+$", _("Write the DOI without its address, for example 10.64650/ceel.2025."))


class ResourcePage(CatalogFields, BodyFields, BasePage):
    """A report, brief, toolkit, data book, guide, handout, webinar or web link, with its files in their languages."""

    work_type = "resource"
    translatable_fields = translatable("body")
    source_relations = (
        *CatalogFields.catalog_relations,
        "authors",
        "organizations",
        "files",
        "related_works",
        "collections",
    )
    source_joins = ("resource_type",)
    template = "resources/resource_page.html"
    parent_page_types = ["search.LibraryPage"]
    subpage_types = []

    resource_type = models.ForeignKey(
        "resources.ResourceType", verbose_name=_("resource type"), on_delete=models.PROTECT, related_name="+"
    )
    date = models.DateField(_("date of publication"), null=True, blank=True)
    date_precision = models.CharField(
        _("what is known of the date"), max_length=5, choices=DatePrecision.choices, default=DatePrecision.DAY
    )
    link_as_of = models.DateField(_("link seen on"), null=True, blank=True)
    doi = models.CharField(_("DOI"), max_length=120, blank=True, validators=[DOI])
    isbn = models.CharField(_("ISBN"), max_length=20, blank=True)
    licence = models.CharField(_("license"), max_length=160, blank=True)
    citation = models.TextField(_("citation"), blank=True)
    reading_minutes = models.PositiveIntegerField(_("reading time in minutes"), null=True, blank=True)
    collections = ParentalManyToManyField(
        "resources.ResourceCollection", verbose_name=_("collections"), blank=True, related_name="+"
    )

    content_panels = BasePage.content_panels + [
        SourceEditionPanel(
            [
                FieldPanel("resource_type"),
                FieldRowPanel([FieldPanel("date"), FieldPanel("date_precision")]),
            ],
            heading=_("Publication"),
        ),
        SourceEditionInlinePanel("files", heading=_("Files and links"), label=_("file")),
        SourceEditionInlinePanel("organizations", heading=_("Published by"), label=_("organization")),
        SourceEditionInlinePanel("authors", heading=_("Authors"), label=_("author")),
        BodyFields.body_panel,
        CatalogFields.catalog_panel,
        SourceEditionPanel(
            [
                FieldPanel("collections"),
                FieldRowPanel([FieldPanel("doi"), FieldPanel("isbn")]),
                FieldRowPanel([FieldPanel("licence"), FieldPanel("reading_minutes"), FieldPanel("link_as_of")]),
                FieldPanel("citation"),
            ],
            heading=_("Identifiers and rights"),
        ),
        SourceEditionInlinePanel("related_works", heading=_("Related works"), label=_("work")),
    ]
    search_fields = (
        BasePage.search_fields
        + BodyFields.body_search_fields
        + CatalogFields.catalog_search_fields
        + [
            index.SearchField("doi", boost=10),
            index.SearchField("isbn", boost=10),
            index.FilterField("date"),
            index.RelatedFields(
                "resource_type",
                [index.SearchField("name_en"), index.SearchField("name_es"), index.FilterField("slug")],
            ),
            index.RelatedFields("authors", [index.RelatedFields("person", [index.SearchField("name", boost=2)])]),
            ORGANIZATIONS_SEARCHED,
        ]
    )

    class Meta:
        verbose_name = _("resource")

    def get_context(self, request, *args, **kwargs):
        from resources.publications import resource_context

        return {**super().get_context(request, *args, **kwargs), **resource_context(self, request)}


class ResourceAuthor(Orderable):
    """A person who wrote the resource, in order."""

    page = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="authors")
    person = models.ForeignKey(
        "resources.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="resource_rows"
    )
    panels = [FieldPanel("person")]


class ResourceOrganization(Orderable):
    """An organization that published the resource, in order."""

    page = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="organizations")
    organization = models.ForeignKey(
        "resources.Organization", verbose_name=_("organization"), on_delete=models.PROTECT, related_name="resource_rows"
    )
    panels = [FieldPanel("organization")]


class ResourceFile(FileFields):
    """A file or link of a resource."""

    page = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="files")


class RelatedWork(RelatedWorkFields):
    """A work related to a resource, or replaced by it."""

    page = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="related_works")
