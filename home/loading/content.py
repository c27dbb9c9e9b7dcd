"""All content files of a folder, read and checked together before anything is written."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps

from home.loading import rows
from home.loading.fields import Fields
from home.loading.problems import Place, ProblemList, near_matches
from home.loading.read import Mapping, Sequence, read_yaml
from home.loading.references import Reference
from home.loading.rows import Row
from home.loading.settings import Settings, read_settings
from home.loading.works import Work, WorkReader

WORK_FOLDERS = ("pages", "library", "samples")
NAMED_FILES = ("taxonomies", "organizations", "people", "glossary", "settings")


@dataclass
class Content:
    """Everything the files say, in the order in which it is written: rows, then works with parents before children."""

    rows: list[Row] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    settings: Settings | None = None

    def without_samples(self) -> "Content":
        return Content(self.rows, [work for work in self.works if not work.is_sample], self.settings)


def read_content(folder: Path) -> Content:
    """Reads and checks every file of the folder. Raises ContentProblems that names all problems at once."""
    return _Reader(folder).read()


class _Reader:
    def __init__(self, folder: Path):
        self.folder, self.problems = folder, ProblemList()
        self.references: list[Reference] = []
        self.content = Content()

    def read(self) -> Content:
        if not self.folder.is_dir():
            self.problems.add(Place(str(self.folder)), "There is no such folder.", "Check the path.")
            self.problems.stop_if_any()
        self.read_named_files()
        for name in WORK_FOLDERS:
            for path in sorted((self.folder / name).glob("**/*.yaml")):
                self.read_works(path, in_samples=name == "samples")
        self.check_keys()
        self.check_references()
        self.check_tree()
        self.problems.stop_if_any()
        return self.content

    def read_named_files(self) -> None:
        for path in sorted(self.folder.glob("*.yaml")):
            if path.stem not in NAMED_FILES:
                place = Place(self.name(path))
                self.problems.add(place, "The name of the file is not known.", near_matches(path.stem, NAMED_FILES))
        for name, reader, is_list in (
            ("taxonomies", rows.read_taxonomies, False),
            ("organizations", rows.read_organizations, True),
            ("people", rows.read_people, False),
            ("glossary", rows.read_glossary, True),
        ):
            path = self.folder / f"{name}.yaml"
            value = read_yaml(path, self.name(path), self.problems) if path.exists() else None
            if value is not None:
                self.content.rows += reader(self.entries(value, path) if is_list else self.fields(value, path))
        path = self.folder / "settings.yaml"
        if path.exists() and (value := read_yaml(path, self.name(path), self.problems)) is not None:
            self.content.settings = read_settings(self.fields(value, path))

    def read_works(self, path: Path, in_samples: bool) -> None:
        value = read_yaml(path, self.name(path), self.problems)
        if value is None:
            return
        for item, place in self.items(value, path):
            reader = WorkReader(item, place, self.problems, self.references, self.folder / "samples")
            if work := reader.read(in_samples):
                self.content.works.append(work)

    def name(self, path: Path) -> str:
        """The file as it is named in problems: from where one stands, else from the folder of the content."""
        path = path.resolve()
        here = Path.cwd()
        return str(path.relative_to(here if path.is_relative_to(here) else self.folder.resolve().parent))

    def fields(self, value, path: Path) -> Fields:
        return Fields(value, Place(self.name(path), getattr(value, "line", 1)), self.problems, self.references)

    def entries(self, value, path: Path) -> Iterator[Fields]:
        for item, place in self.items(value, path):
            key = item.get("key") if isinstance(item, Mapping) else None
            yield Fields(item, place.inside(str(key)) if key else place, self.problems, self.references)

    def items(self, value, path: Path):
        if not isinstance(value, Sequence):
            self.problems.add(Place(self.name(path)), "The file is not a list.", "Begin each entry with `- key: …`.")
            return
        for item, line in zip(value, value.lines, strict=True):
            yield item, Place(self.name(path), line)

    # What can be checked only once everything is read

    def check_keys(self) -> None:
        kept: dict[tuple[str, str], Place] = {}
        for entry in [*self.content.rows, *self.content.works]:
            kind = entry.kind if isinstance(entry, Row) else "work"
            first = kept.setdefault((kind, entry.key), entry.place)
            if first is not entry.place:
                message = f"The key `{entry.key}` is already used in {first.file}, line {first.line}."
                self.problems.add(entry.place, message, "Give one of the two another key.")

    def check_references(self) -> None:
        works = {work.key: work for work in self.content.works}
        known = {"work": set(works), "partner_of": set()}
        for row in self.content.rows:
            known.setdefault(row.kind, set()).add(row.key)
        known["partner_of"] = {
            work.values["organization"].key
            for work in self.content.works
            if work.type == "partner" and work.values.get("organization")
        }
        for reference in self.references:
            keys = known.get(reference.kind, set())
            if reference.key not in keys:
                self.problems.add(*self.unknown(reference, keys))
            elif reference.kind == "work" and reference.work_types:
                work = works[reference.key]
                if work.type not in reference.work_types:
                    wanted = " or ".join(f"`{name}`" for name in reference.work_types)
                    message = f"`{reference.key}` is of the type `{work.type}`."
                    self.problems.add(reference.place, message, f"Name a work of the type {wanted}.")
        self.check_samples(works)

    def unknown(self, reference: Reference, keys: set[str]) -> tuple[Place, str, str]:
        if reference.kind == "partner_of":
            message = f"The organization `{reference.key}` has no partner page."
            return reference.place, message, "Add a work of the type `partner` for it."
        name = "work" if reference.kind == "work" else apps.get_model("resources", reference.kind)._meta.verbose_name
        return reference.place, f"There is no {name} with the key `{reference.key}`.", near_matches(reference.key, keys)

    def check_samples(self, works: dict[str, Work]) -> None:
        """Samples can be removed: nothing that stays may name them."""
        samples = {key for key, work in works.items() if work.is_sample}
        staying = {(work.place.file, work.key) for work in works.values() if not work.is_sample}
        for reference in self.references:
            owner = (reference.place.file, reference.place.steps[0] if reference.place.steps else "")
            if reference.kind == "work" and reference.key in samples and owner in staying:
                message = f"`{reference.key}` is a sample and can be removed."
                self.problems.add(reference.place, message, "Name a work that stays.")

    def check_tree(self) -> None:
        """Puts parents before children. Each parent has the languages of its children; addresses are single."""
        works = {work.key: work for work in self.content.works}
        homes = [work for work in self.content.works if work.type == "home"]
        for work in homes[1:]:
            self.problems.add(work.place, "There is a home page already.", "Keep one work of the type `home`.")
        for work in self.content.works:
            parent = works.get(work.parent.key) if work.parent else None
            for language in set(work.languages) - set(parent.languages if parent else work.languages):
                message = f"Its parent `{parent.key}` has no edition in `{language}`."
                self.problems.add(work.place.inside("parent"), message, "Add that edition, or choose another parent.")
        addresses = Counter()
        for work in self.content.works:
            for language, texts in work.texts.items():
                address = (work.parent.key if work.parent else "", language, texts["slug"])
                addresses[address] += 1
                if addresses[address] == 2:
                    message = f"Another work below the same parent has the address `{texts['slug']}` ({language})."
                    self.problems.add(work.place.inside("slug"), message, "Choose another address.")
        self.content.works = self.parents_first(works)

    def parents_first(self, works: dict[str, Work]) -> list[Work]:
        ordered: dict[str, Work] = {}

        def place(work: Work, below: tuple[str, ...]) -> None:
            if work.key in below:
                message = f"The parents form a circle: {' → '.join([*below, work.key])}."
                self.problems.add(work.place.inside("parent"), message, "Choose another parent for one of them.")
                return
            parent = works.get(work.parent.key) if work.parent else None
            if parent and parent.key not in ordered:
                place(parent, (*below, work.key))
            ordered.setdefault(work.key, work)

        for work in self.content.works:
            place(work, ())
        return list(ordered.values())
