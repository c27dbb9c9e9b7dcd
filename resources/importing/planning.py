"""What an import would do: which works are new, which change and in what, and what stands in the way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from resources.importing.columns import KEPT
from resources.importing.drafts import drafts_of, scheduled_pages
from resources.importing.library import CHUNK, Library
from resources.importing.loading import load_works
from resources.importing.pairing import FIELDS, missing_parts, untitled
from resources.importing.places import Addresses, Parents, Place
from resources.importing.problems import ProblemList, quoted
from resources.importing.rich_text import works_linked
from resources.importing.rows import ParsedRow, check_dates
from resources.importing.schema import column_named
from resources.importing.works import LANGUAGES, Work
from resources.language_names import language_within_sentence


@dataclass
class Plan:
    """Rows whose works are new or changed. `changes`: key → columns that differ; `new_languages`: key → languages."""

    new: list[ParsedRow] = field(default_factory=list)
    changed: list[ParsedRow] = field(default_factory=list)
    unchanged: int = 0
    changes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    new_languages: dict[str, tuple[str, ...]] = field(default_factory=dict)
    # Convenings made for recordings whose row names none.
    implied: list[ParsedRow] = field(default_factory=list)
    # Addresses that changed works are going to have, by place.
    promised: dict[Place, set[str]] = field(default_factory=dict)


class Planner:
    """Compares rows with the library."""

    def __init__(self, rows: list[ParsedRow], library: Library, problems: ProblemList):
        self.rows, self.library, self.problems = rows, library, problems
        self.parents = Parents()
        self.addresses = Addresses()
        self.scheduled: set[int] = set()
        self.plan = Plan(promised=self.addresses.promised)

    def make(self, progress: Callable[[int, int], None]) -> Plan:
        for done, chunk in self.chunks():
            works = load_works(row.key for row in chunk if row.key in self.library.existing)
            self.scheduled = scheduled_pages(works.values())
            for row in chunk:
                self.check_links(row)
                if row.key in works:
                    self.compare(row, works[row.key])
                else:
                    self.add(row)
            progress(done, len(self.rows))
        return self.plan

    def chunks(self) -> Iterator[tuple[int, list[ParsedRow]]]:
        # Convenings first: recordings stand below them.
        rows = sorted(self.rows, key=lambda row: row.type == "recording")
        for start in range(0, len(rows), CHUNK):
            chunk = rows[start : start + CHUNK]
            yield start + len(chunk), chunk

    def add(self, row: ParsedRow) -> None:
        texts = {
            language: {name: row.values.get(f"{name}_{language}", "") for name in FIELDS} for language in row.languages
        }
        self.check_texts(row, texts)
        for language in row.languages:
            if row.values.get(f"body_{language}") == KEPT:
                self.refuse_kept(row, f"body_{language}")
        if row.type == "recording" and not row.values.get("convening"):
            self.imply_convening(row)
        self.check_parents(row, row.languages)
        self.check_addresses(row, row.languages)
        self.plan.new.append(row)

    def imply_convening(self, row: ParsedRow) -> None:
        """A recording that names no convening gets one of its own name, date and programs."""
        key = f"{row.key}-convening"[:100]
        row.values["convening"] = key
        if self.library.is_convening(key):
            return
        if self.library.knows(key):
            message = _("The key “%(key)s” is that of another work.") % {"key": key}
            self.problems.add(row.number, "convening", message, _("Write the key of the recording's convening."))
            return
        shared = [f"title_{language}" for language in row.languages]
        shared += ["date", "topics", "audiences", "grades", "program", "regions", "counties", "bills"]
        values = {name: row.values[name] for name in shared if name in row.values}
        convening = ParsedRow(row.number, key, "convening", row.languages, values)
        self.library.row_types[key] = "convening"
        self.parents.announce(convening)
        self.check_parents(convening, row.languages)
        self.plan.implied.append(convening)

    def compare(self, row: ParsedRow, work: Work) -> None:
        changed, texts = [], {}
        for name, value in row.values.items():
            if name == "convening" or value != column_named(name).value_of(work, self.library):
                changed.append(name)
        if "convening" in changed and row.values["convening"] == self.library.parent_key(work.source):
            changed.remove("convening")
        kept = [name for name in changed if name.startswith("body_") and row.values[name] == KEPT]
        for name in kept:
            if name[5:] in row.languages:
                self.refuse_kept(row, name)
        changed = [name for name in changed if name not in kept]
        new_languages = tuple(language for language in row.languages if language not in work.editions)
        if not changed:
            self.plan.unchanged += 1
            return
        languages = tuple(language for language in LANGUAGES if language in {*work.editions, *new_languages})
        for message, remedy in drafts_of(work, self.scheduled):
            self.problems.add(row.number, "", message, remedy)
        self.check_titles(row, changed, languages)
        self.check_kept_date(row, work)
        for language in languages:
            texts[language] = {name: self.text(row, work, name, language) for name in FIELDS}
        self.check_texts(row, texts)
        self.check_parents(row, new_languages, work)
        if "convening" in changed:
            self.check_move(row, work)
        self.check_addresses(row, languages, work)
        self.plan.changed.append(row)
        self.plan.changes[row.key] = tuple(changed)
        self.plan.new_languages[row.key] = new_languages

    def text(self, row: ParsedRow, work: Work, name: str, language: str) -> str:
        column = column_named(f"{name}_{language}")
        if column is None or work.work_type not in column.types:
            return ""
        return row.values.get(column.name, column.value_of(work, self.library))

    # What stands in the way

    def check_titles(self, row: ParsedRow, changed: list[str], languages: tuple[str, ...]) -> None:
        for column in map(column_named, changed):
            if column.needs_edition and column.language not in languages:
                self.problems.add(row.number, column.name, *untitled(column.language))

    def check_kept_date(self, row: ParsedRow, work: Work) -> None:
        """One date of a convening may stand in the table and the other in the library."""
        names = ("date", "date_end")
        if row.type != "convening" or sum(name in row.values for name in names) != 1:
            return
        # A cell that could not be read is not compared besides.
        if not any((row.number, name) in self.problems.places for name in names):
            start, end = (row.values.get(name, column_named(name).value_of(work, self.library)) for name in names)
            check_dates(row, start, end, self.problems)

    def check_texts(self, row: ParsedRow, texts: dict[str, dict[str, str]]) -> None:
        for column, message, remedy in missing_parts(texts):
            name = column.partition("_")[0]
            # A cell that could not be read is not missing besides.
            if not any((row.number, f"{name}_{language}") in self.problems.places for language in LANGUAGES):
                self.problems.add(row.number, column, message, remedy)

    def refuse_kept(self, row: ParsedRow, column: str) -> None:
        message = _("“%(text)s” stands for a body that a table cannot hold, and the library has none.") % {"text": KEPT}
        self.problems.add(row.number, column, message, _("Write the body, or empty the cell."))

    def check_links(self, row: ParsedRow) -> None:
        for language in LANGUAGES:
            name = f"body_{language}"
            unknown = [key for key in works_linked(row.values.get(name) or "") if not self.library.knows(key)]
            if unknown:
                message = _("There is no work with the key %(keys)s.") % {"keys": quoted(unknown)}
                self.problems.add(row.number, name, message, _("Correct the link to it."))

    def check_addresses(self, row: ParsedRow, languages: tuple[str, ...], work: Work | None = None) -> None:
        for language in languages:
            slug = row.values.get(f"slug_{language}")
            place = self.parents.place(row, language, work) if slug else None
            if place and work and language in work.editions:
                self.addresses.promise(place, slug)
            if place and not self.addresses.take(place, slug, row.key, work):
                message = _("Another page has the address “%(slug)s”.") % {"slug": slug}
                self.problems.add(row.number, f"slug_{language}", message, _("Choose another, or empty the cell."))

    def check_move(self, row: ParsedRow, work: Work) -> None:
        """A recording moves with all its editions, and with its addresses where the table gives no others."""
        for language, page in work.editions.items():
            column = f"slug_{language}"
            place = self.parents.place(row, language, work)
            if place is None:
                message = _("The convening “%(key)s” has no edition in %(language)s.") % {
                    "key": row.values["convening"],
                    "language": language_within_sentence(language),
                }
                remedy = _("Give it one first, or choose another convening.")
                self.problems.add(row.number, "convening", message, remedy)
            elif column not in row.values and not self.addresses.take(place, page.slug, row.key, work):
                message = _("Another page there has the address “%(slug)s”.") % {"slug": page.slug}
                remedy = _("Choose another address in %(column)s, or another convening.") % {"column": column}
                self.problems.add(row.number, "convening", message, remedy)
            else:
                self.addresses.promise(place, row.values.get(column) or page.slug)

    def check_parents(self, row: ParsedRow, languages: tuple[str, ...], work: Work | None = None) -> None:
        for language in languages:
            if not self.parents.has(row, language, work):
                message = _("There is no %(language)s page that this work could stand under.") % {
                    "language": language_within_sentence(language)
                }
                self.problems.add(row.number, f"title_{language}", message, self.parents.remedy(row))
