"""The bilingual glossary: official terms, their variants, and the words families use for them."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.search import index


class GlossaryTerm(index.Indexed, ClusterableModel):
    """One idea with its preferred term in each language. Unreviewed terms act in search but say so to editors."""

    key = models.SlugField(
        _("key"),
        max_length=100,
        unique=True,
        blank=True,
        help_text=_("Used in imports. Leave it empty: it is made from the term."),
    )
    preferred_en = models.CharField(
        _("term in English"), max_length=160, blank=True, help_text=_("As official texts write it, in small letters.")
    )
    preferred_es = models.CharField(_("term in Spanish"), max_length=160, blank=True)
    definition_en = models.TextField(_("definition in English"), blank=True)
    definition_es = models.TextField(_("definition in Spanish"), blank=True)
    acts_in_search = models.BooleanField(
        _("acts in search"),
        default=True,
        help_text=_("Searches for one of the words also find the others."),
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty means: to be reviewed by a person."),
    )

    panels = [
        FieldRowPanel([FieldPanel("preferred_en"), FieldPanel("preferred_es")], heading=_("Preferred terms")),
        InlinePanel(
            "words",
            heading=_("Other words"),
            label=_("word"),
            help_text=_(
                "Variants and acronyms stand for the term and the term for them. What families type leads to the term; "
                "write it as they would."
            ),
        ),
        FieldRowPanel([FieldPanel("definition_en"), FieldPanel("definition_es")], heading=_("Definition")),
        MultiFieldPanel(
            [FieldPanel("acts_in_search"), FieldPanel("reviewed_by"), FieldPanel("key")], heading=_("Use and review")
        ),
    ]
    search_fields = [
        index.SearchField("preferred_en"),
        index.SearchField("preferred_es"),
        index.AutocompleteField("preferred_en"),
        index.AutocompleteField("preferred_es"),
        index.RelatedFields("words", [index.SearchField("text")]),
    ]

    class Meta:
        ordering = ["key"]
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")

    def __str__(self):
        return " = ".join(filter(None, [self.preferred_en, self.preferred_es]))

    def clean(self):
        super().clean()
        if not any(_says_something(term) for term in (self.preferred_en, self.preferred_es)):
            raise ValidationError({"preferred_en": _("Write the term in English, in Spanish or in both.")})

    def full_clean(self, *args, **kwargs):
        self.key = self.key or self._made_key()
        super().full_clean(*args, **kwargs)

    def save(self, *args, **kwargs):
        self.key = self.key or self._made_key()
        super().save(*args, **kwargs)

    def _made_key(self) -> str:
        """The first term as a key; with a number where another term has it."""
        stem = slugify(self.preferred_en or self.preferred_es)[:90] or "term"
        key, number = stem, 2
        while GlossaryTerm.objects.filter(key=key).exclude(pk=self.pk).exists():
            key, number = f"{stem}-{number}", number + 1
        return key

    @property
    def is_reviewed(self) -> bool:
        return self.reviewed_by_id is not None


class GlossaryWord(models.Model):
    """Another way to say a glossary term in one language.

    Variants and acronyms expand in both directions; family words expand one way, to the official term.
    """

    class Kind(models.TextChoices):
        VARIANT = "variant", _("variant")
        ACRONYM = "acronym", _("acronym")
        FAMILY = "family", _("what families type")
        SUGGESTION = "suggestion", _("what families type (only suggest)")

    class Language(models.TextChoices):
        ENGLISH = "en", _("English")
        SPANISH = "es", _("Spanish")

    term = ParentalKey(GlossaryTerm, on_delete=models.CASCADE, related_name="words")
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.VARIANT)
    text = models.CharField(_("words"), max_length=160)

    panels = [FieldRowPanel([FieldPanel("text"), FieldPanel("language"), FieldPanel("kind")])]

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["term", "language", "text"], name="unique_glossary_word"),
        ]

    def __str__(self):
        return self.text

    def clean(self):
        super().clean()
        if not _says_something(self.text):
            raise ValidationError({"text": _("Write at least one word.")})


def _says_something(text: str) -> bool:
    return any(character.isalnum() for character in text or "")
