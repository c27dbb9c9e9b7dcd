"""Uploading files as editors do."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse


def upload(client, name: str, data: bytes):
    """Through *Documents → Add*."""
    form = {"title": name, "files[]": SimpleUploadedFile(name, data), "collection": 1}
    return client.post(reverse("wagtaildocs:add_multiple"), form, headers={"x-requested-with": "XMLHttpRequest"})
