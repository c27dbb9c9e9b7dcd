"""The content model: one module for each idea; import names from here."""

from resources.models.base import BasePage, WorkKey, translatable
from resources.models.bills import BillAuthor, BillPage
from resources.models.bodies import BodyFields
from resources.models.catalog import CatalogFields, DatePrecision
from resources.models.convenings import (
    CaptionTrack,
    Chapter,
    ConveningOrganization,
    ConveningPage,
    ConveningRecordingPage,
    RecordingFile,
    Speaker,
)
from resources.models.glossary import GlossaryTerm, GlossaryWord
from resources.models.listings import (
    BillsPage,
    ConveningsPage,
    ListingPage,
    PartnersPage,
    ProgramsPage,
    WorkgroupsPage,
)
from resources.models.partners import PartnerPage, PartnerRole
from resources.models.people import Contact, Organization, Person
from resources.models.programs import (
    CountySection,
    PolicyAgendaPage,
    ProgramContact,
    ProgramPage,
    ProgramPartnerRole,
    RegionContact,
    RegionPage,
    RegionPartnerRole,
    WorkgroupPage,
)
from resources.models.publications import (
    RelatedWork,
    ResourceAuthor,
    ResourceFile,
    ResourceOrganization,
    ResourcePage,
)
from resources.models.reviews import TranslationReview
from resources.models.taxonomies import (
    TAXONOMIES,
    Audience,
    County,
    GradeSpan,
    OrganizationKind,
    PartnerRoleKind,
    ResourceCollection,
    ResourceType,
    Taxonomy,
    Topic,
)

__all__ = [
    "TAXONOMIES",
    "Audience",
    "BasePage",
    "BillAuthor",
    "BillPage",
    "BillsPage",
    "BodyFields",
    "CaptionTrack",
    "CatalogFields",
    "Chapter",
    "Contact",
    "ConveningOrganization",
    "ConveningPage",
    "ConveningRecordingPage",
    "ConveningsPage",
    "County",
    "CountySection",
    "DatePrecision",
    "GlossaryTerm",
    "GlossaryWord",
    "GradeSpan",
    "ListingPage",
    "Organization",
    "OrganizationKind",
    "PartnerPage",
    "PartnerRole",
    "PartnerRoleKind",
    "PartnersPage",
    "Person",
    "PolicyAgendaPage",
    "ProgramContact",
    "ProgramPage",
    "ProgramPartnerRole",
    "ProgramsPage",
    "RecordingFile",
    "RegionContact",
    "RegionPage",
    "RegionPartnerRole",
    "RelatedWork",
    "ResourceAuthor",
    "ResourceCollection",
    "ResourceFile",
    "ResourceOrganization",
    "ResourcePage",
    "ResourceType",
    "Speaker",
    "Taxonomy",
    "Topic",
    "TranslationReview",
    "WorkKey",
    "WorkgroupPage",
    "WorkgroupsPage",
    "translatable",
]
