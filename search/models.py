"""The library page, the outbox of works whose index entry must be renewed, and editors' recommendations."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable
from wagtail.search import index

from resources.editions import source_ids
from resources.models import BasePage, translatable

# Page types that the library finds.
RECOMMENDABLE = [
    "resources.ResourcePage",
    "resources.ConveningRecordingPage",
    "resources.ConveningPage",
    "resources.BillPage",
    "resources.ProgramPage",
    "resources.RegionPage",
    "resources.PartnerPage",
    "resources.WorkgroupPage",
    "resources.PolicyAgendaPage",
    "home.FamiliesPage",
    "home.ContentPage",
]


class LibraryPage(BasePage):
    """The searchable library: every public work of both programs, in both languages."""

    work_type = "page"
    translatable_fields = translatable()
    template = "search/library_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["resources.ResourcePage"]

    class Meta:
        verbose_name = _("library")

    def get_context(self, request, *args, **kwargs):
        from search.pages import library_context

        return {**super().get_context(request, *args, **kwargs), **library_context(self, request)}


class OutboxEntry(models.Model):
    """A work whose index entry must be renewed; written in the transaction that changes the content."""

    translation_key = models.UUIDField(unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(db_index=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("index outbox entry")

    def __str__(self):
        return str(self.translation_key)


class Rebuild(models.Model):
    """A rebuild of the index that is under way."""

    started_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("index rebuild")

    def __str__(self):
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class RebuildChange(models.Model):
    """A work that changed during a rebuild and is replayed into the new generation."""

    rebuild = models.ForeignKey(Rebuild, on_delete=models.CASCADE, related_name="changes")
    translation_key = models.UUIDField()

    class Meta:
        verbose_name = _("change during an index rebuild")
        constraints = [models.UniqueConstraint(fields=["rebuild", "translation_key"], name="unique_rebuild_change")]

    def __str__(self):
        return str(self.translation_key)


class BestBet(index.Indexed, ClusterableModel):
    """Works that editors recommend to whoever searches for exactly these words; shown above the results."""

    is_active = models.BooleanField(
        _("shown to readers"), default=True, help_text=_("Take the check mark away to stop it without deleting it.")
    )

    panels = [
        InlinePanel(
            "wordings",
            min_num=1,
            heading=_("When somebody searches for"),
            label=_("wording"),
            help_text=_(
                "The whole search, in every way people write it. Capitals, accents, and singular or plural do not "
                "count."
            ),
        ),
        InlinePanel(
            "works",
            min_num=1,
            heading=_("Recommend these works"),
            label=_("work"),
            help_text=_(
                "They stand above the results in this order. Choose either edition: readers get the one in their "
                "language. A work that is not public is not shown."
            ),
        ),
        FieldPanel("is_active"),
    ]
    search_fields = [
        index.RelatedFields("wordings", [index.SearchField("text")]),
        index.FilterField("is_active"),
    ]

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")

    def __str__(self):
        return " · ".join(wording.text for wording in self.wordings.all()) or str(self.pk)


class BestBetWording(Orderable):
    """One way to write the search that a recommendation answers."""

    class Language(models.TextChoices):
        BOTH = "", _("either language")
        ENGLISH = "en", _("English")
        SPANISH = "es", _("Spanish")

    bet = ParentalKey(BestBet, on_delete=models.CASCADE, related_name="wordings")
    text = models.CharField(_("words"), max_length=160)
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=Language.choices,
        default=Language.BOTH,
        blank=True,
        help_text=_("The language these words are in. Names and numbers are in either."),
    )

    panels = [FieldRowPanel([FieldPanel("text"), FieldPanel("language")])]

    class Meta(Orderable.Meta):
        verbose_name = _("wording of a recommendation")

    def __str__(self):
        return self.text

    def clean(self):
        from search.best_bets import forms_of

        super().clean()
        own = forms_of(self.text, self.language)
        if not own:
            raise ValidationError({"text": _("Write at least one word, and no minus before it.")})
        for other in BestBetWording.objects.exclude(bet_id=self.bet_id):
            if own & forms_of(other.text, other.language):
                raise ValidationError(
                    {"text": _("Another recommendation has these words already: %(words)s") % {"words": other.text}}
                )


class BestBetWork(Orderable):
    """A recommended work, with a note in each language."""

    bet = ParentalKey(BestBet, on_delete=models.CASCADE, related_name="works")
    work = models.ForeignKey("wagtailcore.Page", verbose_name=_("work"), on_delete=models.CASCADE, related_name="+")
    note_en = models.CharField(
        _("note in English"), max_length=250, blank=True, help_text=_("One sentence: why this one? May stay empty.")
    )
    note_es = models.CharField(_("note in Spanish"), max_length=250, blank=True)

    panels = [
        PageChooserPanel("work", page_type=RECOMMENDABLE),
        FieldRowPanel([FieldPanel("note_en"), FieldPanel("note_es")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("recommended work")

    def __str__(self):
        return str(self.work)

    def clean(self):
        super().clean()
        if self.work_id and self.work.specific_class._meta.label not in RECOMMENDABLE:
            raise ValidationError({"work": _("This page is no work that a search can show. Choose another one.")})

    def save(self, *args, **kwargs):
        """Points to the edition written first: when that is deleted, the other one takes its place."""
        key = self.work.translation_key
        self.work_id = source_ids([key]).get(key, self.work_id)
        return super().save(*args, **kwargs)
