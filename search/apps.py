from django.apps import AppConfig
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete


class SearchConfig(AppConfig):
    """The library one can search: query, service, engines, index."""

    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from wagtail.models import Collection, CollectionViewRestriction

        from assets.signals import document_text_changed
        from resources.models import GlossaryTerm, GlossaryWord, ProgramPage, RegionPage
        from resources.signals import page_opened, place_changed, publicity_changed, works_changed
        from search.best_bets import bets_version
        from search.facets import TAXONOMIES, names_version
        from search.glossary import glossary_version
        from search.indexing import enqueue_changed
        from search.inside import want_inside
        from search.models import BestBet, BestBetWording, BestBetWork
        from search.related_changes import (
            announce_changed_collection,
            announce_collection,
            announce_document,
            announce_named_change,
            announce_named_pages,
            showing_models,
        )
        from search.related_places import announce_counties, announce_new_place, announce_places
        from search.similar import want_similar

        works_changed.connect(enqueue_changed, dispatch_uid="search-outbox")
        page_opened.connect(want_similar, dispatch_uid="search-similar")
        page_opened.connect(want_inside, dispatch_uid="search-inside")
        made_of = {
            glossary_version: (GlossaryTerm, GlossaryWord),
            bets_version: (BestBet, BestBetWording, BestBetWork),
            names_version: TAXONOMIES.values(),
        }
        for version, models in made_of.items():
            for model in models:
                post_save.connect(version.forget, sender=model, dispatch_uid=version.name)
                post_delete.connect(version.forget, sender=model, dispatch_uid=version.name)
        for model in showing_models():
            post_save.connect(announce_named_change, sender=model, dispatch_uid="search-named")
            pre_delete.connect(announce_named_change, sender=model, dispatch_uid="search-named")
        publicity_changed.connect(announce_named_pages, dispatch_uid="search-named-pages")
        place_changed.connect(announce_places, dispatch_uid="search-places")
        m2m_changed.connect(announce_counties, sender=RegionPage.counties.through, dispatch_uid="search-counties")
        for model in (ProgramPage, RegionPage):
            post_save.connect(announce_new_place, sender=model, dispatch_uid="search-new-place")
        document_text_changed.connect(announce_document, dispatch_uid="search-document")
        post_save.connect(announce_collection, sender=CollectionViewRestriction, dispatch_uid="search-collection")
        post_delete.connect(announce_collection, sender=CollectionViewRestriction, dispatch_uid="search-collection")
        post_save.connect(announce_changed_collection, sender=Collection, dispatch_uid="search-collection")
