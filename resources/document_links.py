"""Documents named by their address: whoever pastes one links the document as much as whoever chooses it."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.http.request import validate_host
from django.urls import Resolver404, resolve
from wagtail import blocks
from wagtail.rich_text import LinkHandler

from assets.models import CustomDocument

# Longer numbers name no row, and are more than the index holds.
LONGEST_ID = 18


def document_at(address: str) -> str | None:
    """The id of the document that an address of this site opens; None for every other address."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    if host and not validate_host(host, settings.ALLOWED_HOSTS):
        return None
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    if match.url_name != "wagtaildocs_serve" or len(match.args[0]) > LONGEST_ID:
        return None
    # As the index writes it, whatever the digits were.
    return str(int(match.args[0]))


def references_to(address: str | None) -> Iterator[tuple]:
    """What Wagtail's reference index is told of an address."""
    document_id = document_at(address) if address else None
    if document_id:
        yield CustomDocument, document_id, "", ""


class LinkField(models.URLField):
    """An address; if it is a document's, the reference index knows."""

    def extract_references(self, value):
        return references_to(value)

    def deconstruct(self):
        """To the database it is Django's field."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs


class AddressBlock(blocks.URLBlock):
    """An address; if it is a document's, the reference index knows."""

    def extract_references(self, value):
        return references_to(value)

    def deconstruct(self):
        """To the database it is Wagtail's block."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.URLBlock", args, kwargs


class WrittenLinkHandler(LinkHandler):
    """Addresses in rich text, which stay as they are."""

    identifier = "external"

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        return []

    @classmethod
    def extract_references(cls, attrs: dict) -> Iterator[tuple]:
        return references_to(attrs.get("href"))


class WrittenPathHandler(WrittenLinkHandler):
    """Addresses without a host, to which Wagtail gives no type."""

    identifier = None
