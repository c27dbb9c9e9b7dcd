"""Uploading files as editors do."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse


def upload(client, name: str, data: bytes):
    """Through *Documents → Add*."""
    form = {"title": name, "files[]": SimpleUploadedFile(name, data), "collection": 1}
    return client.post(reverse("wagtaildocs:add_multiple"), form, headers={"x-requested-with": "XMLHttpRequest"})


def upload_alone(client, name: str, data: bytes | None):
    """Through the form for a single document; None for a form sent without a file."""
    return client.post(reverse("wagtaildocs:add"), _form(name, file=(name, data)))


def choose(client, name: str, data: bytes):
    """Through the tab *Upload* of a documents chooser."""
    prefix = "document-chooser-upload"
    form = {f"{prefix}-title": name, f"{prefix}-file": SimpleUploadedFile(name, data), f"{prefix}-collection": 1}
    return client.post(reverse("wagtaildocs_chooser:create"), form)


def upload_media(client, kind: str, **files: tuple[str, bytes | None]):
    """Through *Media → Add video* or *Add audio*; file and thumbnail by name and content."""
    return client.post(reverse("wagtailmedia:add", args=[kind]), {"duration": 0, **_form("recording", **files)})


def _form(title: str, **files: tuple[str, bytes | None]) -> dict:
    given = {field: SimpleUploadedFile(*file) for field, file in files.items() if file[1] is not None}
    return {"title": title, "collection": 1, "tags": "", **given}
