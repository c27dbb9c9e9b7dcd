"""What this room adds to Wagtail's admin: the works that editors recommend for a search, and what it is to notice."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from search import best_bet_admin
from search.models import BestBet
from search.related_changes import announce_documents_together


class BestBetViewSet(SnippetViewSet):
    model = BestBet
    icon = "pick"
    add_to_admin_menu = True
    menu_label = _("Recommendations")
    menu_order = 330
    list_display = ["__str__", "is_active"]
    list_filter = ["is_active"]
    list_per_page = 50

    def get_queryset(self, request):
        return BestBet.objects.prefetch_related("wordings")


register_snippet(BestBetViewSet)

hooks.register("after_create_snippet", best_bet_admin.warn_when_saved)
hooks.register("after_edit_snippet", best_bet_admin.warn_when_saved)
hooks.register("before_edit_snippet", best_bet_admin.warn_when_opened)
hooks.register("after_bulk_action", announce_documents_together)
