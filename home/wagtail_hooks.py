"""What this room adds to Wagtail's admin."""

from wagtail import hooks

from home import sample_admin

hooks.register("register_admin_urls", sample_admin.admin_urls)
hooks.register("register_settings_menu_item", sample_admin.RemoveSamplesItem)
