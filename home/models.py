"""The home page, content pages, the page for families, and the settings of the site."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from resources import languages
from resources.bilingual import in_reader_language
from resources.blocks import RICH_TEXT_FEATURES, body_blocks
from resources.models import BasePage, translatable
from resources.panels import SourceEditionInlinePanel
from signups.blocks import SignupBlock


def content_blocks() -> list:
    """The blocks of content pages: those of works, and the invitation to join."""
    return [*body_blocks(), ("signup", SignupBlock())]


class ContentStream(models.Model):
    """A translatable body that may invite readers to join."""

    body = StreamField(content_blocks(), verbose_name=_("body"), blank=True)

    body_field = "body"

    class Meta:
        abstract = True


class HomePage(ContentStream, BasePage):
    """The front door in one language. Addresses without a page of this language lead to the other one's edition."""

    work_type = "page"
    translatable_fields = translatable("intro", "body")
    source_relations = ("featured_works",)
    template = "home/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "resources.ProgramsPage",
        "search.LibraryPage",
        "resources.PartnersPage",
        "home.FamiliesPage",
        "home.ContentPage",
    ]

    intro = models.TextField(_("introduction"), blank=True)

    content_panels = BasePage.content_panels + [
        FieldPanel("intro"),
        SourceEditionInlinePanel("featured_works", heading=_("Featured works"), label=_("work")),
        FieldPanel("body"),
    ]
    search_fields = BasePage.search_fields + [index.SearchField("intro"), index.SearchField("body")]

    class Meta:
        verbose_name = _("home page")

    def route(self, request, path_components):
        return languages.route(self, request, path_components, super().route)

    def get_context(self, request, *args, **kwargs):
        from home.front_door import home_context

        return {**super().get_context(request, *args, **kwargs), **home_context(self, request)}


class FeaturedWork(Orderable):
    """A work shown on the home page."""

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="featured_works")
    work = models.ForeignKey("wagtailcore.Page", verbose_name=_("work"), on_delete=models.CASCADE, related_name="+")
    panels = [PageChooserPanel("work")]


class ContentPage(ContentStream, BasePage):
    """A page of text: about, privacy, accessibility, contact, or part of a program."""

    work_type = "page"
    translatable_fields = translatable("body")
    template = "home/content_page.html"
    parent_page_types = ["home.HomePage", "home.ContentPage", "resources.ProgramPage", "resources.RegionPage"]
    subpage_types = ["home.ContentPage"]

    content_panels = BasePage.content_panels + [FieldPanel("body")]
    search_fields = BasePage.search_fields + [index.SearchField("body")]

    class Meta:
        verbose_name = _("content page")


class FamilyQuestionBlock(blocks.StructBlock):
    """A plain question of families, a short answer, and the works that help."""

    question = blocks.CharBlock(label=_("question"), max_length=250)
    answer = blocks.RichTextBlock(label=_("answer"), features=RICH_TEXT_FEATURES)
    works = blocks.ListBlock(blocks.PageChooserBlock(label=_("work")), label=_("works"))

    class Meta:
        icon = "help"
        label = _("Question")
        template = "home/blocks/family_question.html"


class FamiliesPage(BasePage):
    """For families: plain questions, each with a list of works."""

    work_type = "page"
    body_field = "questions"
    translatable_fields = translatable("questions")
    template = "home/families_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = []

    questions = StreamField([("question", FamilyQuestionBlock())], verbose_name=_("questions"), blank=True)

    content_panels = BasePage.content_panels + [FieldPanel("questions")]
    search_fields = BasePage.search_fields + [index.SearchField("questions")]

    class Meta:
        verbose_name = _("page for families")

    def get_context(self, request, *args, **kwargs):
        from home.front_door import families_context

        context = super().get_context(request, *args, **kwargs)
        return {**context, **families_context(self, context["body_contents"])}


@register_setting(icon="site")
class SiteSettings(BaseGenericSetting):
    """Names and texts that stand on every page, in both languages."""

    name_en = models.CharField(_("name in English"), max_length=120, default="Multilingual Learner Resource Library")
    name_es = models.CharField(
        _("name in Spanish"), max_length=120, default="Biblioteca de recursos para estudiantes multilingües"
    )
    footer_en = models.TextField(_("footer in English"), blank=True)
    footer_es = models.TextField(_("footer in Spanish"), blank=True)
    contact = models.ForeignKey(
        "resources.Contact",
        verbose_name=_("contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    contact_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("contact page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        FieldRowPanel([FieldPanel("name_en"), FieldPanel("name_es")], heading=_("Name")),
        FieldRowPanel([FieldPanel("footer_en"), FieldPanel("footer_es")], heading=_("Footer")),
        MultiFieldPanel([FieldPanel("contact"), PageChooserPanel("contact_page")], heading=_("Contact")),
    ]

    class Meta:
        verbose_name = _("site settings")

    @property
    def name(self) -> str:
        return in_reader_language(self, "name")

    @property
    def footer(self) -> str:
        return in_reader_language(self, "footer")


class LoadedContent(models.Model):
    """What the content loader wrote last: tells an editor's change from the loader's own text."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    file_digest = models.CharField(max_length=64)
    state_digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="unique_loaded_content")]

    def __str__(self):
        return f"{self.kind} {self.key}"
