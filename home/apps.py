from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The home page, content pages, navigation, site settings and the site's own content."""

    name = "home"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from home.navigation import forget_furniture_on_changes

        forget_furniture_on_changes()
