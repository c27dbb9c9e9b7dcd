"""Nothing private is told anywhere: of everything private a made-up word is looked for on every public address.

Whatever answers a guessed word may never say the hidden one beside it, and may never suggest the guessed one for a word
like it (see `tests.private_world`).
"""

from urllib.parse import quote

import pytest
from wagtail.models import Page, PageViewRestriction

from assets.models import CustomDocument
from resources import languages
from search.service import find_works
from tests.private_world import LANGUAGES, THINGS, World, guess, hidden, mistyped
from tests.search_site import find, kept_for_a_module

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker, World) as world:
        yield world


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


def said(client, addresses) -> str:
    return "\n".join(client.get(address).content.decode().lower() for address in addresses)


def public_addresses() -> set[str]:
    """The pages that readers of each language can open, and what is there for machines."""
    keys = set(languages.public_editions().values_list("translation_key", flat=True))
    found = {edition.url for code in LANGUAGES for edition in languages.localized(keys, language=code).values()}
    return {*found, "/sitemap.xml", "/robots.txt", "/api/v1/openapi.json"}


def pages_with_files(language: str) -> list[str]:
    """Pages on which one searches inside a work."""
    pages = Page.objects.filter(slug__in=["with-files-en", "recording"])
    return [edition.url for edition in languages.localized(pages, language=language).values()]


def answers_to(client, word: str) -> str:
    """What every address that takes words says to one."""
    asked = []
    for code, library in (("en", "/en/library/"), ("es", "/es/library/")):
        for typed in (word, mistyped(word), f'"{word}"', f"-{word}"):
            asked += [f"{library}?q={quote(typed)}", f"/api/v1/search?q={quote(typed)}&lang={code}&size=100"]
        asked += [f"{library}?{facet}={word}" for facet in ("topic", "program", "county", "bill", "resource_type")]
        asked += [f"/api/v1/complete?q={typed}&lang={code}" for typed in (word, word[:3], word[:5], mistyped(word))]
        asked += [f"{url}?q={typed}" for url in pages_with_files(code) for typed in (word, mistyped(word))]
        asked += [f"/api/v1/works/{word}?lang={code}", f"{library}{word}-{code}/", f"/{code}/{word}/"]
    return said(client, asked)


@pytest.mark.parametrize("thing", THINGS)
def test_a_guessed_word_is_answered_with_nothing(world, client, thing, language):
    word = guess(thing, language)
    assert find(word, language).total == 0
    assert find(word, language, repair=False, expand=False).total == 0
    assert len(pages_with_files(language)) == 2
    answers = answers_to(client, word)
    assert hidden(thing, language) not in answers
    assert find_works([word], language) == []


@pytest.mark.parametrize("thing", THINGS)
def test_a_private_word_is_never_suggested_for_one_like_it(world, client, thing, language):
    word = guess(thing, language)
    for code in LANGUAGES:
        answers = said(
            client,
            [
                f"/{code}/library/?q={mistyped(word)}",
                f"/api/v1/search?q={mistyped(word)}&lang={code}",
                f"/api/v1/complete?q={word[:4]}&lang={code}",
            ],
        )
        assert word not in answers


def test_no_public_page_says_a_private_word(world, client):
    """Pages with their heads, structured data, menus, lists and works alike; sitemap; what the API tells of all."""
    everything = [f"/api/v1/search?lang={code}&size=100" for code in LANGUAGES]
    everything += [f"/api/v1/works/{key}?lang={code}" for key in ("public", "with-files") for code in LANGUAGES]
    everything += [f"/{code}/library/?sort={sort}" for code in LANGUAGES for sort in ("title", "oldest")]
    text = said(client, [*sorted(public_addresses()), *everything])
    assert "an open report" in text
    assert "con un borrador" in text
    words = {(thing, code): (guess(thing, code), hidden(thing, code)) for thing in THINGS for code in LANGUAGES}
    assert [place for place, (first, second) in words.items() if first in text or second in text] == []


def test_the_address_of_a_private_page_tells_nothing_of_it(world, client):
    for page in Page.objects.filter(depth__gt=2).exclude(pk__in=languages.public_editions()):
        url = page.get_url()
        response = client.get(url, follow=True)
        answer = response.content.decode().lower().replace(quote(url).lower(), "").replace(url.lower(), "")
        for thing in THINGS:
            for code in LANGUAGES:
                assert hidden(thing, code) not in answer, (page, thing)


def test_a_private_document_is_not_given_out(world, client):
    for document in CustomDocument.objects.filter(collection__name="Private"):
        assert client.get(document.url).status_code in (302, 404)


MADE_PRIVATE = "tivogadure"


def test_what_was_public_is_not_told_from_any_cache(world, client):
    """Neither before the index knows of it nor afterwards."""
    texts = {
        f"{field}_{code}": f"{MADE_PRIVATE} {MADE_PRIVATE}s" for field in ("title", "summary") for code in LANGUAGES
    }
    work = world.resource(MADE_PRIVATE, **texts, topics=["secrets"])
    other = world.resource("beside", title_en="Secrets beside", title_es="Secretos al lado", topics=["secrets"])
    world.recommend("made private", work)
    world.catch_up()
    key = other.translation_key
    pages = [languages.localized([key], language=code)[key].url for code in LANGUAGES]
    asked = [f"/api/v1/works/{MADE_PRIVATE}?lang={code}" for code in LANGUAGES]
    asked += [f"/api/v1/search?q={MADE_PRIVATE}&lang={code}" for code in LANGUAGES]
    asked += [f"/api/v1/search?q={guess('made private', code)}&lang={code}" for code in LANGUAGES]
    asked += [f"/api/v1/complete?q={MADE_PRIVATE[:5]}&lang={code}" for code in LANGUAGES]
    tags = {}
    for address in (*pages, *asked):
        answer = client.get(address)
        assert answer.status_code == 200
        assert f"{MADE_PRIVATE}s" in answer.content.decode()
        tags[address] = answer.get("ETag", '"none"')
    world.restrict(work, PageViewRestriction.LOGIN)
    for index_knows in (False, True):
        if index_knows:
            world.catch_up()
        for address, tag in tags.items():
            answer = client.get(address, headers={"If-None-Match": tag})
            assert answer.status_code == (404 if "/works/" in address else 200)
            assert f"{MADE_PRIVATE}s" not in answer.content.decode()
        for code in LANGUAGES:
            assert f"{MADE_PRIVATE}s" not in client.get(f"/{code}/library/?q={MADE_PRIVATE}").content.decode()
        assert MADE_PRIVATE not in client.get("/sitemap.xml").content.decode()
