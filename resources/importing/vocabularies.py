"""Names in cells, looked up in the vocabularies, people, organizations and works of the library."""

from collections.abc import Iterable

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext as _

from resources.importing.problems import did_you_mean, folded, near_matches, quoted
from resources.models import BillPage, ProgramPage, RegionPage, Taxonomy

# People and organizations that look nearly like a known one are more often misspelled than new.
SAME_NAME = 0.85
_AROUND_COUNTIES = ("county", "condado de", "condado")


class UnknownName(Exception):
    """A name that the library does not know, with the remedy."""

    def __init__(self, message: str, remedy: str):
        self.message, self.remedy = message, remedy
        super().__init__(message)


class Vocabulary:
    """Rows of one model by each of their names."""

    def __init__(self, model: type[models.Model], may_create: bool):
        self.model, self.may_create = model, may_create
        self.rows: dict[int, models.Model] = {}
        self.by_name: dict[str, models.Model] = {}
        self.created: list[str] = []
        for row in model._default_manager.all():
            self.add(row)
        # What new names are compared with: not with one another, of which there may be thousands.
        self.known_before = list(self.by_name)

    def add(self, row: models.Model) -> None:
        self.rows[row.pk] = row
        for name in self.names(row):
            self.by_name.setdefault(folded(name), row)

    def names(self, row: models.Model) -> Iterable[str]:
        names = [self.label(row)]
        names += [value for name in ("name", "name_en", "name_es", "short_name") if (value := getattr(row, name, ""))]
        if row._meta.model_name == "county":
            names += [_bare_county(name) for name in names]
        return names

    def label(self, row: models.Model) -> str:
        """The name that an export writes."""
        return row.slug if isinstance(row, Taxonomy) else row.key

    def find(self, name: str) -> models.Model:
        """The row of this name, made where that is allowed. Raises UnknownName."""
        row = self.by_name.get(folded(name))
        if row is None:
            row = self.create(name)
        return row

    def create(self, name: str) -> models.Model:
        named = {"kind": self.model._meta.verbose_name_plural, "name": name}
        if issubclass(self.model, Taxonomy):
            if not self.may_create:
                remedy = did_you_mean(name, (self.label(row) for row in self.rows.values()))
                add = _("Or allow new terms: check the box below the file, or add --create-terms to the command.")
                raise UnknownName(_("“%(name)s” is not among the %(kind)s.") % named, f"{remedy} {add}")
            row = self.model(slug=self._free(name), name_en=name[:120], name_es=name[:120])
        else:
            near = [] if self.may_create else near_matches(name, self.known_before, SAME_NAME)
            if near:
                known = [self._shown(self.by_name[match]) for match in near]
                raise UnknownName(
                    _("“%(name)s” is not among the %(kind)s.") % named,
                    _(
                        "Did you mean %(names)s? If it is another one, allow new terms: check the box below the file, "
                        "or add --create-terms to the command."
                    )
                    % {"names": quoted(dict.fromkeys(known))},
                )
            row = self.model(key=self._free(name), name=name)
        row.full_clean()
        row.save()
        self.created.append(name)
        self.add(row)
        return row

    def _shown(self, row: models.Model) -> str:
        return row.name or self.label(row)

    def _free(self, name: str) -> str:
        stem = slugify(name)[:50] or self.model._meta.model_name
        candidate, number = stem, 2
        # Keys and slugs are among the names.
        while folded(candidate) in self.by_name:
            candidate, number = f"{stem}-{number}", number + 1
        return candidate


class WorkVocabulary:
    """Programs, regions or bills: source editions by key, by title in either language, and bills by number."""

    def __init__(self, model: type[models.Model]):
        self.model = model
        self.rows: dict[int, models.Model] = {}
        self.by_name: dict[str, models.Model] = {}
        self.created: list[str] = []
        sources: dict = {}
        for page in model.objects.filter(alias_of__isnull=True).order_by("pk"):
            source = sources.setdefault(page.translation_key, page)
            self.rows[source.pk] = source
            for name in (page.key, page.title, getattr(page, "number", ""), getattr(page, "acronym", "")):
                if name:
                    self.by_name.setdefault(folded(name), source)

    def label(self, row: models.Model) -> str:
        return row.key

    def find(self, name: str) -> models.Model:
        row = self.by_name.get(folded(name))
        if row is None:
            raise UnknownName(
                _("“%(name)s” is not among the %(kind)s.")
                % {"name": name, "kind": self.model._meta.verbose_name_plural},
                did_you_mean(name, (self.label(row) for row in self.rows.values())),
            )
        return row


class Vocabularies:
    """Every vocabulary, read when first asked for."""

    def __init__(self, create_terms: bool = False):
        self.create_terms = create_terms
        self.loaded: dict[type[models.Model], Vocabulary | WorkVocabulary] = {}

    def of(self, model: type[models.Model]) -> Vocabulary | WorkVocabulary:
        if model not in self.loaded:
            if model in (ProgramPage, RegionPage, BillPage):
                self.loaded[model] = WorkVocabulary(model)
            else:
                self.loaded[model] = Vocabulary(model, self.create_terms)
        return self.loaded[model]

    def created(self) -> dict[str, list[str]]:
        """What was made, by the name of its kind."""
        found = {model: vocabulary.created for model, vocabulary in self.loaded.items() if vocabulary.created}
        return {str(model._meta.verbose_name_plural): names for model, names in found.items()}


def _bare_county(name: str) -> str:
    bare = name.casefold()
    for word in _AROUND_COUNTIES:
        bare = bare.removeprefix(f"{word} ").removesuffix(f" {word}")
    return bare
