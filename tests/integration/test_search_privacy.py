"""Nothing private is found, counted, completed or suggested, in any language; changes act at once."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from assets.models import CustomDocument
from resources.models import (
    Organization,
    PartnerPage,
    PartnerRoleKind,
    PartnersPage,
    Person,
    ProgramPartnerRole,
    ResourceAuthor,
    ResourceFile,
    ResourcePage,
    Topic,
)
from search import hidden
from search.completion import complete
from search.service import find_works
from search.worker import Worker
from tests.search_site import SearchSite, find, keys, read_document

pytestmark = pytest.mark.django_db
SECRET = "okapi"


@pytest.fixture
def library():
    site = SearchSite()
    site.resource("open", title_en="An open report", title_es="Un informe abierto", topics=["data"])
    site.index()
    site.catch_up()
    return site


def everything(client, word: str) -> str:
    """What every endpoint says to somebody who guesses a word of a work."""
    paths = [
        path
        for language in ("en", "es")
        for path in (
            f"/{language}/library/?q={word}",
            f"/{language}/library/",
            f"/{language}/library/?topic={word}&program={word}",
            f"/api/v1/search?q={word}&lang={language}",
            f"/api/v1/search?lang={language}&size=100",
            f"/api/v1/complete?q={word[:6]}&lang={language}",
            f"/api/v1/search?q={word[:-1]}x&lang={language}",
            f"/api/v1/works/{word}?lang={language}",
        )
    ]
    return "\n".join(client.get(path).content.decode().lower() for path in paths)


def assert_hidden(client, word: str) -> None:
    """A guessed word finds nothing, and the word beside it (SECRET) is told nowhere."""
    assert find(word).total == find(word, "es").total == 0
    assert find(word, repair=False).total == 0
    assert SECRET not in everything(client, word)


def test_drafts_are_hidden(library, client):
    library.resource(
        "zanzibar", title_en="Zanzibar okapi", title_es="Zanzibar okapi", body_en="zanzibar okapi", live=False
    )
    library.catch_up()
    library.index()
    assert_hidden(client, "zanzibar")


def test_a_work_that_is_unpublished_disappears_in_every_language(library, client):
    work = library.resource("quetzal", title_en="Quetzal okapi", title_es="Okapi quetzal", summary_es="okapi")
    library.catch_up()
    assert keys("quetzal") == keys("quetzal", "es") == ["quetzal"]
    for page in ResourcePage.objects.filter(translation_key=work.translation_key):
        page.unpublish()
    library.catch_up()
    assert_hidden(client, "quetzal")


def test_an_unpublished_edition_takes_only_its_own_words_away(library):
    work = library.resource("tucan", title_en="Toucan report", title_es="Informe tucán")
    library.catch_up()
    ResourcePage.objects.get(translation_key=work.translation_key, locale__language_code="es").unpublish()
    library.catch_up()
    assert keys("tucán", "es", repair=False) == []
    assert keys("toucan", "es") == ["tucan"]


def test_a_restricted_work_disappears_in_every_language(library, client):
    work = library.resource("axolotl", title_en="Axolotl okapi", title_es="Okapi axolotl")
    library.catch_up()
    assert keys("axolotl", "es") == ["axolotl"]
    restriction = PageViewRestriction.objects.create(page=work, restriction_type=PageViewRestriction.LOGIN)
    library.catch_up()
    assert_hidden(client, "axolotl")
    restriction.delete()
    library.catch_up()
    assert keys("axolotl", "es") == ["axolotl"]


def test_works_below_a_restricted_page_disappear(library, client):
    library.resource("ocelot", title_en="Ocelot report", title_es="Informe ocelot")
    library.catch_up()
    restriction = PageViewRestriction.objects.create(
        page=library.libraries["en"], restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.create(name="Staff"))
    library.catch_up()
    assert find("ocelot").total == find("ocelot", "es").total == 0


@pytest.mark.parametrize("ending", ["restricted", "unpublished", "deleted"])
def test_a_private_work_never_shows_even_before_the_index_knows(library, client, ending):
    work = library.resource("manatee", title_en="Manatee okapi", title_es="Okapi manatí", topics=["elpac"])
    library.catch_up()
    assert [find(text, "es").total for text in ("manatee", "okapi", "manatí", "")] == [1, 1, 1, 3]
    editions = ResourcePage.objects.filter(translation_key=work.translation_key)
    if ending == "restricted":
        PageViewRestriction.objects.create(page=work, restriction_type=PageViewRestriction.LOGIN)
    else:
        [edition.unpublish() if ending == "unpublished" else edition.delete() for edition in editions]
    assert find_works(["manatee"], "en") == []
    assert_hidden(client, "manatee")
    for language in ("en", "es"):
        # The word of a private title is not even what a mistake is mended to.
        assert [find(text, language).suggestion for text in ("manatea", "okapy", "manaty")] == [""] * 3
        everything_left = find("", language)
        assert everything_left.total == 2
        assert [value.value for facet in everything_left.facets if facet.name == "topic" for value in facet.values] == [
            "data"
        ]


@pytest.mark.parametrize("reader", ["en", "es"])
@pytest.mark.parametrize("ending", ["unpublished", "deleted"])
def test_of_an_edition_that_is_gone_nothing_shows_even_before_the_index_knows(library, client, ending, reader):
    work = library.resource(
        "tapir",
        title_en="Tapir report",
        title_es="Okapi tapir",
        summary_es="De okapi y tapir",
        body_es="Okapi, tapir, okapi",
    )
    library.catch_up()
    assert "okapi" in str(find("tapir", "es").results[0].card.title).lower()
    edition = ResourcePage.objects.get(translation_key=work.translation_key, locale__language_code="es")
    edition.unpublish() if ending == "unpublished" else edition.delete()
    for results in (find("tapir", reader).results, find("okapi", reader).results, find_works(["tapir"], reader)):
        (found,) = results
        assert (found.card.title, found.card.lang, found.editions) == ("Tapir report", "en", ("en",))
        assert SECRET not in str(vars(found.card)).lower() + str(found).lower()
    assert SECRET not in client.get(f"/api/v1/works/tapir?lang={reader}").content.decode().lower()


def test_a_name_that_only_a_work_made_private_holds_is_no_completion_even_before_the_index_knows(library):
    works = [library.resource(key, title_en=f"Report {key}") for key in ("one", "two")]
    kept_back, shared = (Person.objects.create(key=name.lower(), name=f"{name} Okapi") for name in ("Hidden", "Shared"))
    ResourceAuthor.objects.create(page=works[0], person=kept_back)
    for work in works:
        ResourceAuthor.objects.create(page=work, person=shared)
    library.index()
    library.catch_up()
    assert [line.text for line in complete("okapi", "en")] == ["Shared Okapi", "Hidden Okapi"]
    PageViewRestriction.objects.create(page=works[0], restriction_type=PageViewRestriction.LOGIN)
    assert [line.text for line in complete("okapi", "en")] == [line.text for line in complete("okapi", "es")]
    assert [line.text for line in complete("okapi", "es")] == ["Shared Okapi"]


def test_a_private_work_stays_hidden_however_many_public_ones_wait_after_it(library, client, monkeypatch):
    work = library.resource("dugong", title_en="Dugong okapi", title_es="Okapi dugón")
    library.catch_up()
    PageViewRestriction.objects.create(page=work, restriction_type=PageViewRestriction.LOGIN)
    monkeypatch.setattr(hidden, "MOST_HIDDEN", 3)
    for number in range(5):
        library.resource(f"later-{number}", title_en="A later report", title_es="Un informe posterior")
    assert_hidden(client, "dugong")
    for language in ("en", "es"):
        assert [find(text, language).suggestion for text in ("dugung", "okapy")] == [""] * 2


def test_deleted_works_disappear(library, client):
    work = library.resource("capybara", title_en="Capybara okapi")
    library.catch_up()
    work.delete()
    library.catch_up()
    assert_hidden(client, "capybara")


def test_a_person_known_only_from_a_private_work_is_no_completion(library, client):
    work = library.resource("hidden", title_en="Hidden", live=False)
    ResourceAuthor.objects.create(page=work, person=Person.objects.create(key="wolverine", name="Wolverine Okapi"))
    library.index()
    assert_hidden(client, "wolverine")


def test_a_partner_that_is_a_draft_is_not_told_by_the_program_that_names_it(library, client):
    organization = Organization.objects.create(key="secret", name="Ocelot Okapi")
    listing = library.homes["en"].add_child(
        instance=PartnersPage(title="Partners", slug="partners", locale=library.locales["en"])
    )
    partner = listing.add_child(
        instance=PartnerPage(
            title="Ocelot Okapi", slug="ocelot", live=False, locale=library.locales["en"], organization=organization
        )
    )
    program = library.program("open-program", "An open program")
    kind = library.term(PartnerRoleKind, "supporter")
    ProgramPartnerRole.objects.create(page=program, partner=partner, kind=kind)
    library.index()
    assert_hidden(client, "ocelot")
    partner.get_latest_revision() or partner.save_revision().publish()
    library.index()
    assert "open-program" in keys("ocelot")


def test_a_person_of_a_public_work_is_found_and_completed(library, client):
    work = library.resource("shown", title_en="Shown")
    ResourceAuthor.objects.create(page=work, person=Person.objects.create(key="badger", name="Badger Shown"))
    library.index()
    assert keys("badger") == ["shown"]
    assert "Badger Shown" in client.get("/api/v1/complete?q=badg").content.decode()


def test_a_renamed_topic_is_found_by_its_new_name(library):
    topic = Topic.objects.get(slug="data")
    topic.name_en = "Wolframite figures"
    topic.save()
    library.catch_up()
    assert keys("wolframite") == ["open"]


def test_the_text_of_files_is_found_unless_their_collection_is_private(library, client):
    public = Collection.get_first_root_node().add_child(name="Public")
    private = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=private, restriction_type=CollectionViewRestriction.LOGIN)
    work = library.resource("with-files", title_en="With files")
    ResourceFile.objects.create(page=work, language="en", document=read_document(public, "A lemur sleeps."))
    ResourceFile.objects.create(page=work, language="en", document=read_document(private, f"A wombat {SECRET} sleeps."))
    library.index()
    assert keys("lemur") == ["with-files"]
    assert_hidden(client, "wombat")


def test_the_text_of_a_file_goes_when_its_collection_becomes_private(library):
    collection = Collection.get_first_root_node().add_child(name="For now")
    work = library.resource("with-file", title_en="With a file")
    ResourceFile.objects.create(page=work, language="en", document=read_document(collection, "A tapir sleeps."))
    library.index()
    assert keys("tapir") == ["with-file"]
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    library.catch_up()
    assert keys("tapir", repair=False) == []
    restriction.delete()
    library.catch_up()
    assert keys("tapir") == ["with-file"]


def test_a_file_that_is_read_later_is_found_then(library):
    document = CustomDocument(title="A file", collection=Collection.get_first_root_node(), language="en")
    document.file.save("later.txt", ContentFile(b"A gecko sleeps."), save=False)
    document.save()
    work = library.resource("later", title_en="Later")
    ResourceFile.objects.create(page=work, language="en", document=document)
    library.index()
    assert keys("gecko") == []
    while Worker().read_documents():
        continue
    library.catch_up()
    assert keys("gecko") == ["later"]
