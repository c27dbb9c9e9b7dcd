from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    """Works in two languages: page models, taxonomies, people, glossary, languages."""

    name = "resources"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from resources import checks, signal_handlers  # noqa: F401
