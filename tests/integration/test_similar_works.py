"""“More like this”: works alike, in the reader's language, public ones only, and nothing rather than noise."""

import re
from contextlib import suppress

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from resources import languages
from resources.models import RelatedWork, ResourcePage
from search.documents import library_editions
from search.engines import index_engine
from search.engines.base import EngineUnavailable
from search.indexing import roll_back
from search.similar import MOST_SHOWN, WORK_TYPES, similar_works
from tests.search_site import SearchSite

pytestmark = pytest.mark.django_db

HEADINGS = {"en": "More like this", "es": "Recursos parecidos"}
SECTION = re.compile(r'<section class="section similar".*?</section>', re.S)


@pytest.fixture
def library():
    site = SearchSite()
    site.resource(
        "guide",
        title_en="A guide to reclassification",
        title_es="Guía de la reclasificación",
        summary_en="How students leave the programs for English learners.",
        summary_es="Cómo salen los estudiantes de los programas para aprendices de inglés.",
        topics=["reclassification"],
    )
    site.resource(
        "criteria",
        title_en="Four criteria of reclassification",
        title_es="Cuatro criterios de la reclasificación",
        topics=["reclassification"],
    )
    site.resource("ficha", title_es="Ficha de la reclasificación", topics=["reclassification"])
    site.resource("preschool", title_en="Playing in preschool", title_es="El juego en preescolar", topics=["play"])
    for number in range(20):
        site.resource(title_en=f"Minutes of board meeting {number}", title_es=f"Acta {number} de la mesa directiva")
    site.index()
    return site


def key_of(key: str):
    return ResourcePage.objects.filter(key=key).values_list("translation_key", flat=True).first()


def shown(key: str, language: str) -> list[str]:
    return [card.key for card in similar_works(key_of(key), language)]


def section_of(client, key: str, language: str) -> str:
    url = languages.localized([key_of(key)], language=language)[key_of(key)].url
    found = SECTION.search(client.get(url).content.decode())
    return found[0] if found else ""


@pytest.mark.parametrize("language", ["en", "es"])
def test_works_that_are_alike_come_and_others_stay_away(library, language):
    assert set(shown("guide", language)) == {"criteria", "ficha"}
    assert shown("preschool", language) == []


@pytest.mark.parametrize(("language", "title"), [("en", "Four criteria"), ("es", "Cuatro criterios")])
def test_a_page_ends_with_works_like_it_in_the_readers_language(library, client, language, title):
    section = section_of(client, "guide", language)
    assert HEADINGS[language] in section
    assert title in section


def test_a_work_without_an_edition_for_the_reader_is_marked_with_its_language(library, client):
    section = section_of(client, "guide", "en")
    assert re.search(r'<a href="/en/[^"]+" lang="es">Ficha de la reclasificación', section)
    assert "Not in English yet" in section


def test_what_the_page_lists_already_is_not_repeated(library, client):
    guide, criteria = (ResourcePage.objects.get(key=key, locale__language_code="en") for key in ("guide", "criteria"))
    RelatedWork.objects.create(page=guide, work=criteria)
    section = section_of(client, "guide", "en")
    assert "Ficha" in section
    assert "Four criteria" not in section


def test_a_work_made_private_a_moment_ago_is_left_out(library, client):
    assert "Four criteria" in section_of(client, "guide", "en")
    PageViewRestriction.objects.create(
        page=ResourcePage.objects.get(key="criteria", locale__language_code="en"),
        restriction_type=PageViewRestriction.LOGIN,
    )
    for language in ("en", "es"):
        section = section_of(client, "guide", language)
        assert "Ficha" in section
        assert "riteri" not in section
        assert shown("guide", language) == ["ficha"]


def test_a_work_published_a_moment_ago_comes_with_the_index(library):
    assert "news" not in shown("guide", "en")
    library.resource("news", title_en="News of reclassification", topics=["reclassification"])
    library.catch_up()
    assert "news" in shown("guide", "en")


def unavailable(*_args, **_named):
    raise EngineUnavailable("switched off for a test")


def test_without_an_engine_the_section_is_absent(library, client, monkeypatch):
    monkeypatch.setattr("search.engines.embedded.EmbeddedEngine.find", unavailable)
    assert section_of(client, "guide", "en") == ""
    assert shown("criteria", "es") == []


def test_finding_them_costs_the_same_few_queries_whatever_is_found(library):
    counts = []
    for _round in range(2):
        library.index()
        with CaptureQueriesContext(connection) as captured:
            found = shown("guide", "en")
        counts.append((len(found), len(captured)))
        for number in range(4):
            library.resource(title_en=f"Reclassification, part {number}", topics=["reclassification"])
    assert counts[0][0] < counts[1][0]
    assert counts[0][1] == counts[1][1] <= 25


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("breaks_off", [False, True])
def test_what_was_kept_of_the_index_goes_when_the_former_one_comes_back(library, monkeypatch, language, breaks_off):
    kept, asked = shown("guide", language), []
    monkeypatch.setattr("search.similar._of_engine", lambda *arguments: asked.append(arguments) or [])
    assert (shown("guide", language), asked) == (kept, [])
    monkeypatch.setattr(type(index_engine()), "roll_back", lambda self: "the former one")
    if breaks_off:
        monkeypatch.setattr("search.indexing.drift", unavailable)
    with suppress(EngineUnavailable):
        assert roll_back() == "the former one"
    assert shown("guide", language) == []
    assert len(asked) == 1


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_type_of_work_finds_its_like(site_content, client, language):
    types = set()
    for page in library_editions().filter(locale__language_code=language).specific():
        if page.work_type in types or page.work_type not in WORK_TYPES:
            continue
        answer = client.get(page.get_url()).content.decode()
        if found := SECTION.search(answer):
            types.add(page.work_type)
            links = re.findall(r'<a href="([^"]+)"', found[0])
            assert 0 < len(links) <= MOST_SHOWN
            assert page.get_url() not in links
            before = answer[answer.index("<main") : found.start()]
            assert not any(f'href="{link}"' in before for link in links)
    # All that is like a region of this content stands on its page already.
    assert types >= WORK_TYPES - {"region"}


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_page_of_a_work_shows_a_card_twice(site_content, client, language):
    for page in library_editions().filter(locale__language_code=language).specific():
        if page.work_type not in WORK_TYPES:
            continue
        shown = re.findall(
            r'<h\d class="work-card__title"><a href="([^"]+)"', client.get(page.get_url()).content.decode()
        )
        assert len(shown) == len(set(shown)), (
            f"{page.get_url()}: {sorted(url for url in shown if shown.count(url) > 1)}"
        )
