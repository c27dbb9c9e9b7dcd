"""What the admin gains from the whole: the state of the library, and the guide for editors."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.admin_guide import guide
from cms.admin_home import LibraryPanel


@hooks.register("construct_homepage_panels")
def add_library_panel(request, panels):
    panels.append(LibraryPanel())


@hooks.register("register_admin_urls")
def register_guide_url():
    return [path("guide/", guide, name="editors_guide")]


@hooks.register("register_help_menu_item")
def register_guide_item():
    return MenuItem(_("Guide for editors"), reverse("editors_guide"), icon_name="help", order=100)
