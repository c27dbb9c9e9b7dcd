"""The form of a glossary term: a key of its own, and a clear word where nothing was written."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data
from wagtail.users.models import UserProfile

from resources.models import GlossaryTerm

pytestmark = pytest.mark.django_db

ADDRESS = "wagtailsnippets_resources_glossaryterm:add"


def send(client, words=(), **values):
    form = {"preferred_en": "", "preferred_es": "", "key": "", "acts_in_search": "on", **values}
    form |= {"definition_en": "", "definition_es": "", "reviewed_by": "", "words": inline_formset(list(words))}
    return client.post(reverse(ADDRESS), nested_form_data(form))


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"preferred_en": "Dual language", "preferred_es": "Doble inmersión"}, "dual-language"),
        ({"preferred_es": "Año de transición"}, "ano-de-transicion"),
        ({"preferred_en": "Dual language", "key": "own"}, "own"),
    ],
)
def test_the_key_is_made_from_the_first_term_unless_one_is_given(admin_client, values, key):
    assert send(admin_client, **values).status_code == 302
    assert GlossaryTerm.objects.get().key == key


def test_a_key_that_is_taken_gets_a_number(admin_client):
    for _time in range(2):
        send(admin_client, preferred_en="Dual language")
    assert sorted(GlossaryTerm.objects.values_list("key", flat=True)) == ["dual-language", "dual-language-2"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Write the term in English, in Spanish or in both.", "Leave it empty"]),
        ("es", ["Escriba el término en inglés, en español o en los dos.", "Déjela vacía"]),
    ],
)
@pytest.mark.parametrize("blank", ["", "   ", "¿?"])
def test_a_term_of_no_words_is_refused_and_the_form_helps(admin_client, admin_user, language, words, blank):
    profile = UserProfile.get_for_user(admin_user)
    profile.preferred_language = language
    profile.save()
    page = send(admin_client, preferred_en=blank, preferred_es=blank).content.decode()
    assert all(word in page for word in words)
    assert not GlossaryTerm.objects.exists()


def test_another_word_of_no_letters_is_refused(admin_client):
    page = send(admin_client, preferred_en="term", words=[{"text": "¿?", "language": "es", "kind": "family"}])
    assert "Write at least one word." in page.content.decode()
    assert not GlossaryTerm.objects.exists()
