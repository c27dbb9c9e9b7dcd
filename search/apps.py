from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The library one can search: query, service, engines, index."""

    name = "search"
    default_auto_field = "django.db.models.BigAutoField"
