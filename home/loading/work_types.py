"""The types of works in content files: their model, where they may stand, and the fields that only they have."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wagtail.models import Page

from home import models as home
from home.loading import media_files
from resources import models as resources
from search.models import LibraryPage


@dataclass(frozen=True)
class WorkType:
    model: type[Page]
    parents: tuple[str, ...]
    read: Callable[["WorkReader"], None]  # noqa: F821


def read_body(reader) -> None:
    reader.body()


def read_list(reader) -> None:
    """A page that lists its children has no fields of its own."""


def read_home(reader) -> None:
    reader.translated("intro")
    reader.body()
    reader.rows(featured_works=[{"work": work} for work in reader.references_to("featured", "work")])


def read_families(reader) -> None:
    reader.questions()


def contacts_and_partners(reader) -> None:
    roles = []
    for entry in reader.entries("partner_roles", reader.model._meta.get_field("partner_roles").related_model):
        partner = entry.reference("partner", "work", required=True, work_types=("partner",))
        kind = entry.reference("kind", "partnerrolekind", required=True)
        roles.append({"partner": partner, "kind": kind, **reader.names(entry, "description")})
    contacts = [{"contact": contact} for contact in reader.references_to("contacts", "contact")]
    reader.rows(partner_roles=roles, contacts=contacts)


def read_program(reader) -> None:
    reader.values(
        acronym=reader.text("acronym"),
        website=reader.text("website"),
        previous_program=reader.reference("previous_program", "work", work_types=("program",)),
        next_program=reader.reference("next_program", "work", work_types=("program",)),
    )
    contacts_and_partners(reader)
    reader.body()


def read_region(reader) -> None:
    reader.relations(counties=reader.references_to("counties", "county"))
    contacts_and_partners(reader)
    sections = [
        {
            "county": entry.reference("county", "county", required=True),
            "contact": entry.reference("contact", "contact"),
            "partner": entry.reference("organization", "partner_of"),
            **reader.names(entry, "partnership"),
        }
        for entry in reader.entries("county_sections")
    ]
    reader.rows(county_sections=sections)
    reader.body()


def read_policy_agenda(reader) -> None:
    for name in ("values", "priorities", "local_recommendations", "state_recommendations"):
        reader.translated_rich_text(name)
    agenda = reader.reference("agenda_work", "work", work_types=("resource",))
    reader.relations(agenda_works=[agenda] if agenda else [])


def read_bill(reader) -> None:
    official_title = reader.text("official_title", required=True)
    outcome_date, precision = reader.partial_date("outcome_date")
    reader.values(
        number=reader.text("number", required=True),
        session=reader.text("session", required=True),
        official_title=official_title,
        status=reader.choice("status", resources.BillPage.Status.values, required=True),
        status_as_of=reader.date("status_as_of"),
        outcome_date=outcome_date,
        outcome_date_precision="month" if precision == "month" else "day",
        chapter=reader.text("chapter"),
        official_url=reader.text("official_url"),
        position=reader.choice("position", resources.BillPage.Position.values),
    )
    # The official title is what the Spanish one translates, so translators see the two side by side.
    titles = {"en": official_title, "es": reader.text("unofficial_title", required=True, field="title_translation")}
    reader.work.set_texts("title_translation", {language: titles[language] for language in reader.languages})
    reader.translated("outcome_note")
    reader.rows(authors=[{"person": person} for person in reader.references_to("authors", "person")])
    reader.relations(programs=reader.references_to("programs", "work", ("program",)))
    reader.body()


def read_workgroup(reader) -> None:
    reader.values(contact=reader.reference("contact", "contact"))
    reader.body()


def read_partner(reader) -> None:
    reader.values(organization=reader.reference("organization", "organization", required=True))
    reader.body()


def catalog(reader) -> None:
    """Subject, audience, place: the same fields on resources, convenings and recordings."""
    reader.relations(
        topics=reader.references_to("topics", "topic"),
        audiences=reader.references_to("audiences", "audience"),
        grade_spans=reader.references_to("grade_spans", "gradespan"),
        counties=reader.references_to("counties", "county"),
        programs=reader.references_to("programs", "work", ("program",)),
        regions=reader.references_to("regions", "work", ("region",)),
        bills=reader.references_to("bills", "work", ("bill",)),
    )


def read_convening(reader) -> None:
    starts_on, precision = reader.partial_date("starts_on")
    reader.values(
        starts_on=starts_on,
        ends_on=reader.date("ends_on"),
        date_precision=reader.choice("date_precision", resources.DatePrecision.values, default=precision),
        link=reader.text("link"),
    )
    reader.translated("place")
    reader.rows(organizations=_organizations(reader))
    catalog(reader)
    reader.body()


def read_recording(reader) -> None:
    recorded_on, precision = reader.partial_date("recorded_on")
    reader.values(
        recorded_on=recorded_on,
        date_precision=precision,
        spoken_language=reader.text("spoken_language"),
        video_url=reader.text("video_url"),
    )
    media_files.read_video(reader)
    chapters = [
        {"start_seconds": entry.number("start", required=True), **reader.names(entry, "title", True)}
        for entry in reader.entries("chapters", resources.Chapter)
    ]
    speakers = [
        {"name": entry.text("name", required=True), **reader.names(entry, "role")}
        for entry in reader.entries("speakers", resources.Speaker)
    ]
    reader.rows(
        captions=media_files.captions(reader),
        chapters=chapters,
        speakers=speakers,
        slides=media_files.files(reader, "slides", resources.RecordingFile),
    )
    catalog(reader)
    reader.body()


def read_resource(reader) -> None:
    date, precision = reader.partial_date("date")
    reader.values(
        resource_type=reader.reference("resource_type", "resourcetype", required=True),
        date=date,
        date_precision=precision,
        link_as_of=reader.date("link_as_of"),
        doi=reader.text("doi"),
        isbn=reader.text("isbn"),
        licence=reader.text("licence"),
        citation=reader.text("citation"),
        reading_minutes=reader.number("reading_minutes"),
    )
    related = []
    for entry in reader.entries("related"):
        work = entry.reference("work", "work", required=True)
        relation = entry.choice("relation", resources.RelatedWork.Relation.values, default="related")
        related.append({"work": work, "relation": relation})
    reader.rows(
        authors=[{"person": person} for person in reader.references_to("authors", "person")],
        organizations=_organizations(reader),
        files=media_files.files(reader, "files", resources.ResourceFile),
        related_works=related,
    )
    catalog(reader)
    reader.relations(collections=reader.references_to("collections", "resourcecollection"))
    reader.body()


def _organizations(reader) -> list[dict]:
    return [{"organization": row} for row in reader.references_to("organizations", "organization")]


WORK_TYPES = {
    "home": WorkType(home.HomePage, (), read_home),
    "families": WorkType(home.FamiliesPage, ("home",), read_families),
    "content": WorkType(home.ContentPage, ("home", "content", "program", "region"), read_body),
    "programs": WorkType(resources.ProgramsPage, ("home",), read_list),
    "program": WorkType(resources.ProgramPage, ("programs", "program"), read_program),
    "region": WorkType(resources.RegionPage, ("program",), read_region),
    "policy_agenda": WorkType(resources.PolicyAgendaPage, ("program",), read_policy_agenda),
    "bills": WorkType(resources.BillsPage, ("program",), read_list),
    "bill": WorkType(resources.BillPage, ("bills",), read_bill),
    "workgroups": WorkType(resources.WorkgroupsPage, ("program",), read_list),
    "workgroup": WorkType(resources.WorkgroupPage, ("workgroups",), read_workgroup),
    "convenings": WorkType(resources.ConveningsPage, ("program",), read_list),
    "convening": WorkType(resources.ConveningPage, ("convenings",), read_convening),
    "recording": WorkType(resources.ConveningRecordingPage, ("convening",), read_recording),
    "partners": WorkType(resources.PartnersPage, ("home",), read_list),
    "partner": WorkType(resources.PartnerPage, ("partners",), read_partner),
    "library": WorkType(LibraryPage, ("home",), read_list),
    "resource": WorkType(resources.ResourcePage, ("library",), read_resource),
}


def work_types_of(models: Iterable[type[Page]]) -> tuple[str, ...]:
    """The work types whose pages a chooser for `models` accepts; empty where it accepts any."""
    models = tuple(models)
    if Page in models:
        return ()
    return tuple(name for name, work_type in WORK_TYPES.items() if issubclass(work_type.model, models))
