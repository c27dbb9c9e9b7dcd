"""What the admin tells an editor of recommended works that readers do not see. The recommendation is kept as it is."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin import messages

from search.best_bets import unseen_works
from search.models import BestBet


def warn_when_saved(request, instance) -> None:
    if isinstance(instance, BestBet):
        _warn(request, instance)


def warn_when_opened(request, instance) -> None:
    if isinstance(instance, BestBet) and request.method == "GET":
        _warn(request, instance)


def _warn(request, bet: BestBet) -> None:
    """One warning for each work, which leads to it."""
    for work, is_published in unseen_works(bet, get_language()):
        if is_published:
            text = _("Readers do not see “%(title)s”: it is private. Make it public, or recommend another work.")
        else:
            text = _("Readers do not see “%(title)s” yet: it is not published. Publish it, or recommend another work.")
        buttons = []
        if work.permissions_for_user(request.user).can_edit():
            buttons = [messages.button(reverse("wagtailadmin_pages:edit", args=[work.pk]), _("Open the work"))]
        messages.warning(request, text % {"title": work.get_admin_display_title()}, buttons=buttons)
