"""The removal of all samples in the admin: one menu item, one question, one POST."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from home.samples import remove_samples, sample_pages


def may_remove_samples(user) -> bool:
    """Whether there are samples, and the user may delete every one of them."""
    pages = sample_pages()
    return bool(pages) and all(page.permissions_for_user(user).can_delete() for page in pages)


def admin_urls() -> list:
    return [path("samples/remove/", confirm_removal, name="remove_samples")]


class RemoveSamplesItem(MenuItem):
    """Stands in the settings menu while there are samples."""

    def __init__(self):
        super().__init__(_("Remove samples"), reverse("remove_samples"), icon_name="bin", order=900)

    def is_shown(self, request):
        return may_remove_samples(request.user)


@require_http_methods(["GET", "POST"])
def confirm_removal(request):
    """Names the samples, and removes them after confirmation."""
    pages = sample_pages()
    if pages and not may_remove_samples(request.user):
        raise PermissionDenied
    if request.method == "POST":
        number = remove_samples()
        messages.success(
            request, ngettext("%(number)d sample removed.", "%(number)d samples removed.", number) % {"number": number}
        )
        return redirect("wagtailadmin_home")
    return render(request, "home/admin/remove_samples.html", {"pages": pages})
