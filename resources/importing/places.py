"""Where works stand in the page tree: their parents by language, and free places below them."""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from resources.importing.rows import ParsedRow
from resources.importing.works import MODELS, Work
from resources.models import ConveningsPage, ProgramPage, WorkKey

LONGEST_SLUG = 200
# The number of a page, or the key and language of a convening that is still to come.
Place = int | tuple[str, str]


class Parents:
    """The page below which each edition of a work stands: the library, a program's convenings, or a convening."""

    def __init__(self):
        self.languages = {locale.pk: locale.language_code for locale in Locale.objects.all()}
        self.lists: dict[str, dict[str, Page]] = {}
        self.convenings: dict[str, dict[str, Page]] = {}
        # Convenings that the table itself brings: key → languages.
        self.coming: dict[str, tuple[str, ...]] = {}

    def announce(self, row: ParsedRow) -> None:
        self.coming[row.key] = row.languages

    def place(self, row: ParsedRow, language: str, work: Work | None = None) -> "Place | None":
        """The parent by which an address is taken: also one that the table itself brings."""
        if row.type == "recording" and (key := row.values.get("convening")) in self.coming:
            return (key, language) if language in self.coming[key] else None
        parent = self.of(row, language, work)
        return parent.pk if parent else None

    def has(self, row: ParsedRow, language: str, work: Work | None = None) -> bool:
        if row.type == "convening" and work is None:
            self.announce(row)
        if row.type == "recording" and row.values.get("convening") in self.coming:
            return language in self.coming[row.values["convening"]]
        return self.of(row, language, work) is not None

    def of(self, row: ParsedRow, language: str, work: Work | None = None) -> Page | None:
        """The parent of the edition in `language`."""
        if work is not None and not (row.type == "recording" and row.values.get("convening")):
            return self._editions(work.source.get_parent()).get(language)
        match row.type:
            case "resource":
                return self.list_of("resource").get(language)
            case "convening":
                return self._convenings_of(row.values.get("program", ())).get(language)
        return self.convening(row.values["convening"]).get(language)

    def convening(self, key: str) -> dict[str, Page]:
        if key not in self.convenings:
            translation_key = WorkKey.objects.filter(key=key).values_list("translation_key", flat=True).first()
            pages = MODELS["convening"].objects.filter(translation_key=translation_key, alias_of__isnull=True)
            self.convenings[key] = self._by_language(Page.objects.filter(pk__in=pages))
        return self.convenings[key]

    def list_of(self, type_name: str) -> dict[str, Page]:
        """The first page of the site that may hold works of this type, in each language."""
        if type_name not in self.lists:
            model = MODELS[type_name].clean_parent_page_models()[0]
            first = model.objects.filter(alias_of__isnull=True).order_by("path").first()
            self.lists[type_name] = self._editions(first) if first else {}
        return self.lists[type_name]

    def _convenings_of(self, program_ids: tuple[int, ...]) -> dict[str, Page]:
        """Convenings of the first program that has a list of them, or stands below one that has; else the first."""
        for pk in program_ids:
            if (name := f"program-{pk}") not in self.lists:
                program = ProgramPage.objects.get(pk=pk)
                above = [program.path[:end] for end in range(len(program.path), 0, -Page.steplen)]
                lists = {page.path[: -Page.steplen]: page for page in ConveningsPage.objects.all()}
                found = next((lists[path] for path in above if path in lists), None)
                self.lists[name] = self._editions(found) if found else {}
            if self.lists[name]:
                return self.lists[name]
        return self.list_of("convening")

    def _editions(self, page: Page) -> dict[str, Page]:
        return self._by_language(Page.objects.filter(translation_key=page.translation_key, alias_of__isnull=True))

    def _by_language(self, pages) -> dict[str, Page]:
        return {self.languages[page.locale_id]: page for page in pages.order_by("pk")}

    def remedy(self, row: ParsedRow) -> str:
        if row.type == "recording":
            return _("Give its convening an edition in this language, or leave the cells of this language empty.")
        if row.type == "convening":
            return _("Add a list of convenings under the program, in this language, in the admin.")
        return _("Add the library page in this language in the admin.")


class Addresses:
    """Which works have which last parts of addresses below a parent, in the library and in the table."""

    def __init__(self):
        self.owners: dict[Place, dict[str, object]] = {}
        # What pages of the library are going to have: new ones must not be given it meanwhile.
        self.promised: dict[Place, set[str]] = defaultdict(set)

    def take(self, place: Place, slug: str, key: str, work: Work | None) -> bool:
        """Whether the work may have the slug there."""
        owner = work.translation_key if work else key
        if place not in self.owners:
            self.owners[place] = dict(_children(place).values_list("slug", "translation_key"))
        return self.owners[place].setdefault(slug, owner) == owner

    def promise(self, place: Place, slug: str) -> None:
        self.promised[place].add(slug)


def _children(place: Place):
    """The pages below a page; none below one that is still to come."""
    parent = Page.objects.filter(pk=place).first() if isinstance(place, int) else None
    return Page.objects.child_of(parent) if parent else Page.objects.none()


class Places:
    """Hands out free places in the page tree: path, depth and address of new pages below given parents."""

    def __init__(self, promised: dict[Place, set[str]] | None = None):
        self.promised = promised or {}
        self.steps: dict[int, int] = {}
        self.slugs: dict[int, set[str]] = {}
        self.added: dict[int, int] = defaultdict(int)

    def free_slug(self, parent: Page, wish: str) -> str:
        """The wished address, with a number behind it where a sibling has it."""
        if parent.pk not in self.slugs:
            children = Page.objects.filter(path__startswith=parent.path, depth=parent.depth + 1)
            self.slugs[parent.pk] = {*children.values_list("slug", flat=True), *self.promised.get(parent.pk, ())}
        stem = slugify(wish)[:LONGEST_SLUG].strip("-") or "work"
        slug, number = stem, 2
        while slug in self.slugs[parent.pk]:
            slug, number = f"{stem}-{number}", number + 1
        self.slugs[parent.pk].add(slug)
        return slug

    def put(self, page: Page, parent: Page) -> None:
        """Gives an unsaved page its place below the parent. Its slug must be free."""
        if parent.pk not in self.steps:
            self.steps[parent.pk] = self._last_step(parent)
        self.steps[parent.pk] += 1
        page.path = Page._get_path(parent.path, parent.depth + 1, self.steps[parent.pk])
        page.depth = parent.depth + 1
        page.url_path = f"{parent.url_path}{page.slug}/"
        self.added[parent.pk] += 1

    def _last_step(self, parent: Page) -> int:
        """The place of the last child, with the parent locked until the transaction ends."""
        locked = Page.objects.select_for_update().get(pk=parent.pk)
        children = Page.objects.filter(path__startswith=locked.path, depth=locked.depth + 1)
        last = children.order_by("-path").values_list("path", flat=True).first()
        return Page._str2int(last[-Page.steplen :]) if last else 0

    def came(self, convenings: Mapping[tuple[str, str], Page]) -> None:
        """What was promised below convenings that were still to come holds below their pages."""
        for place, slugs in list(self.promised.items()):
            if place in convenings:
                self.promised[convenings[place].pk] = slugs

    def moving(self, parent: Page) -> None:
        """Before the page tree itself puts a page below the parent: it counts the children that it is told of."""
        self.count_children()
        self.steps.pop(parent.pk, None)

    def count_children(self) -> None:
        """Tells the parents how many children came."""
        for pk, count in self.added.items():
            Page.objects.filter(pk=pk).update(numchild=F("numchild") + count)
        self.added.clear()
