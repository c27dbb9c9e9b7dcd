"""Catalogue fields of works (LRMI, Dublin Core): subject, audience, place, people, date, files."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.models import Orderable
from wagtail.search import index

from resources.document_links import LinkField
from resources.editions import source_editions_only
from resources.panels import SourceEditionPanel

# A work is found by the names of the organizations that publish or hold it, and follows when these change.
ORGANIZATIONS_SEARCHED = index.RelatedFields(
    "organizations",
    [
        index.RelatedFields(
            "organization", [index.SearchField("name", boost=2), index.SearchField("short_name", boost=2)]
        )
    ],
)
LANGUAGE_TAG = RegexValidator(
    r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$",
    _("Write a language tag such as en, es, zh-Hans or ko."),
)


class DatePrecision(models.TextChoices):
    """How much of a date is known."""

    YEAR = "year", _("year")
    MONTH = "month", _("month")
    DAY = "day", _("day")


class CatalogFields(models.Model):
    """Subject, audience, grades, program, place and bills of a work; on the source edition."""

    topics = ParentalManyToManyField("resources.Topic", verbose_name=_("topics"), blank=True, related_name="+")
    audiences = ParentalManyToManyField("resources.Audience", verbose_name=_("audiences"), blank=True, related_name="+")
    grade_spans = ParentalManyToManyField(
        "resources.GradeSpan", verbose_name=_("grade spans"), blank=True, related_name="+"
    )
    counties = ParentalManyToManyField("resources.County", verbose_name=_("counties"), blank=True, related_name="+")
    programs = ParentalManyToManyField(
        "resources.ProgramPage",
        verbose_name=_("programs"),
        blank=True,
        related_name="%(class)s_works",
        limit_choices_to=source_editions_only,
    )
    regions = ParentalManyToManyField(
        "resources.RegionPage",
        verbose_name=_("regions"),
        blank=True,
        related_name="%(class)s_works",
        limit_choices_to=source_editions_only,
    )
    bills = ParentalManyToManyField(
        "resources.BillPage",
        verbose_name=_("bills"),
        blank=True,
        related_name="%(class)s_works",
        limit_choices_to=source_editions_only,
    )

    catalog_relations = ("topics", "audiences", "grade_spans", "counties", "programs", "regions", "bills")
    catalog_panel = SourceEditionPanel(
        [FieldPanel(name) for name in catalog_relations],
        heading=_("Subject and place"),
        help_text=_("These decide where the work appears in the filters of the library."),
    )
    catalog_search_fields = [
        index.RelatedFields(
            "topics", [index.SearchField("name_en"), index.SearchField("name_es"), index.FilterField("slug")]
        ),
        index.RelatedFields("audiences", [index.FilterField("slug")]),
        index.RelatedFields("grade_spans", [index.FilterField("slug")]),
        index.RelatedFields(
            "counties", [index.SearchField("name_en"), index.SearchField("name_es"), index.FilterField("slug")]
        ),
    ]

    class Meta:
        abstract = True


class FileFields(Orderable):
    """A file of a work: language, document or link, format, size. Neither of the two: not available online yet."""

    class Format(models.TextChoices):
        """What opens when the file is pressed."""

        PDF = "pdf", _("PDF")
        WEB = "web", _("Web page")
        VIDEO = "video", _("Video")
        AUDIO = "audio", _("Audio")
        SLIDES = "slides", _("Slides")
        DOCX = "docx", _("Word document")
        XLSX = "xlsx", _("Excel workbook")
        TEXT = "text", _("Text")

    language = models.CharField(_("language"), max_length=20, validators=[LANGUAGE_TAG])
    title_en = models.CharField(_("name in English"), max_length=200, blank=True)
    title_es = models.CharField(_("name in Spanish"), max_length=200, blank=True)
    document = models.ForeignKey(
        "assets.CustomDocument",
        verbose_name=_("document"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="%(class)s_rows",
    )
    url = LinkField(_("link"), max_length=500, blank=True)
    format = models.CharField(_("format"), max_length=10, choices=Format.choices, default=Format.WEB)
    bytes = models.PositiveBigIntegerField(_("size in bytes"), null=True, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("language"), FieldPanel("format")]),
        FieldPanel("document"),
        FieldPanel("url"),
        FieldRowPanel([FieldPanel("title_en"), FieldPanel("title_es")]),
        FieldRowPanel([FieldPanel("bytes"), FieldPanel("pages"), FieldPanel("minutes")]),
    ]

    class Meta(Orderable.Meta):
        abstract = True

    def clean(self):
        super().clean()
        if self.document_id and self.url:
            raise ValidationError({"url": _("Choose a document or give a link, not both.")})

    def save(self, *args, **kwargs):
        if self.document_id and not self.bytes:
            self.bytes = self.document.get_file_size()
        return super().save(*args, **kwargs)

    @property
    def href(self) -> str:
        """Where the file opens; empty when it is not available online."""
        return self.document.url if self.document_id else self.url

    @property
    def is_external(self) -> bool:
        return not self.document_id and bool(self.url)


class RelatedWorkFields(Orderable):
    """A link from one work to another: related, or superseded by this one."""

    class Relation(models.TextChoices):
        RELATED = "related", _("related")
        SUPERSEDES = "supersedes", _("replaces")

    work = models.ForeignKey("wagtailcore.Page", verbose_name=_("work"), on_delete=models.CASCADE, related_name="+")
    relation = models.CharField(_("relation"), max_length=10, choices=Relation.choices, default=Relation.RELATED)

    panels = [PageChooserPanel("work"), FieldPanel("relation")]

    class Meta(Orderable.Meta):
        abstract = True
