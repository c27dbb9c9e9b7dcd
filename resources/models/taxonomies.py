"""Controlled vocabularies: rows with a name in each language, so that both languages share one facet key."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index


class BilingualName(models.Model):
    """A name in English and in Spanish; `name` is the one in the reader's language."""

    name_en = models.CharField(_("name in English"), max_length=120)
    name_es = models.CharField(_("name in Spanish"), max_length=120)

    class Meta:
        abstract = True

    def name_in(self, language: str) -> str:
        return getattr(self, f"name_{language}", "") or self.name_en or self.name_es

    @property
    def name(self) -> str:
        return self.name_in((get_language() or "en")[:2])

    def __str__(self) -> str:
        return self.name


class Taxonomy(index.Indexed, BilingualName):
    """A term of a controlled vocabulary. The slug is its stable key in addresses, facets and imports."""

    slug = models.SlugField(
        _("key"),
        max_length=60,
        unique=True,
        help_text=_("Used in addresses, filters and imports. It stays the same in both languages."),
    )
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [
        FieldRowPanel([FieldPanel("name_en"), FieldPanel("name_es")]),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("sort_order")]),
    ]
    search_fields = [
        index.SearchField("name_en"),
        index.SearchField("name_es"),
        index.AutocompleteField("name_en"),
        index.AutocompleteField("name_es"),
        index.FilterField("slug"),
    ]

    class Meta:
        abstract = True
        ordering = ["sort_order", "slug"]

    def clean(self):
        super().clean()
        if self.pk and type(self).objects.filter(pk=self.pk).exclude(slug=self.slug).exists():
            raise ValidationError(
                {"slug": _("This key is used in addresses and imports and cannot change. Create a new term instead.")}
            )


class Topic(Taxonomy):
    """What a work is about."""

    class Meta(Taxonomy.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class Audience(Taxonomy):
    """Whom a work is for."""

    class Meta(Taxonomy.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")


class GradeSpan(Taxonomy):
    """The school years a work speaks about."""

    class Meta(Taxonomy.Meta):
        verbose_name = _("grade span")
        verbose_name_plural = _("grade spans")


class ResourceType(Taxonomy):
    """What kind of publication a resource is: report, guide, data book…"""

    class Meta(Taxonomy.Meta):
        verbose_name = _("resource type")
        verbose_name_plural = _("resource types")


class County(Taxonomy):
    """A county of California."""

    class Meta(Taxonomy.Meta):
        verbose_name = _("county")
        verbose_name_plural = _("counties")


class ResourceCollection(Taxonomy):
    """A series or collection that works belong to."""

    class Meta(Taxonomy.Meta):
        verbose_name = _("collection")
        verbose_name_plural = _("collections")


class OrganizationKind(Taxonomy):
    """What sort of organization a partner is."""

    class Meta(Taxonomy.Meta):
        verbose_name = _("organization kind")
        verbose_name_plural = _("organization kinds")


class PartnerRoleKind(Taxonomy):
    """What part a partner takes in a program or region: co-chair, county office, philanthropy…"""

    class Meta(Taxonomy.Meta):
        verbose_name = _("partner role kind")
        verbose_name_plural = _("partner role kinds")


TAXONOMIES = [
    Topic,
    Audience,
    GradeSpan,
    ResourceType,
    County,
    ResourceCollection,
    OrganizationKind,
    PartnerRoleKind,
]
