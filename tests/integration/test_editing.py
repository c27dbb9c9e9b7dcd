"""What editors expect of the admin: addresses from titles, their own words, times of publishing, private recordings."""

import datetime
import time

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.panels import TitleFieldPanel
from wagtail.models import Page, PageViewRestriction

from assets.models import CustomDocument, CustomMedia, User
from resources import languages
from resources.checks import page_types
from resources.documents import DocumentForm
from resources.models import CaptionTrack, RegionPage
from search.worker import Worker
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = User.objects.create_user("editor", password="secret-words")
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)
    return client


@pytest.mark.parametrize("model", page_types(), ids=lambda model: model.__name__)
def test_the_address_of_a_new_page_is_written_from_its_title(model):
    panels = [panel for group in model.content_panels for panel in getattr(group, "children", [group])]
    assert any(isinstance(panel, TitleFieldPanel) and panel.field_name == "title" for panel in panels)


ROWS = ["resources_topic", "resources_glossaryterm", "resources_contact", "resources_organization", "search_bestbet"]


@pytest.mark.parametrize("name", ROWS)
def test_an_editor_keeps_vocabularies_people_the_glossary_and_recommendations(editor, name):
    assert editor.get(reverse(f"wagtailsnippets_{name}:list")).status_code == 200
    assert editor.get(reverse(f"wagtailsnippets_{name}:add")).status_code == 200


def test_what_an_administrator_takes_from_editors_stays_taken():
    from cms.editor_permissions import grant_once

    group = Group.objects.get(name="Editors")
    taken = group.permissions.get(codename="delete_topic")
    group.permissions.remove(taken)
    grant_once()
    assert not group.permissions.filter(pk=taken.pk).exists()


def test_editors_of_an_older_site_get_the_permissions_of_what_is_new():
    from cms.editor_permissions import grant_once

    groups = Group.objects.filter(name__in=["Editors", "Moderators"])
    new = Permission.objects.filter(content_type__app_label="search", content_type__model="bestbet")
    for group in groups:
        group.permissions.remove(*new)
    grant_once()
    assert all(set(new) <= set(group.permissions.all()) for group in groups)


def test_a_page_is_published_at_its_time_by_the_worker():
    page = factories.ContentPageFactory()
    page.unpublish()
    page.go_live_at = timezone.now() + datetime.timedelta(seconds=2)
    page.save_revision().publish()
    Worker().run_periodic_commands()
    assert not Page.objects.get(pk=page.pk).live
    time.sleep(2.1)
    Worker().run_periodic_commands()
    assert Page.objects.get(pk=page.pk).live


def test_a_reader_with_the_password_sees_the_private_recording(client):
    media = CustomMedia.objects.create(title="Talk", type="video", duration=1, file=ContentFile(b"0" * 100, "talk.mp4"))
    page = factories.ConveningRecordingPageFactory(video=media)
    assert client.get(f"/media/{media.file.name}").status_code == 200
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="password", password="secret")
    assert client.get(f"/media/{media.file.name}").status_code == 404
    session = client.session
    session[PageViewRestriction.passed_view_restrictions_session_key] = [
        row.pk for row in page.get_view_restrictions()
    ] or [restriction.pk]
    session.save()
    response = client.get(f"/media/{media.file.name}")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_captions_in_use_are_replaced_by_captions_only():
    page = factories.ConveningRecordingPageFactory()
    document = CustomDocument.objects.create(
        title="Captions", file=ContentFile(b"WEBVTT\n\n00:01.000 --> 00:02.000\nHola\n", "captions.vtt")
    )
    CaptionTrack.objects.create(page=page, language="es", document=document)
    upload = SimpleUploadedFile("captions.pdf", b"%PDF-1.7")
    form = DocumentForm.__new__(DocumentForm)
    form.instance, form.cleaned_data, form.__dict__["changed_data"] = document, {"file": upload}, ["file"]
    with pytest.raises(ValidationError, match=r"\.vtt"):
        form.clean_file()


def test_privacy_holds_for_both_editions_and_is_lifted_where_it_was_set(admin_client):
    english = factories.ContentPageFactory()
    spanish = factories.make_edition(english, "es", title="Acerca", slug="acerca")
    for page in (english, spanish):
        address = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
        admin_client.post(address, {"restriction_type": "password", "password": "secret-words", "groups": []})
        assert languages.public_editions().filter(translation_key=english.translation_key).count() == 0
        admin_client.post(address, {"restriction_type": "none"})
        assert languages.public_editions().filter(translation_key=english.translation_key).count() == 2


def test_only_a_change_of_text_ages_a_translation(site_content, client):
    region = RegionPage.objects.get(key="central-valley", locale__language_code="en")
    url = languages.localized([region], "es")[region.translation_key].url
    notice = "Es posible que no incluya los últimos cambios"
    region.save_revision().publish()
    assert notice not in client.get(url).content.decode()
    region.summary = "Five county offices begin something new."
    region.save_revision().publish()
    assert notice in client.get(url).content.decode()


def test_an_original_cannot_be_marked_as_a_read_translation(admin_client):
    page = factories.ContentPageFactory()
    assert admin_client.post(f"/admin/translations/{page.pk}/read/").status_code == 404
