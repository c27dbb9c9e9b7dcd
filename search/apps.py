from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class SearchConfig(AppConfig):
    """The library one can search: query, service, engines, index."""

    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from resources.models import GlossaryTerm, GlossaryWord
        from resources.signals import works_changed
        from search.glossary import forget_glossary
        from search.indexing import enqueue_changed

        works_changed.connect(enqueue_changed, dispatch_uid="search-outbox")
        for model in (GlossaryTerm, GlossaryWord):
            for signal in (post_save, post_delete):
                signal.connect(
                    forget_glossary, sender=model, dispatch_uid=f"search-glossary-{model.__name__}-{id(signal)}"
                )
