"""What this room adds to Wagtail's admin and page serving."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.utils.cache import add_never_cache_headers
from wagtail import hooks

from resources import review_admin, snippets, translation_guards
from resources.document_access import may_open
from resources.document_links import WrittenLinkHandler, WrittenPathHandler
from resources.importing import admin as import_admin
from resources.rich_text import PageLinkHandler

snippets.register()
translation_guards.hide_tree_synchronization()

# Before wagtail-localize's own hooks.
FIRST = -100

hooks.register("before_edit_page", translation_guards.guard_translation_editor, order=FIRST)
hooks.register("before_bulk_action", translation_guards.guard_bulk_publishing)
hooks.register("before_move_page", translation_guards.guard_move)
hooks.register("construct_page_action_menu", translation_guards.without_alias_item)
hooks.register("register_admin_urls", translation_guards.admin_urls, order=FIRST)
hooks.register("before_edit_page", review_admin.show_notice, order=FIRST)
hooks.register("register_page_listing_buttons", review_admin.status_button)
hooks.register("register_admin_urls", review_admin.admin_urls)
hooks.register("register_admin_urls", import_admin.admin_urls)
hooks.register("register_admin_menu_item", import_admin.menu_item)


# After the check of restrictions (order 0): a private page asks for its password before it tells its address.
@hooks.register("on_serve_page", order=100)
def follow_canonical_redirect(serve_page):
    """Leads readers to the one address of a work in their language. Browsers do not keep it: the other edition may
    be gone tomorrow, and two kept redirects could lead to each other."""

    def redirect_or_serve(page, request, args, kwargs):
        canonical = getattr(request, "canonical_redirect", None)
        if canonical is None:
            return serve_page(page, request, args, kwargs)
        query = request.META.get("QUERY_STRING")
        response = HttpResponsePermanentRedirect(f"{canonical}?{query}" if query else canonical)
        add_never_cache_headers(response)
        return response

    return redirect_or_serve


# Before the check of collections (order 0): a document that nothing shows does not ask for their passwords either.
@hooks.register("before_serve_document", order=-1)
def refuse_private_documents(document, request):
    if not may_open(document, request):
        raise Http404


@hooks.register("register_rich_text_features", order=100)
def register_links(features):
    for handler in (PageLinkHandler, WrittenLinkHandler, WrittenPathHandler):
        features.register_link_type(handler)
