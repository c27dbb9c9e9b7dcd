"""The reading of translations in the admin: a notice in the editor, a status in lists, and “Mark as read”."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from resources.models import TranslationReview
from resources.reviews import ReviewState, mark_as_read, review_state


def admin_urls() -> list:
    return [path("translations/<int:page_id>/read/", confirm_reading, name="confirm_reading")]


def show_notice(request, page: Page):
    """Says above the editor that nobody has read this translation yet, or that it changed since."""
    if request.method == "GET":
        state = review_state(page)
        if state in (ReviewState.UNREAD, ReviewState.CHANGED):
            button = messages.button(reverse("confirm_reading", args=[page.pk]), _("Mark as read"))
            messages.warning(request, f"{state.value}.", buttons=[button])


def status_button(page: Page, user, next_url=None, **_kwargs):
    """The status of a translation in lists of pages; it leads to “Mark as read”."""
    state = review_state(page)
    if state in (ReviewState.UNREAD, ReviewState.CHANGED) and page.permissions_for_user(user).can_edit():
        yield Button(state.value, reverse("confirm_reading", args=[page.pk]), icon_name="glasses", priority=5)


@require_http_methods(["GET", "POST"])
def confirm_reading(request, page_id: int):
    """Asks before it notes that this person has read the translation."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if review_state(page) is None:
        raise Http404
    if request.method == "POST":
        mark_as_read(page, request.user)
        messages.success(request, _("“%(title)s” is marked as read.") % {"title": page.get_admin_display_title()})
        return redirect("wagtailadmin_pages:edit", page.pk)
    review = TranslationReview.objects.filter(page=page).select_related("reviewed_by").first()
    context = {"page": page, "state": review_state(page), "review": review}
    return render(request, "resources/admin/confirm_reading.html", context)
