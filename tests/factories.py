"""Factories: a published page of every type below the parent it belongs to, and rows of every snippet.

`ResourcePageFactory()` makes home, library and resource in English; `make_edition(page, "es", title="…")` adds the
Spanish edition as the translation editor would.
"""

import datetime

import factory
import wagtail_factories
from factory.django import DjangoModelFactory
from wagtail.models import Locale, Page, Site

from home.models import ContentPage, FamiliesPage, HomePage
from resources import models as resources
from resources.publishing import publish_as_loaded
from resources.translations import write_translation
from search.models import LibraryPage


def locale_of(language: str) -> Locale:
    return Locale.objects.get_or_create(language_code=language)[0]


def make_edition(page, language: str, **texts):
    """The published edition of `page` in another language. Texts that are not given say the language at their end."""
    locale = locale_of(language)
    parent = page.get_parent()
    if not parent.is_root():
        parent = parent.get_translation_or_none(locale) or make_edition(parent.specific, language)
    values = {declared.field_name: getattr(page, declared.field_name) for declared in page.translatable_fields}
    values |= {"title": f"{page.title} ({language})", "slug": f"{page.slug}-{language}", **texts}
    values = {name: value for name, value in values.items() if value}
    return write_translation(page, locale, Page.objects.get(pk=parent.pk), values, "tests")


def the(parent_factory):
    """The first page of the factory's type, made where there is none: parents are shared."""

    def find_or_make():
        model = parent_factory._meta.model
        page = model.objects.filter(locale=locale_of("en")).first() or parent_factory()
        return Page.objects.get(pk=page.pk)

    return factory.LazyFunction(find_or_make)


# Rows


class TaxonomyFactory(DjangoModelFactory):
    class Meta:
        abstract = True
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda number: f"term-{number}")
    name_en = factory.LazyAttribute(lambda row: row.slug.replace("-", " ").capitalize())
    name_es = factory.LazyAttribute(lambda row: f"{row.name_en} (es)")


class TopicFactory(TaxonomyFactory):
    class Meta:
        model = resources.Topic


class AudienceFactory(TaxonomyFactory):
    class Meta:
        model = resources.Audience


class GradeSpanFactory(TaxonomyFactory):
    class Meta:
        model = resources.GradeSpan


class ResourceTypeFactory(TaxonomyFactory):
    class Meta:
        model = resources.ResourceType


class CountyFactory(TaxonomyFactory):
    class Meta:
        model = resources.County


class ResourceCollectionFactory(TaxonomyFactory):
    class Meta:
        model = resources.ResourceCollection


class OrganizationKindFactory(TaxonomyFactory):
    class Meta:
        model = resources.OrganizationKind


class PartnerRoleKindFactory(TaxonomyFactory):
    class Meta:
        model = resources.PartnerRoleKind


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = resources.Person

    key = factory.Sequence(lambda number: f"person-{number}")
    name = factory.Sequence(lambda number: f"Person {number}")


class OrganizationFactory(DjangoModelFactory):
    class Meta:
        model = resources.Organization

    key = factory.Sequence(lambda number: f"organization-{number}")
    name = factory.Sequence(lambda number: f"Organization {number}")


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = resources.Contact

    key = factory.Sequence(lambda number: f"contact-{number}")
    name = factory.Sequence(lambda number: f"Contact {number}")
    email = factory.LazyAttribute(lambda row: f"{row.key}@example.org")


class GlossaryTermFactory(DjangoModelFactory):
    class Meta:
        model = resources.GlossaryTerm

    key = factory.Sequence(lambda number: f"glossary-term-{number}")
    preferred_en = factory.Sequence(lambda number: f"term {number}")
    preferred_es = factory.Sequence(lambda number: f"término {number}")


# Pages


class BasePageFactory(wagtail_factories.PageFactory):
    class Meta:
        abstract = True

    title = factory.Sequence(lambda number: f"Page {number}")
    summary = "A page made for a test."
    locale = factory.LazyAttribute(lambda page: page.parent.locale)

    @classmethod
    def _create_instance(cls, model_class, parent, kwargs):
        page = super()._create_instance(model_class, parent, kwargs)
        publish_as_loaded(page)
        return page


class HomePageFactory(BasePageFactory):
    class Meta:
        model = HomePage

    title = "Home"
    slug = "front"
    parent = factory.LazyFunction(Page.get_first_root_node)
    locale = factory.LazyFunction(lambda: locale_of("en"))

    @classmethod
    def _create_instance(cls, model_class, parent, kwargs):
        page = super()._create_instance(model_class, parent, kwargs)
        Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": page})
        return page


class ContentPageFactory(BasePageFactory):
    class Meta:
        model = ContentPage

    parent = the(HomePageFactory)


class FamiliesPageFactory(BasePageFactory):
    class Meta:
        model = FamiliesPage

    title = "For families"
    parent = the(HomePageFactory)


class LibraryPageFactory(BasePageFactory):
    class Meta:
        model = LibraryPage

    title = "Library"
    parent = the(HomePageFactory)


class ResourcePageFactory(BasePageFactory):
    class Meta:
        model = resources.ResourcePage

    parent = the(LibraryPageFactory)
    resource_type = factory.SubFactory(ResourceTypeFactory, slug="report")
    date = datetime.date(2025, 1, 1)
    date_precision = "year"


class PartnersPageFactory(BasePageFactory):
    class Meta:
        model = resources.PartnersPage

    title = "Partners"
    parent = the(HomePageFactory)


class PartnerPageFactory(BasePageFactory):
    class Meta:
        model = resources.PartnerPage

    parent = the(PartnersPageFactory)
    organization = factory.SubFactory(OrganizationFactory)
    title = factory.LazyAttribute(lambda page: page.organization.name)


class ProgramsPageFactory(BasePageFactory):
    class Meta:
        model = resources.ProgramsPage

    title = "Programs"
    parent = the(HomePageFactory)


class ProgramPageFactory(BasePageFactory):
    class Meta:
        model = resources.ProgramPage

    parent = the(ProgramsPageFactory)


class RegionPageFactory(BasePageFactory):
    class Meta:
        model = resources.RegionPage

    parent = the(ProgramPageFactory)


class PolicyAgendaPageFactory(BasePageFactory):
    class Meta:
        model = resources.PolicyAgendaPage

    title = "Policy agenda"
    parent = the(ProgramPageFactory)


class BillsPageFactory(BasePageFactory):
    class Meta:
        model = resources.BillsPage

    title = "Bills"
    parent = the(ProgramPageFactory)


class BillPageFactory(BasePageFactory):
    class Meta:
        model = resources.BillPage

    parent = the(BillsPageFactory)
    number = factory.Sequence(lambda number: f"AB {number + 1}")
    session = "2023-24"
    official_title = factory.LazyAttribute(lambda page: f"Pupil instruction: {page.number}")
    title = factory.LazyAttribute(lambda page: page.number)
    status = resources.BillPage.Status.SIGNED


class WorkgroupsPageFactory(BasePageFactory):
    class Meta:
        model = resources.WorkgroupsPage

    title = "Workgroups"
    parent = the(ProgramPageFactory)


class WorkgroupPageFactory(BasePageFactory):
    class Meta:
        model = resources.WorkgroupPage

    parent = the(WorkgroupsPageFactory)


class ConveningsPageFactory(BasePageFactory):
    class Meta:
        model = resources.ConveningsPage

    title = "Convenings"
    parent = the(ProgramPageFactory)


class ConveningPageFactory(BasePageFactory):
    class Meta:
        model = resources.ConveningPage

    parent = the(ConveningsPageFactory)
    starts_on = datetime.date(2025, 5, 1)


class ConveningRecordingPageFactory(BasePageFactory):
    class Meta:
        model = resources.ConveningRecordingPage

    parent = factory.LazyFunction(lambda: Page.objects.get(pk=ConveningPageFactory().pk))
    spoken_language = "en"
