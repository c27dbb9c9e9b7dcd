"""The icon for browsers that ask for it where no page names it: beside documents, in the admin, for bookmarks."""

from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe


@require_safe
@cache_control(public=True, max_age=60 * 60 * 24)
def favicon(request):
    """Leads to the icon of the pages, whose name changes with each release."""
    return redirect(static("img/icon.svg"))
