"""Shows in the admin how far the reading of each document's text has come."""

from django.urls import path
from wagtail import hooks

from assets.document_views import DocumentIndexView, read_document_again


@hooks.register("register_admin_urls", order=-1)
def document_urls():
    """Found before Wagtail's own list at the same addresses, whose names go on leading here."""
    return [
        path("documents/", DocumentIndexView.as_view()),
        path("documents/results/", DocumentIndexView.as_view(results_only=True)),
        path("documents/<int:document_id>/read-again/", read_document_again, name="read_document_again"),
    ]
