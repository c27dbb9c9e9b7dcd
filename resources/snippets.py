"""Vocabularies, people and the glossary in the admin's menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from resources.models import TAXONOMIES, Contact, GlossaryTerm, Organization, Person


class TaxonomyViewSet(SnippetViewSet):
    icon = "tag"
    list_display = ["name_en", "name_es", "slug"]
    list_per_page = 50


def _taxonomy_viewset(model) -> type[TaxonomyViewSet]:
    return type(f"{model.__name__}ViewSet", (TaxonomyViewSet,), {"model": model})


class TaxonomyGroup(SnippetViewSetGroup):
    """Every controlled vocabulary."""

    items = [_taxonomy_viewset(model) for model in TAXONOMIES]
    menu_label = _("Vocabularies")
    menu_icon = "tag"
    menu_order = 300


class PersonViewSet(SnippetViewSet):
    model = Person
    icon = "user"
    list_display = ["name", "key"]


class OrganizationViewSet(SnippetViewSet):
    model = Organization
    icon = "globe"
    list_display = ["name", "short_name", "kind"]
    list_filter = ["kind"]


class ContactViewSet(SnippetViewSet):
    model = Contact
    icon = "mail"
    list_display = ["name", "organization", "email"]


class PeopleGroup(SnippetViewSetGroup):
    """People, organizations and contacts."""

    items = [OrganizationViewSet, PersonViewSet, ContactViewSet]
    menu_label = _("People")
    menu_icon = "group"
    menu_order = 310


class GlossaryTermViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    add_to_admin_menu = True
    menu_label = _("Glossary")
    menu_order = 320
    list_display = ["preferred_en", "preferred_es", "acts_in_search", "is_reviewed"]
    list_filter = ["acts_in_search", "reviewed_by"]
    list_per_page = 50


def register() -> None:
    """Called by the room's wagtail_hooks."""
    register_snippet(TaxonomyGroup)
    register_snippet(PeopleGroup)
    register_snippet(GlossaryTermViewSet)
