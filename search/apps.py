from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The library one can search: query, service, engines, index."""

    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from resources.signals import works_changed
        from search.indexing import enqueue_changed

        works_changed.connect(enqueue_changed, dispatch_uid="search-outbox")
