"""Convenings and the recordings of them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable
from wagtail.search import index
from wagtailmedia.edit_handlers import MediaChooserPanel

from resources.bilingual import in_reader_language
from resources.document_links import LinkField
from resources.models.base import BasePage, translatable
from resources.models.bodies import BodyFields
from resources.models.catalog import (
    LANGUAGE_TAG,
    ORGANIZATIONS_SEARCHED,
    CatalogFields,
    DatePrecision,
    FileFields,
)
from resources.panels import SourceEditionInlinePanel, SourceEditionPanel


class ConveningPage(CatalogFields, BodyFields, BasePage):
    """An event that a program holds or took part in."""

    work_type = "convening"
    translatable_fields = translatable("place", "body")
    source_relations = (*CatalogFields.catalog_relations, "organizations")
    template = "resources/convening_page.html"
    parent_page_types = ["resources.ConveningsPage"]
    subpage_types = ["resources.ConveningRecordingPage"]

    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    date_precision = models.CharField(
        _("what is known of the date"), max_length=5, choices=DatePrecision.choices, default=DatePrecision.DAY
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = LinkField(_("link"), max_length=500, blank=True)

    content_panels = BasePage.content_panels + [
        FieldPanel("place"),
        SourceEditionPanel(
            [
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on"), FieldPanel("date_precision")]),
                FieldPanel("link"),
            ],
            heading=_("Event"),
        ),
        BodyFields.body_panel,
        SourceEditionInlinePanel("organizations", heading=_("Held by"), label=_("organization")),
        CatalogFields.catalog_panel,
    ]
    search_fields = (
        BasePage.search_fields
        + BodyFields.body_search_fields
        + CatalogFields.catalog_search_fields
        + [index.SearchField("place"), index.FilterField("starts_on"), ORGANIZATIONS_SEARCHED]
    )

    class Meta:
        verbose_name = _("convening")

    def clean(self):
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first day.")})

    def get_context(self, request, *args, **kwargs):
        from resources.convenings import convening_context

        return {**super().get_context(request, *args, **kwargs), **convening_context(self, request)}


class ConveningOrganization(Orderable):
    """An organization that held the convening."""

    page = ParentalKey(ConveningPage, on_delete=models.CASCADE, related_name="organizations")
    organization = models.ForeignKey(
        "resources.Organization", verbose_name=_("organization"), on_delete=models.PROTECT, related_name="+"
    )
    panels = [FieldPanel("organization")]


class ConveningRecordingPage(CatalogFields, BodyFields, BasePage):
    """A recording of a convening: video, captions and transcript in each language, chapters, speakers, slides."""

    work_type = "recording"
    translatable_fields = translatable("body")
    source_relations = (*CatalogFields.catalog_relations, "captions", "chapters", "speakers", "slides")
    source_joins = ("video",)
    template = "resources/convening_recording_page.html"
    parent_page_types = ["resources.ConveningPage"]
    subpage_types = []

    recorded_on = models.DateField(_("recorded on"), null=True, blank=True)
    date_precision = models.CharField(
        _("what is known of the date"), max_length=5, choices=DatePrecision.choices, default=DatePrecision.DAY
    )
    spoken_language = models.CharField(_("spoken language"), max_length=20, blank=True, validators=[LANGUAGE_TAG])
    video = models.ForeignKey(
        "assets.CustomMedia",
        verbose_name=_("video"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="recordings",
    )
    video_url = models.URLField(
        _("video on another site"), max_length=500, blank=True, help_text=_("YouTube or Vimeo; plays after a click.")
    )
    duration_seconds = models.PositiveIntegerField(_("duration in seconds"), null=True, blank=True)

    content_panels = BasePage.content_panels + [
        SourceEditionPanel(
            [
                MediaChooserPanel("video", media_type="video"),
                FieldPanel("video_url"),
                FieldRowPanel([FieldPanel("spoken_language"), FieldPanel("duration_seconds")]),
                FieldRowPanel([FieldPanel("recorded_on"), FieldPanel("date_precision")]),
            ],
            heading=_("Recording"),
        ),
        SourceEditionInlinePanel("captions", heading=_("Captions"), label=_("captions")),
        SourceEditionInlinePanel("chapters", heading=_("Chapters"), label=_("chapter")),
        SourceEditionInlinePanel("speakers", heading=_("Speakers"), label=_("speaker")),
        SourceEditionInlinePanel("slides", heading=_("Slides and hand-outs"), label=_("file")),
        BodyFields.body_panel,
        CatalogFields.catalog_panel,
    ]
    search_fields = (
        BasePage.search_fields
        + BodyFields.body_search_fields
        + CatalogFields.catalog_search_fields
        + [
            index.FilterField("recorded_on"),
            index.RelatedFields("chapters", [index.SearchField("title_en"), index.SearchField("title_es")]),
            index.RelatedFields("speakers", [index.SearchField("name", boost=2)]),
        ]
    )

    class Meta:
        verbose_name = _("convening recording")

    def clean(self):
        super().clean()
        if self.video_id and self.video_url:
            raise ValidationError({"video_url": _("Choose a video or give a link, not both.")})

    def get_context(self, request, *args, **kwargs):
        from resources.convenings import recording_context

        return {**super().get_context(request, *args, **kwargs), **recording_context(self, request)}


class CaptionTrack(Orderable):
    """Captions of a recording in one language (WebVTT; SRT becomes WebVTT where it is uploaded)."""

    page = ParentalKey(ConveningRecordingPage, on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(_("language"), max_length=20, validators=[LANGUAGE_TAG])
    document = models.ForeignKey(
        "assets.CustomDocument",
        verbose_name=_("captions file (.vtt)"),
        on_delete=models.PROTECT,
        related_name="caption_tracks",
    )
    panels = [
        FieldRowPanel(
            [
                FieldPanel("language"),
                FieldPanel("document", help_text=_("WebVTT (.vtt) or SRT (.srt). SRT is turned into WebVTT.")),
            ]
        )
    ]

    def clean(self):
        super().clean()
        if self.document_id and not self.document.filename.lower().endswith(".vtt"):
            raise ValidationError({"document": _("Choose captions: a document that was uploaded as .vtt or .srt.")})


class Chapter(Orderable):
    """A part of a recording: where it starts and what it is about."""

    page = ParentalKey(ConveningRecordingPage, on_delete=models.CASCADE, related_name="chapters")
    start_seconds = models.PositiveIntegerField(_("start in seconds"))
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    title_es = models.CharField(_("title in Spanish"), max_length=200, blank=True)
    panels = [
        FieldPanel("start_seconds"),
        FieldRowPanel([FieldPanel("title_en"), FieldPanel("title_es")]),
    ]

    @property
    def title(self) -> str:
        return in_reader_language(self, "title")


class Speaker(Orderable):
    """Somebody who speaks in a recording."""

    page = ParentalKey(ConveningRecordingPage, on_delete=models.CASCADE, related_name="speakers")
    name = models.CharField(_("name"), max_length=160)
    role_en = models.CharField(_("role in English"), max_length=200, blank=True)
    role_es = models.CharField(_("role in Spanish"), max_length=200, blank=True)
    panels = [FieldPanel("name"), FieldRowPanel([FieldPanel("role_en"), FieldPanel("role_es")])]

    @property
    def role(self) -> str:
        return in_reader_language(self, "role")


class RecordingFile(FileFields):
    """Slides or a hand-out of a recording."""

    page = ParentalKey(ConveningRecordingPage, on_delete=models.CASCADE, related_name="slides")
