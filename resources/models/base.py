"""What every edition of a work shares: its key, summary, review dates, and the rules between languages."""

from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from resources import editions, languages
from resources.panels import SourceEditionPanel
from resources.signals import page_opened


class WorkKey(models.Model):
    """The stable key of a work, one for all its editions."""

    key = models.SlugField(max_length=100, unique=True)
    translation_key = models.UUIDField(unique=True)

    def __str__(self):
        return self.key


def translatable(*names: str) -> list[TranslatableField]:
    """The declaration of translatable text of a page type; everything else is read from the source edition."""
    return [TranslatableField(name) for name in ("title", "slug", "summary", "seo_title", "search_description", *names)]


class BasePage(Page):
    """One edition (a page in one language) of a work.

    Text belongs to the edition. What does not depend on language (files, dates, taxonomies, people) is edited on
    the source edition only and read through `page.work`.
    """

    work_type: str | None = None
    # The StreamField that holds the page's blocks.
    body_field: str | None = None
    show_in_menus_default = False
    exclude_fields_in_copy = ["key"]
    # Child relations and many-to-many fields that stay on the source edition.
    source_relations: tuple[str, ...] = ()
    # Foreign keys that every view of the page needs.
    source_joins: tuple[str, ...] = ()

    key = models.SlugField(
        _("key"),
        max_length=100,
        blank=True,
        editable=False,
        help_text=_("The stable identifier of the work, the same in both languages."),
    )
    summary = models.TextField(
        _("summary"),
        blank=True,
        help_text=_("One to three plain sentences. Shown in lists, in search results and when the page is shared."),
    )
    cover_image = models.ForeignKey(
        "assets.CustomImage",
        verbose_name=_("cover image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_sample = models.BooleanField(
        _("sample"), default=False, help_text=_("Marks a made example: badge, notice, hidden from web search engines.")
    )
    responsible = models.ForeignKey(
        "resources.Organization",
        verbose_name=_("responsible organization"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who keeps this page up to date."),
    )
    last_reviewed = models.DateField(_("last reviewed"), null=True, blank=True)
    next_review = models.DateField(_("next review"), null=True, blank=True)

    search_fields = Page.search_fields + [
        index.SearchField("summary", boost=2),
        index.AutocompleteField("key"),
        index.FilterField("key"),
        index.FilterField("is_sample"),
    ]
    review_panel = SourceEditionPanel(
        [
            FieldPanel("responsible"),
            FieldRowPanel([FieldPanel("last_reviewed"), FieldPanel("next_review")]),
            FieldPanel("is_sample"),
        ],
        heading=_("Care"),
        help_text=_("Who looks after this page and when it was last read through."),
    )
    content_panels = [
        MultiFieldPanel(
            [TitleFieldPanel("title"), FieldPanel("summary")],
            heading=_("Title and summary"),
            help_text=_("Write for a family reading on a phone."),
        ),
    ]
    promote_panels = Page.promote_panels + [SourceEditionPanel([FieldPanel("cover_image")], heading=_("Cover"))]
    settings_panels = [review_panel] + Page.settings_panels

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self.key:
            self.key = self._assign_key()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = [*kwargs["update_fields"], "key"]
        return super().save(*args, **kwargs)

    def _assign_key(self) -> str:
        existing = WorkKey.objects.filter(translation_key=self.translation_key).first()
        if existing:
            return existing.key
        stem = slugify(self.slug or self.title)[:90] or "work"
        key, number = stem, 2
        while WorkKey.objects.filter(key=key).exists():
            key, number = f"{stem}-{number}", number + 1
        WorkKey.objects.create(key=key, translation_key=self.translation_key)
        return key

    def assign_key(self, key: str) -> None:
        """Claims `key` for this work before its first save. Raises ValidationError when another work has it."""
        row, _created = WorkKey.objects.get_or_create(key=key, defaults={"translation_key": self.translation_key})
        if row.translation_key != self.translation_key:
            raise ValidationError({"key": _("Another work already has the key “%(key)s”.") % {"key": key}})
        self.key = key

    def copy_for_translation(self, locale, copy_parents=False, alias=False, exclude_fields=None):
        """Makes the other language's edition; missing parents become drafts kept by wagtail-localize, not aliases."""
        if copy_parents:
            editions.translate_missing_parents(self, locale)
        return super().copy_for_translation(
            locale,
            copy_parents=copy_parents,
            alias=alias,
            exclude_fields=[*(exclude_fields or []), *self.source_relations],
        )

    @cached_property
    def work(self) -> "BasePage":
        """The source edition, which holds what does not depend on language."""
        return editions.source_edition(self)

    @property
    def is_source_edition(self) -> bool:
        return editions.is_source_edition(self)

    @property
    def language(self) -> str:
        """The language this edition is written in: `en` or `es`."""
        return languages.language_of(self)

    def get_view_restrictions(self):
        return languages.view_restrictions(self)

    def get_cache_key_components(self):
        return [*super().get_cache_key_components(), languages.current_language()]

    def get_context(self, request, *args, **kwargs):
        from resources.body_contents import page_contents
        from resources.reviews import translation_notes

        context = super().get_context(request, *args, **kwargs)
        context["work"] = self.work
        context["body_contents"] = page_contents(self, request)
        page_opened.send(sender=type(self), page=self, request=request, context=context)
        context.update(languages.page_head(self, request))
        context.update(translation_notes(self, self.work))
        return context
