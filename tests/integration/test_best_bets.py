"""Recommendations: what editors choose for a search stands above its results, for exactly that search."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import PageViewRestriction, ReferenceIndex
from wagtail.test.utils.form_data import inline_formset, nested_form_data
from wagtail.users.models import UserProfile

from assets.models import User
from resources.models import ResourcePage
from search.models import BestBet, BestBetWording, BestBetWork
from tests.search_site import SearchSite, find, keys

pytestmark = pytest.mark.django_db

SECTION = re.compile(r'<section class="best-bets".*?</section>', re.S)


@pytest.fixture
def library():
    site = SearchSite()
    site.resource("guide", title_en="The whole guide", title_es="La guía completa", summary_es="Paso a paso.")
    site.resource("ficha", title_es="Ficha de reclasificación")
    for number in range(3):
        site.resource(f"report-{number}", title_en=f"Report {number} on reclassification rates")
    site.index()
    return site


def page_of(key: str, language: str = "en") -> ResourcePage:
    return ResourcePage.objects.get(key=key, locale__language_code=language)


def recommend(wordings: dict[str, str], works: dict[str, dict], **values) -> BestBet:
    """wording → its language; work's key → its notes."""
    bet = BestBet.objects.create(**values)
    for order, (text, language) in enumerate(wordings.items()):
        BestBetWording.objects.create(bet=bet, text=text, language=language, sort_order=order)
    for order, (key, notes) in enumerate(works.items()):
        BestBetWork.objects.create(
            bet=bet, work=ResourcePage.objects.filter(key=key).first(), sort_order=order, **notes
        )
    return bet


def recommended(text: str, language: str = "en", **values) -> list[str]:
    return [bet.result.key for bet in find(text, language, **values).best_bets]


@pytest.fixture
def guide_first(library):
    notes = {"note_en": "Start with this one.", "note_es": "Empiece por esta."}
    return recommend(
        {"get out of EL": "en", "salir de inglés": "es", "cuáles son los niños": "es", "AB 2268": ""},
        {"guide": notes, "ficha": {}},
    )


@pytest.mark.parametrize(
    "text",
    ["get out of EL", "  Get  OUT of el ", "get out of EL?", "salir de ingles", "Salir de INGLÉS", "ab2268", "AB-2268"]
    + ["cuales son los ninos", "¿Cuáles son los niño?"],
)
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_whole_search_counts_however_it_is_written(guide_first, text, language):
    assert recommended(text, language) == ["guide", "ficha"]


@pytest.mark.parametrize("text", ["get out", "how to get out of EL", "get out of -EL", "EL of out get", "", "2268"])
def test_a_part_of_it_or_more_than_it_does_not(guide_first, text):
    assert recommended(text) == []


def test_pages_after_the_first_and_filters_show_results_alone(guide_first):
    assert recommended("get out of EL", page=2) == []
    assert recommended("get out of EL", filters={"type": ("resource",)}) == []


@pytest.mark.parametrize(
    ("language", "heading", "title", "note"),
    [
        ("en", "Recommended", "The whole guide", "Start with this one."),
        ("es", "Recomendado", "La guía completa", "Empiece por esta."),
    ],
)
def test_the_page_shows_them_above_the_results_in_the_readers_language(
    guide_first, client, language, heading, title, note
):
    page = client.get(f"/{language}/library/?q=get+out+of+EL").content.decode()
    section = SECTION.search(page)[0]
    for words in (heading, title, note):
        assert words in section
    assert f'lang="{"es" if language == "en" else "en"}">{note}' not in section
    assert ('lang="es">Ficha' in section) == (language == "en")


def test_what_is_recommended_is_not_repeated_below(library, client):
    recommend({"reclassification": "en"}, {"report-1": {}})
    page = client.get("/en/library/?q=reclassification").content.decode()
    assert page.count(">Report 1 on") == 1
    assert page.index(">Report 1 on") < page.index(">Report 0 on")
    assert set(keys("reclassification")) >= {"report-0", "report-1", "report-2"}


def test_a_search_that_finds_nothing_else_shows_them(library, client):
    recommend({"xyzzyqq": ""}, {"guide": {}})
    page = client.get("/en/library/?q=xyzzyqq").content.decode()
    assert "The whole guide" in page
    assert "no-results" not in page
    assert "0 results for “xyzzyqq”" in page


def test_a_note_in_one_language_says_its_language_to_readers_of_the_other(library, client):
    recommend({"xyzzyqq": ""}, {"guide": {"note_en": "Only in English."}})
    assert (
        '<p class="best-bets__note" lang="en">Only in English.' in client.get("/es/library/?q=xyzzyqq").content.decode()
    )


def test_the_api_tells_the_same(guide_first, client):
    answer = client.get("/api/v1/search?q=salir+de+ingles&lang=es").json()["best_bets"]
    assert [(bet["key"], bet["title"], bet["lang"], bet["note"], bet["note_lang"]) for bet in answer] == [
        ("guide", "La guía completa", "es", "Empiece por esta.", "es"),
        ("ficha", "Ficha de reclasificación", "es", None, None),
    ]
    assert answer[0]["url"].startswith("http://testserver/es/")
    assert client.get("/api/v1/search?q=salir").json()["best_bets"] == []


def test_a_work_that_is_not_public_is_not_recommended(guide_first, library, client):
    restriction = PageViewRestriction.objects.create(page=page_of("guide"), restriction_type=PageViewRestriction.LOGIN)
    assert recommended("AB 2268") == recommended("AB 2268", "es") == ["ficha"]
    assert "Start with this one" not in client.get("/en/library/?q=AB+2268").content.decode()
    restriction.delete()
    assert recommended("AB 2268") == ["guide", "ficha"]
    page_of("ficha", "es").unpublish()
    assert recommended("AB 2268") == ["guide"]


def test_the_edition_that_remains_is_recommended_and_a_deleted_work_is_not(guide_first, library):
    page_of("guide").delete()
    library.catch_up()
    assert recommended("AB 2268") == ["guide", "ficha"]
    page_of("guide", "es").delete()
    library.catch_up()
    assert recommended("AB 2268") == ["ficha"]
    assert BestBetWork.objects.count() == 1


def test_one_that_is_switched_off_is_not_shown(guide_first):
    guide_first.is_active = False
    guide_first.save()
    assert recommended("AB 2268") == []


def test_the_usage_of_a_page_names_the_recommendation(guide_first):
    guide_first.save()
    ReferenceIndex.create_or_update_for_object(guide_first)
    objects = [reference for reference, _rows in ReferenceIndex.get_grouped_references_to(page_of("guide"))]
    assert guide_first in objects


@pytest.mark.parametrize(("text", "language"), [("salir de inglés", ""), ("AB-2268", "es"), ("-nada", ""), ("¿?", "")])
def test_words_that_another_has_or_that_say_nothing_are_refused(guide_first, text, language):
    with pytest.raises(ValidationError, match=r"words?"):
        BestBetWording(bet=BestBet.objects.create(), text=text, language=language).full_clean()


@pytest.fixture
def editor(client):
    user = User.objects.create_user("editor", password="secret-words")
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)
    return client


def speak(language: str) -> None:
    """The editor reads the admin in this language."""
    profile = UserProfile.get_for_user(User.objects.get(username="editor"))
    profile.preferred_language = language
    profile.save()


def form(*, wordings: list[dict], works: list[dict], kept: int = 0) -> dict:
    return nested_form_data(
        {
            "is_active": "on",
            "wordings": inline_formset(wordings, initial=kept),
            "works": inline_formset(works, initial=kept),
        }
    )


def test_an_editor_writes_changes_and_deletes_one_and_it_acts_at_once(library, editor):
    add = reverse("wagtailsnippets_search_bestbet:add")
    page = editor.get(add).content.decode()
    assert "Recommend these works" in page
    wording = {"text": "mi hijo ya sabe inglés", "language": "es"}
    work = {"work": page_of("guide", "es").pk, "note_en": "", "note_es": "Aquí empieza."}
    response = editor.post(add, form(wordings=[wording], works=[work]))
    assert response.status_code == 302
    assert recommended("mi hijo ya sabe ingles", "es") == ["guide"]
    bet = BestBet.objects.get()
    edit = reverse("wagtailsnippets_search_bestbet:edit", args=[bet.pk])
    assert editor.get(edit).status_code == 200
    assert editor.get(reverse("wagtailsnippets_search_bestbet:list")).status_code == 200
    wording = {"id": bet.wordings.get().pk, "text": "otra cosa", "language": ""}
    work["id"] = bet.works.get().pk
    editor.post(edit, form(wordings=[wording], works=[work], kept=1))
    assert recommended("mi hijo ya sabe inglés", "es") == []
    assert recommended("otra cosa", "es") == ["guide"]
    editor.post(reverse("wagtailsnippets_search_bestbet:delete", args=[bet.pk]))
    assert recommended("otra cosa", "es") == []


def test_the_form_speaks_spanish_and_says_what_is_wrong(library, editor):
    speak("es")
    add = reverse("wagtailsnippets_search_bestbet:add")
    assert "Recomendar estas obras" in editor.get(add).content.decode()
    response = editor.post(add, form(wordings=[{"text": "¿?", "language": ""}], works=[{"work": page_of("guide").pk}]))
    assert "Escriba al menos una palabra" in response.content.decode()
    assert not BestBet.objects.exists()


NOT_PUBLISHED = {
    "en": "Readers do not see “The whole guide” yet: it is not published. Publish it, or recommend another work.",
    "es": "Quien busque no verá «La guía completa»: todavía no está publicada. Publíquela o recomiende otra obra.",
}
PRIVATE = {
    "en": "Readers do not see “The whole guide”: it is private. Make it public, or recommend another work.",
    "es": "Quien busque no verá «La guía completa»: es privada. Hágala pública o recomiende otra obra.",
}


def unpublish(key: str) -> None:
    for page in ResourcePage.objects.filter(key=key):
        page.unpublish()


def make_private(key: str) -> None:
    PageViewRestriction.objects.create(page=page_of(key), restriction_type=PageViewRestriction.LOGIN)


def said(answer) -> list[str]:
    """The warnings of a page of the admin, without their buttons."""
    found = re.findall(r'<li class="warning">(.*?)</li>', answer.content.decode(), re.S)
    plain = [unescape(" ".join(re.sub("<a .*?</a>|<[^>]+>", " ", text, flags=re.S).split())) for text in found]
    # Wagtail keeps an empty one, from which its scripts make others.
    return [text for text in plain if text]


@pytest.mark.parametrize(("hide", "words"), [(unpublish, NOT_PUBLISHED), (make_private, PRIVATE)])
@pytest.mark.parametrize("language", ["en", "es"])
def test_an_editor_is_told_of_works_that_readers_do_not_see(library, editor, language, hide, words):
    speak(language)
    hide("guide")
    works = [{"work": page_of("guide").pk}, {"work": page_of("report-1").pk}]
    add = reverse("wagtailsnippets_search_bestbet:add")
    answer = editor.post(add, form(wordings=[{"text": "get out", "language": "en"}], works=works), follow=True)
    assert said(answer) == [words[language]]
    bet = BestBet.objects.get()
    edit = reverse("wagtailsnippets_search_bestbet:edit", args=[bet.pk])
    answer = editor.get(edit)
    assert said(answer) == [words[language]]
    shown_edition = page_of("guide", language)
    assert reverse("wagtailadmin_pages:edit", args=[shown_edition.pk]) in answer.content.decode()
    kept = [{"id": row.pk, "work": row.work_id} for row in bet.works.all()]
    wording = {"id": bet.wordings.get().pk, "text": "get out", "language": "en"}
    changed = nested_form_data(
        {
            "is_active": "on",
            "wordings": inline_formset([wording], initial=1),
            "works": inline_formset(kept, initial=2),
        }
    )
    assert said(editor.post(edit, changed, follow=True)) == [words[language]]
    del changed["is_active"]
    assert said(editor.post(edit, changed, follow=True)) == said(editor.get(edit)) == []
    assert recommended("get out") == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_an_editor_is_told_nothing_of_works_that_readers_see(library, editor, language):
    speak(language)
    page_of("guide", "es").unpublish()
    works = [{"work": page_of("guide").pk}, {"work": page_of("ficha", "es").pk}]
    add = reverse("wagtailsnippets_search_bestbet:add")
    answer = editor.post(add, form(wordings=[{"text": "get out", "language": "en"}], works=works), follow=True)
    assert said(answer) == []
    assert recommended("get out", language) == ["guide", "ficha"]


def test_a_page_that_is_no_work_cannot_be_recommended(library):
    bet = BestBet.objects.create()
    with pytest.raises(ValidationError, match="no work"):
        BestBetWork(bet=bet, work=library.libraries["en"]).full_clean()
