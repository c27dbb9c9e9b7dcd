"""A translation is a draft until a person says that they have read it, and again when it has changed."""

import pytest
from django.urls import reverse

from resources.models import TranslationReview
from resources.reviews import ReviewState, mark_as_read, review_state
from tests.factories import ResourcePageFactory, make_edition

pytestmark = pytest.mark.django_db
DRAFT = "Draft translation, to be read by a person"


@pytest.fixture
def translation():
    return make_edition(ResourcePageFactory(title="A guide", slug="guide"), "es", title="Una guía", slug="guia")


def test_a_translation_is_to_be_read_and_its_source_is_not(translation):
    assert review_state(translation) is ReviewState.UNREAD
    assert review_state(translation.work) is None


def test_a_spanish_work_that_no_person_saved_is_to_be_read(translation, admin_user):
    translation.work.delete()
    translation.refresh_from_db()
    assert review_state(translation) is ReviewState.UNREAD

    translation.save_revision(user=admin_user).publish()

    assert review_state(translation) is None


def test_publishing_does_not_mark_a_translation_as_read(translation, admin_user):
    translation.save_revision(user=admin_user).publish()

    assert review_state(translation) is ReviewState.UNREAD
    assert not TranslationReview.objects.exists()


def test_a_change_after_the_reading_shows(translation, admin_user):
    mark_as_read(translation, admin_user)
    assert review_state(translation) is ReviewState.READ

    translation.title = "Otra guía"
    translation.save_revision(user=admin_user).publish()
    translation.refresh_from_db()
    assert review_state(translation) is ReviewState.CHANGED

    mark_as_read(translation, admin_user)
    assert review_state(translation) is ReviewState.READ


def test_a_draft_that_readers_do_not_see_leaves_the_reading_valid(translation, admin_user):
    mark_as_read(translation, admin_user)
    translation.title = "Un borrador"
    translation.save_revision(user=admin_user)
    translation.refresh_from_db()

    assert review_state(translation) is ReviewState.READ


def test_the_editor_says_that_nobody_has_read_the_translation(translation, admin_client, admin_user):
    url = reverse("wagtailadmin_pages:edit", args=[translation.pk])
    response = admin_client.get(url).content.decode()
    assert DRAFT in response
    assert reverse("confirm_reading", args=[translation.pk]) in response

    mark_as_read(translation, admin_user)

    assert DRAFT not in admin_client.get(url).content.decode()


def test_the_list_of_pages_shows_which_translations_nobody_has_read(translation, admin_client, admin_user):
    url = reverse("wagtailadmin_explore", args=[translation.get_parent().pk])
    assert DRAFT in admin_client.get(url).content.decode()

    mark_as_read(translation, admin_user)

    assert DRAFT not in admin_client.get(url).content.decode()


def test_marking_as_read_asks_first_and_notes_who_and_what(translation, admin_client, admin_user):
    url = reverse("confirm_reading", args=[translation.pk])

    assert admin_client.get(url).status_code == 200
    assert not TranslationReview.objects.exists()

    admin_client.post(url)

    review = TranslationReview.objects.get()
    assert (review.page_id, review.reviewed_by, review.revision_id) == (
        translation.pk,
        admin_user,
        translation.live_revision_id,
    )
    assert admin_user.username in admin_client.get(url).content.decode()


def test_somebody_who_may_not_edit_the_page_cannot_mark_it(translation, client, django_user_model):
    client.force_login(django_user_model.objects.create_user("reader", password="only-for-tests"))

    client.post(reverse("confirm_reading", args=[translation.pk]))

    assert not TranslationReview.objects.exists()
