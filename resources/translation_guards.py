"""Rules of the admin for translations: whole before live, reviewed where a review runs, and no alias pages."""

from django import forms
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.locales.components import LOCALE_COMPONENTS
from wagtail_localize.models import LocaleSynchronization, Translation
from wagtail_localize.views.update_translations import UpdateTranslationsForm, UpdateTranslationsView

from resources import languages


def translation_into(page: Page) -> Translation | None:
    """The translation that wagtail-localize keeps for this edition; None where the page is edited by hand."""
    return Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
    ).first()


def reason_not_to_publish(page: Page, user) -> str | None:
    """Why an edition may not go live now, in words for the editor."""
    translation = translation_into(page)
    if translation:
        total, translated = translation.get_progress()
        if translated < total:
            return _("%(translated)d of %(total)d texts are translated. Translate the rest, then publish.") % {
                "translated": translated,
                "total": total,
            }
    lock = page.get_lock()
    if lock and lock.for_user(user):
        return _("This page is being reviewed. It can be published when the review is finished.")
    return None


def guard_translation_editor(request, page: Page):
    """Refuses to publish from wagtail-localize's editor what may not go live; that editor knows no reviews."""
    if request.method != "POST" or request.POST.get("action") != "publish" or not translation_into(page):
        return None
    if reason := reason_not_to_publish(page, request.user):
        messages.error(request, reason)
        return redirect(request.path)
    return None


def guard_bulk_publishing(request, action_type: str, objects, _view):
    """Refuses to publish several pages where one of them may not go live."""
    if action_type != "publish":
        return None
    for page in objects:
        if isinstance(page, Page) and (reason := reason_not_to_publish(page, request.user)):
            messages.error(request, f"{page.get_admin_display_title()}: {reason}")
            return redirect(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))
    return None


def guard_move(request, page: Page, destination: Page):
    """Keeps each page in the tree of its language."""
    if languages.language_of(page) == languages.language_of(destination.specific):
        return None
    messages.error(request, _("Pages stay in the tree of their language. Translate the page instead of moving it."))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


class UpdateDraftsForm(UpdateTranslationsForm):
    """New texts of the source go into the translation's draft. Publishing them untranslated is not offered."""

    publish_translations = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean_publish_translations(self) -> bool:
        return False


class UpdateDraftsView(UpdateTranslationsView):
    """“Sync translated pages” without “Publish immediately”, which would put source text on the translated page."""

    def get_form(self):
        return UpdateDraftsForm(self.request.POST if self.request.method == "POST" else None)


def refuse_alias(request, page_id: int):
    """Alias pages would show one language's text as the other's page; readers get fallbacks instead."""
    messages.error(request, _("Pages without a translation are shown in the other language by themselves."))
    return redirect("wagtailadmin_pages:edit", page_id)


def admin_urls() -> list:
    """Stand before wagtail-localize's own views of the same addresses."""
    return [
        path("localize/update/<int:translation_source_id>/", UpdateDraftsView.as_view()),
        path("localize/page/<int:page_id>/convert_to_alias/", refuse_alias),
    ]


def without_alias_item(menu_items: list, _request, _context) -> None:
    menu_items[:] = [item for item in menu_items if item.name != "localize-convert-to-alias"]


def hide_tree_synchronization() -> None:
    """Takes “Synchronise content from another locale” out of the locale's form: it makes alias pages."""
    LOCALE_COMPONENTS[:] = [part for part in LOCALE_COMPONENTS if part["model"] is not LocaleSynchronization]
