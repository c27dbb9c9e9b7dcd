"""What the admin's home page shows: the state of the library at a glance."""

from wagtail import hooks

from cms.admin_home import LibraryPanel


@hooks.register("construct_homepage_panels")
def add_library_panel(request, panels):
    panels.append(LibraryPanel())
