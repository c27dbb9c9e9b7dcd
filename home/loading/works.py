"""Works as the content files describe them: checked, in both languages, with references still to be looked up."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from home.loading.bodies import BodyReader
from home.loading.fields import LANGUAGES, Fields
from home.loading.problems import Place, ProblemList, near_matches
from home.loading.read import Mapping
from home.loading.references import Reference
from home.loading.work_types import WORK_TYPES, work_types_of


@dataclass
class Work:
    """One work: texts for each language, and values, rows and relations for its source edition."""

    key: str
    type: str
    place: Place
    languages: tuple[str, ...]
    parent: Reference | None
    is_sample: bool
    raw: Mapping
    texts: dict[str, dict[str, Any]] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    relations: dict[str, list[Reference]] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def model(self):
        return WORK_TYPES[self.type].model

    @property
    def source_language(self) -> str:
        return self.languages[0]

    def set_texts(self, name: str, texts: dict[str, Any]) -> None:
        for language, text in texts.items():
            self.texts.setdefault(language, {})[name] = text


class WorkReader(Fields):
    """The fields of one work, with what its type needs besides: bodies, files beside the content, the work itself."""

    def __init__(self, mapping: Any, place: Place, problems: ProblemList, references: list, folder: Path):
        super().__init__(mapping, place, problems, references)
        self.folder = folder
        self.work: Work | None = None

    def read(self, in_samples: bool) -> Work | None:
        key = self.text("key", required=True)
        if not key or key != slugify(key):
            self.problem(self.at("key"), f"`{key}` is not a key.", "Use lower-case letters, digits and hyphens.")
            return None
        self.place = self.place.inside(key)
        type_name = self.choice("type", WORK_TYPES, required=True)
        if not type_name:
            return None
        work_type = WORK_TYPES[type_name]
        self.model = work_type.model
        self.languages = self._languages()
        parent = None
        if work_type.parents:
            parent = self.reference("parent", "work", required=True, work_types=work_type.parents)
        self.work = Work(
            key=key,
            type=type_name,
            place=self.place,
            languages=self.languages,
            parent=parent,
            is_sample=self.flag("is_sample", default=in_samples),
            raw=self.mapping,
        )
        self._common()
        work_type.read(self)
        self.finish()
        return self.work

    def _languages(self) -> tuple[str, ...]:
        languages = []
        for value, place in self.items("languages"):
            if value in LANGUAGES:
                languages.append(value)
            else:
                self.problem(place, f"The site has no language `{value}`.", near_matches(str(value), LANGUAGES))
        return tuple(language for language in LANGUAGES if language in languages) or LANGUAGES

    def _common(self) -> None:
        for name in ("title", "slug"):
            self.translated(name, required=True)
        for name in ("summary", "seo_title", "search_description"):
            self.translated(name)
        for language, texts in self.work.texts.items():
            if texts["slug"] != slugify(texts["slug"]):
                place = self.at("slug").inside(language)
                self.problem(place, f"`{texts['slug']}` is not an address.", f"Write `{slugify(texts['slug'])}`.")
        self.values(
            show_in_menus=self.flag("show_in_menus"),
            responsible=self.reference("responsible", "organization"),
            last_reviewed=self.date("last_reviewed"),
            next_review=self.date("next_review"),
        )

    # What the types use

    def values(self, **values: Any) -> None:
        self.work.values.update(values)

    def relations(self, **relations: list[Reference]) -> None:
        self.work.relations.update(relations)

    def rows(self, **rows: list[dict[str, Any]]) -> None:
        self.work.rows.update(rows)

    def translated(self, name: str, field: str = "", required: bool = False) -> None:
        """A bilingual text kept in the page field of the same name, or in `field`."""
        if texts := self.bilingual(name, required, field or name):
            self.work.set_texts(field or name, texts)

    def translated_rich_text(self, name: str) -> None:
        if texts := self.rich_text(name):
            self.work.set_texts(name, texts)

    def body(self, name: str = "body") -> None:
        value = self.take(name)
        if value is not None:
            stream_block = self.model._meta.get_field(name).stream_block
            reader = BodyReader(self, self.work.key, work_types_of)
            self.work.set_texts(name, reader.stream(stream_block, value, self.at(name), name))

    def questions(self) -> None:
        """The questions of the page for families: a list of them, without the name of the block."""
        field = self.model._meta.get_field("questions")
        reader = BodyReader(self, self.work.key, work_types_of)
        streams = {language: [] for language in self.languages}
        for number, (item, place) in enumerate(self.items("questions"), start=1):
            child = field.stream_block.child_blocks["question"]
            reader.append(streams, child, "question", item, place, ("questions", number))
        self.work.set_texts("questions", streams)

    def entries(self, name: str, model=None):
        """The mappings of a list, as fields of their own; each is finished once it has been used."""
        for item, place in self.items(name):
            entry = self.nested(item, place, model)
            entry.languages = LANGUAGES if len(self.languages) > 1 else self.languages
            yield entry
            entry.finish()

    def names(self, entry: Fields, name: str, required: bool = False) -> dict[str, str]:
        """A bilingual value of a row that keeps both languages: `name_en` and `name_es`."""
        field = None if entry.model is None else f"{name}_{entry.languages[0]}"
        texts = entry.bilingual(name, required, field)
        return {f"{name}_{language}": texts.get(language, "") for language in LANGUAGES}

    def file_beside(self, name: str, place: Place) -> Path | None:
        """The path of a file in the folder of samples; the problem is noted where there is none."""
        path = self.folder / name
        if Path(name).name != name or not path.is_file():
            known = [entry.name for entry in self.folder.iterdir()] if self.folder.is_dir() else []
            self.problem(place, f"The file `{name}` is not in {self.folder.name}/.", near_matches(name, known))
            return None
        return path
