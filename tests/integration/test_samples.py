"""Samples can be removed: by one button in the admin, and by loading without them."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from assets.models import CustomDocument
from home.loading.load import load_site_content
from home.samples import remove_samples, sample_pages
from resources.models import ResourceFile, ResourcePage
from tests.integration.test_content_loading import files_in
from tests.small_content import SmallContent

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(tmp_path, settings) -> SmallContent:
    settings.MEDIA_ROOT = tmp_path / "media"
    content = SmallContent(tmp_path)
    load_site_content(content.folder)
    return content


def test_samples_are_removed_in_both_languages_with_their_files(loaded, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_samples() == 1

    assert sample_pages() == []
    assert not CustomDocument.objects.exists()
    assert files_in(settings.MEDIA_ROOT) == []
    assert ResourcePage.objects.filter(key="guide").count() == 2
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_file_that_another_work_uses_stays(loaded):
    guide = ResourcePage.objects.get(key="guide", locale__language_code="en")
    guide.files.add(ResourceFile(language="en", format="pdf", document=CustomDocument.objects.get()))
    guide.save()

    remove_samples()

    assert CustomDocument.objects.count() == 1


def test_removed_samples_stay_away_when_the_content_is_loaded_again(loaded):
    remove_samples()

    assert load_site_content(loaded.folder).kept == ["sample-guide"]
    assert sample_pages() == []


def test_loading_without_samples_removes_them_and_loading_with_them_brings_them_back(loaded):
    report = load_site_content(loaded.folder, samples=False)
    assert (report.removed_samples, report.kept, sample_pages()) == (1, [], [])

    assert load_site_content(loaded.folder).created == 1
    assert [page.title for page in sample_pages()] == ["Sample guide", "Guía de ejemplo"]


def test_the_admin_asks_before_it_removes_samples(loaded, admin_client):
    url = reverse("remove_samples")

    response = admin_client.get(url)
    assert "Guía de ejemplo" in response.content.decode()
    assert len(sample_pages()) == 2

    admin_client.post(url)
    assert sample_pages() == []
    assert "There are no samples." in admin_client.get(url).content.decode()


def test_the_menu_offers_the_removal_while_there_are_samples(loaded, admin_client):
    url = reverse("remove_samples")
    assert url in admin_client.get(reverse("wagtailadmin_home")).content.decode()

    remove_samples()

    assert url not in admin_client.get(reverse("wagtailadmin_home")).content.decode()


def test_somebody_who_may_not_delete_pages_cannot_remove_samples(loaded, client, django_user_model):
    editor = django_user_model.objects.create_user("editor", password="only-for-tests")
    editor.groups.add(Group.objects.get(name="Editors"))
    GroupPagePermission.objects.filter(group__name="Editors").delete()
    client.force_login(editor)

    response = client.post(reverse("remove_samples"))

    assert response.status_code == 302
    assert len(sample_pages()) == 2
