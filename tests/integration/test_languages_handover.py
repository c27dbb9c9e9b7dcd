"""When the source edition is deleted, the edition that remains holds everything that does not depend on language."""

import datetime

import pytest
from wagtail.models import Page

from home.models import FeaturedWork
from resources.models import (
    ConveningPage,
    ConveningsPage,
    Organization,
    PartnerPage,
    PartnerRoleKind,
    PartnersPage,
    Person,
    ProgramPage,
    ProgramPartnerRole,
    ProgramsPage,
    RelatedWork,
    ResourceAuthor,
    ResourceFile,
    Topic,
)
from tests.integration.trees import Trees, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def trees():
    return Trees()


@pytest.fixture
def editions(trees):
    """A resource written in English with its Spanish edition; a second one that stays."""
    trees.libraries = trees.library()
    english = trees.resource(
        trees.libraries["en"], "report", date=datetime.date(2024, 6, 1), doi="10.1234/x", is_sample=True
    )
    english.topics.set([Topic.objects.create(slug="reading", name_en="Reading", name_es="Lectura")])
    english.save()
    ResourceFile.objects.create(page=english, language="en", url="https://example.org/report.pdf", format="pdf")
    ResourceAuthor.objects.create(page=english, person=Person.objects.create(key="ana", name="Ana"))
    spanish = trees.resource(trees.libraries["es"], "informe", of=english)
    return english, spanish


def test_fields_files_people_and_subjects_are_handed_over(editions):
    english, spanish = editions
    title = spanish.title
    fresh(english).delete()
    page = fresh(spanish)
    assert page.is_source_edition
    assert (page.date, page.doi, page.is_sample) == (datetime.date(2024, 6, 1), "10.1234/x", True)
    assert page.title == title
    assert page.key == english.key
    assert [file.url for file in page.files.all()] == ["https://example.org/report.pdf"]
    assert [row.person.name for row in page.authors.all()] == ["Ana"]
    assert [topic.slug for topic in page.topics.all()] == ["reading"]


def test_what_was_handed_over_survives_the_next_publication(editions):
    english, spanish = editions
    draft = fresh(spanish)
    draft.summary = "Borrador"
    draft.save_revision()
    fresh(english).delete()
    fresh(spanish).get_latest_revision().publish()
    page = fresh(spanish)
    assert page.summary == "Borrador"
    assert [file.url for file in page.files.all()] == ["https://example.org/report.pdf"]
    assert [topic.slug for topic in page.topics.all()] == ["reading"]


def test_what_pointed_to_the_work_points_to_the_edition_that_remains(trees, editions):
    english, spanish = editions
    other = trees.resource(trees.libraries["en"], "other")
    RelatedWork.objects.create(page=other, work=english)
    FeaturedWork.objects.create(page=trees.en, work=english)
    fresh(english).delete()
    assert [row.work_id for row in fresh(other).related_works.all()] == [spanish.pk]
    assert [row.work_id for row in fresh(trees.en).featured_works.all()] == [spanish.pk]


def test_partners_and_choices_of_a_program_survive_the_deletion_of_a_source(trees):
    programs = trees.page(trees.en, "programs", model=ProgramsPage)
    program = trees.page(programs, "consortium", model=ProgramPage)
    programas = trees.page(trees.es, "programas", of=programs, model=ProgramsPage)
    programa = trees.page(programas, "consorcio", of=program, model=ProgramPage)
    partners = trees.page(trees.en, "partners", model=PartnersPage)
    socios = trees.page(trees.es, "socios", of=partners, model=PartnersPage)
    organization = Organization.objects.create(key="office", name="County office")
    partner = trees.page(partners, "office", model=PartnerPage, organization=organization)
    socio = trees.page(socios, "oficina", of=partner, model=PartnerPage, organization=organization)
    kind = PartnerRoleKind.objects.create(slug="chair", name_en="Chair", name_es="Presidencia")
    ProgramPartnerRole.objects.create(page=program, partner=partner, kind=kind)
    convenings = trees.page(programa, "encuentros", model=ConveningsPage)
    convening = trees.page(convenings, "encuentro", model=ConveningPage)
    convening.programs.set([program])
    convening.save()

    fresh(partner).delete()
    assert [role.partner_id for role in fresh(program).partner_roles.all()] == [socio.pk]
    fresh(program).delete()
    assert [role.partner_id for role in fresh(programa).partner_roles.all()] == [socio.pk]
    assert [page.pk for page in fresh(convening).programs.all()] == [programa.pk]


def test_deleting_a_translation_changes_nothing_else(editions):
    english, spanish = editions
    fresh(spanish).delete()
    page = fresh(english)
    assert page.files.count() == 1
    assert page.topics.count() == 1


def test_deleting_both_editions_leaves_nothing(trees, editions):
    english, spanish = editions
    fresh(english).delete()
    fresh(spanish).delete()
    assert not Page.objects.filter(translation_key=english.translation_key).exists()
    assert ResourceFile.objects.count() == 0


def test_a_whole_section_is_handed_over_at_once(trees, editions):
    english, spanish = editions
    other = trees.resource(trees.libraries["en"], "other")
    otro = trees.resource(trees.libraries["es"], "otro", of=other)
    RelatedWork.objects.create(page=english, work=other)
    fresh(trees.libraries["en"]).delete()
    page = fresh(spanish)
    assert page.files.count() == 1
    assert [row.work_id for row in page.related_works.all()] in ([otro.pk], [])
