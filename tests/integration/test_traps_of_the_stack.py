"""What Wagtail and wagtail-localize do on their own, where our rules rest on it. New versions show here first."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client, RequestFactory
from django.utils import translation
from wagtail import hooks
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import GroupApprovalTask, Page, PageViewRestriction, Workflow, WorkflowTask
from wagtail_localize.models import LocaleSynchronization, StringTranslation, Translation
from wagtail_localize.operations import translate_object
from wagtail_localize.synctree import synchronize_tree

from resources import languages
from resources.models import Topic
from tests.integration.trees import Trees, fresh, restrict

pytestmark = pytest.mark.django_db


@pytest.fixture
def trees():
    return Trees()


def translate_strings(translated: Translation, text: str = "Texto") -> None:
    for segment in translated.source.stringsegment_set.all():
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=translated.target_locale,
            context=segment.context,
            defaults={"data": text, "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL},
        )


def test_translate_object_makes_a_draft_with_source_text(trees, client):
    """With live status copied it would be a live Spanish page in English."""
    page = fresh(trees.page(trees.en, "about", summary="Who we are"))
    assert settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE is False
    translate_object(page, [trees.locales["es"]])
    edition = page.get_translation(trees.locales["es"])
    assert not edition.live
    assert edition.alias_of_id is None
    assert edition.title == page.title
    assert Translation.objects.get().get_progress()[1] == 0
    assert client.get("/es/about/").context_data["is_fallback"] is True


def test_translate_object_with_live_status_would_publish_source_text(
    trees, settings, django_capture_on_commit_callbacks
):
    settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = True
    page = fresh(trees.page(trees.en, "about", summary="Who we are"))
    with django_capture_on_commit_callbacks(execute=True):
        translate_object(page, [trees.locales["es"]])
    edition = page.get_translation(trees.locales["es"])
    assert edition.live
    assert edition.summary == "Who we are"


def test_tree_synchronization_makes_aliases_and_we_count_none(trees, client):
    page = trees.page(trees.en, "about")
    synchronize_tree(trees.locales["en"], trees.locales["es"])
    alias = Page.objects.get(slug="about", locale=trees.locales["es"])
    assert alias.live
    assert alias.alias_of_id == page.pk
    assert languages.localized([page], "es")[page.translation_key].is_fallback
    assert not languages.public_editions().filter(pk=alias.pk).exists()
    assert client.get("/es/about/").context_data["page"].pk == page.pk


def test_tree_synchronization_is_not_offered_in_the_admin(trees, admin_client):
    locale = trees.locales["es"]
    html = admin_client.get(f"/admin/locales/edit/{locale.pk}/").content.decode()
    assert LocaleSynchronization._meta.db_table not in html
    assert not LocaleSynchronization.objects.exists()


def test_adding_a_page_by_program_makes_no_alias(trees):
    trees.page(trees.en, "about")
    assert not Page.objects.filter(alias_of__isnull=False).exists()


def test_missing_parents_become_drafts_and_no_aliases(trees):
    section = trees.page(trees.en, "section")
    inner = trees.page(section, "inner")
    page = fresh(trees.page(inner, "page"))
    translate_object(page, [trees.locales["es"]])
    editions = Page.objects.filter(locale=trees.locales["es"], depth__gt=2)
    assert {edition.translation_key for edition in editions} == {
        section.translation_key,
        inner.translation_key,
        page.translation_key,
    }
    assert not editions.filter(alias_of__isnull=False).exists()
    assert not editions.filter(live=True).exists()
    assert Translation.objects.count() == 3


def test_wagtail_itself_would_make_live_aliases_of_missing_parents(trees):
    section = trees.page(trees.en, "section")
    page = fresh(trees.page(section, "page"))
    Page.copy_for_translation(page, trees.locales["es"], copy_parents=True)
    alias = Page.objects.get(translation_key=section.translation_key, locale=trees.locales["es"])
    assert alias.alias_of_id == section.pk


def test_an_alias_made_in_the_editor_is_refused(trees, admin_client):
    page = fresh(trees.page(trees.en, "about"))
    translate_object(page, [trees.locales["es"]])
    edition = page.get_translation(trees.locales["es"])
    url = f"/admin/localize/page/{edition.pk}/convert_to_alias/"
    assert admin_client.post(url).status_code == 302
    assert fresh(edition).alias_of_id is None
    assert "localize-convert-to-alias" not in admin_client.get(f"/admin/pages/{page.pk}/edit/").content.decode()


def test_a_page_is_not_moved_into_the_other_languages_tree(trees, admin_client):
    """Wagtail would move it and leave its locale."""
    page, target = trees.page(trees.en, "about"), trees.page(trees.es, "acerca-de")
    inside = trees.page(trees.en, "inside")
    assert admin_client.post(f"/admin/pages/{page.pk}/move/{target.pk}/confirm/").status_code == 302
    assert fresh(page).get_parent().pk == trees.en.pk
    admin_client.post(f"/admin/pages/{page.pk}/move/{inside.pk}/confirm/")
    assert fresh(page).get_parent().pk == inside.pk


def test_slugs_of_translations_are_folded_to_ascii(trees):
    page = fresh(trees.page(trees.en, "childhood"))
    translate_object(page, [trees.locales["es"]])
    translated = Translation.objects.get()
    translate_strings(translated, "niñez")
    translated.save_target(publish=False)
    edition = page.get_translation(trees.locales["es"])
    assert edition.get_latest_revision_as_object().slug == "ninez"


def test_a_slug_that_is_taken_gets_a_number_and_keeps_the_translation_whole(trees):
    trees.page(trees.es, "guia")
    page = fresh(trees.page(trees.en, "guide"))
    translate_object(page, [trees.locales["es"]])
    translated = Translation.objects.get()
    translate_strings(translated, "guia")
    translated.save_target(publish=False)
    assert page.get_translation(trees.locales["es"]).get_latest_revision_as_object().slug != "guia"


def test_many_to_many_values_are_not_carried_to_translations(trees):
    """So they are read from the source edition."""
    resource = fresh(trees.resource(trees.library()["en"], "report"))
    resource.topics.set([Topic.objects.create(slug="reading", name_en="Reading", name_es="Lectura")])
    resource.save()
    translate_object(resource, [trees.locales["es"]])
    edition = resource.get_translation(trees.locales["es"])
    assert edition.topics.count() == 0
    assert [topic.slug for topic in edition.work.topics.all()] == ["reading"]


def test_wagtail_leaves_the_translation_of_a_private_page_open_and_we_do_not(trees, client):
    page = trees.page(trees.en, "private")
    edition = trees.page(trees.es, "privada", of=page)
    restriction = restrict(page)
    PageViewRestriction.objects.filter(page=edition)._raw_delete("default")
    assert not Page.get_view_restrictions(fresh(edition)).exists()
    assert list(fresh(edition).get_view_restrictions()) == [restriction]


def test_copying_a_private_page_copies_its_restriction(trees):
    page = fresh(trees.page(trees.en, "private"))
    restrict(page)
    copied = page.copy(to=trees.en, update_attrs={"slug": "copy"}, reset_translation_key=True)
    assert copied.view_restrictions.count() == 1
    assert page.view_restrictions.count() == 1


def test_localize_keeps_one_restriction_a_page(trees):
    page = fresh(trees.page(trees.en, "private"))
    restrict(page)
    translate_object(page, [trees.locales["es"]])
    translate_strings(Translation.objects.get())
    Translation.objects.get().save_target(publish=False)
    edition = page.get_translation(trees.locales["es"])
    assert page.view_restrictions.count() == edition.view_restrictions.count() == 1


def test_wagtails_own_links_leave_the_readers_language(trees):
    page = fresh(trees.page(trees.en, "about"))
    with translation.override("es"):
        assert page.localized.url == "/en/about/"
        assert languages.localized([page])[page.translation_key].url == "/es/about/"


def test_automatic_redirects_cover_the_own_tree_only(trees, django_capture_on_commit_callbacks):
    page = trees.page(trees.en, "first")
    with django_capture_on_commit_callbacks(execute=True):
        page = fresh(page)
        page.slug = "second"
        page.save()
    assert list(Redirect.objects.values_list("old_path", flat=True)) == ["/en/first"]


def test_restrictions_are_checked_before_our_redirect(trees):
    """Wagtail wraps the hook of lowest order outermost."""
    names = [hook.__name__ for hook in hooks.get_hooks("on_serve_page")]
    assert names.index("check_view_restrictions") < names.index("follow_canonical_redirect")


def test_wagtails_sitemap_covers_one_tree_only(trees):
    trees.page(trees.es, "solo")
    request = RequestFactory().get("/sitemap.xml", headers={"host": "localhost"})
    assert {page.locale.language_code for page in Sitemap(request).items()} == {"en"}


@pytest.fixture
def half_translated(trees):
    page = fresh(trees.page(trees.en, "about", summary="Who we are"))
    translate_object(page, [trees.locales["es"]])
    return page.get_translation(trees.locales["es"])


def test_a_half_translated_page_cannot_be_published_from_its_editor(half_translated, admin_client):
    url = f"/admin/pages/{half_translated.pk}/edit/"
    response = admin_client.post(url, {"action": "publish"}, follow=True)
    assert not fresh(half_translated).live
    assert "texts are translated" in response.content.decode()


def test_a_whole_translation_can_be_published(half_translated, admin_client, django_capture_on_commit_callbacks):
    translate_strings(Translation.objects.get())
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(f"/admin/pages/{half_translated.pk}/edit/", {"action": "publish"})
    assert fresh(half_translated).live
    assert fresh(half_translated).title == "Texto"


def test_a_half_translated_page_cannot_be_published_in_bulk(half_translated, admin_client):
    url = f"/admin/bulk/wagtailcore/page/publish/?id={half_translated.pk}"
    admin_client.post(url)
    assert not fresh(half_translated).live


def test_a_page_under_review_is_not_published_past_the_review(
    half_translated, admin_client, admin_user, django_user_model
):
    translate_strings(Translation.objects.get())
    task = GroupApprovalTask.objects.create(name="Read by a person")
    task.groups.add(Group.objects.create(name="Readers"))
    workflow = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    editor = django_user_model.objects.create_user("editor", password="x")
    editor.groups.add(Group.objects.get(name="Editors"), Group.objects.get(name="Moderators"))
    workflow.start(fresh(half_translated), editor)
    client = Client()
    client.force_login(editor)
    response = client.post(f"/admin/pages/{half_translated.pk}/edit/", {"action": "publish"}, follow=True)
    assert not fresh(half_translated).live
    assert "being reviewed" in response.content.decode()


def test_new_source_text_reaches_the_draft_but_not_readers(
    half_translated, admin_client, django_capture_on_commit_callbacks
):
    translated = Translation.objects.get()
    translate_strings(translated)
    with django_capture_on_commit_callbacks(execute=True):
        translated.save_target(publish=True)
    source = translated.source.get_source_instance()
    source.summary = "A new sentence"
    source.save_revision().publish()
    assert fresh(half_translated).summary == "Texto"
    url = f"/admin/localize/update/{translated.source_id}/"
    assert 'type="checkbox" name="publish_translations"' not in admin_client.get(url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert admin_client.post(url, {"publish_translations": "on"}).status_code == 302
    assert fresh(half_translated).summary == "Texto"
    total, done = Translation.objects.get().get_progress()
    assert done < total
