"""Which columns a table of works may have."""

from functools import cache

from resources.importing.columns import (
    BodyColumn,
    ChoiceOfOneColumn,
    Column,
    DateColumn,
    NamesColumn,
    SlugColumn,
    TextColumn,
    WholeDateColumn,
    language_of_column,
)
from resources.importing.file_columns import (
    CaptionsColumn,
    ConveningColumn,
    FilesColumn,
    LinksColumn,
    RelatedColumn,
    VideoColumn,
)
from resources.importing.works import LANGUAGES, MODELS
from resources.models import (
    Audience,
    BillPage,
    ConveningOrganization,
    ConveningPage,
    County,
    GradeSpan,
    Organization,
    Person,
    ProgramPage,
    RegionPage,
    RelatedWork,
    ResourceAuthor,
    ResourceCollection,
    ResourceOrganization,
    ResourceType,
    Topic,
)

ALL = frozenset(MODELS)
RESOURCE, RECORDING, CONVENING = (frozenset({name}) for name in ("resource", "recording", "convening"))
# Read before the columns: which work a row is about, and of what type it is.
IDENTITY = ("key", "type")


def _author(model):
    return ResourceAuthor, "person"


def _publisher(model):
    return (ConveningOrganization if model is ConveningPage else ResourceOrganization), "organization"


def _texts() -> list[Column]:
    columns: list[Column] = []
    for language in LANGUAGES:
        columns += [
            TextColumn(f"title_{language}", ALL, language, "title"),
            SlugColumn(f"slug_{language}", ALL, language, "slug"),
            TextColumn(f"summary_{language}", ALL, language, "summary"),
            BodyColumn(f"body_{language}", ALL, language),
            TextColumn(f"place_{language}", CONVENING, language, "place"),
        ]
    order = ("title", "slug", "summary", "body", "place")
    return sorted(columns, key=lambda column: order.index(column.name.partition("_")[0]))


def _files(language: str) -> list[Column]:
    return [
        FilesColumn(f"file_{language}", RESOURCE | RECORDING, language),
        LinksColumn(f"link_{language}", ALL if language in LANGUAGES else RESOURCE | RECORDING, language),
        CaptionsColumn(f"captions_{language}", RECORDING, language),
    ]


@cache
def known_columns() -> dict[str, Column]:
    """The columns by name, in the order of an export; those of files in other languages come on top."""
    dates = {
        "resource": ("date", "date_precision"),
        "recording": ("recorded_on", "date_precision"),
        "convening": ("starts_on", "date_precision"),
    }
    relations = RelatedWork.Relation
    columns = [
        ChoiceOfOneColumn("resource_type", RESOURCE, target=ResourceType, field="resource_type"),
        *_texts(),
        *(column for language in LANGUAGES for column in _files(language)),
        VideoColumn("video", RESOURCE | RECORDING),
        DateColumn("date", ALL, fields=dates),
        WholeDateColumn("date_end", CONVENING, field="ends_on"),
        ConveningColumn("convening", RECORDING),
        NamesColumn("authors", RESOURCE, target=Person, relation="authors", through=_author),
        NamesColumn(
            "organizations", RESOURCE | CONVENING, target=Organization, relation="organizations", through=_publisher
        ),
        NamesColumn("topics", ALL, target=Topic, relation="topics"),
        NamesColumn("audiences", ALL, target=Audience, relation="audiences"),
        NamesColumn("grades", ALL, target=GradeSpan, relation="grade_spans"),
        NamesColumn("program", ALL, target=ProgramPage, relation="programs"),
        NamesColumn("regions", ALL, target=RegionPage, relation="regions"),
        NamesColumn("counties", ALL, target=County, relation="counties"),
        NamesColumn("bills", ALL, target=BillPage, relation="bills"),
        NamesColumn("collections", RESOURCE, target=ResourceCollection, relation="collections"),
        TextColumn("doi", RESOURCE, field="doi"),
        TextColumn("isbn", RESOURCE, field="isbn"),
        TextColumn("licence", RESOURCE, field="licence"),
        TextColumn("citation", RESOURCE, field="citation"),
        TextColumn("spoken_language", RECORDING, field="spoken_language"),
        RelatedColumn("related", RESOURCE, relation=relations.RELATED),
        RelatedColumn("supersedes", RESOURCE, relation=relations.SUPERSEDES),
    ]
    return {column.name: column for column in columns}


def column_named(name: str) -> Column | None:
    """The column of this name; None where there is none. `key` and `type` are not among them."""
    column = known_columns().get(name)
    if column is None and (language := language_of_column(name)):
        return next(column for column in _files(language) if column.name == name)
    return column


def file_columns(languages) -> list[Column]:
    """The columns of files in further languages."""
    return [column for language in languages for column in _files(language)]
