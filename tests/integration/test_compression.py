"""Pages go out compressed; recordings do not, so that they can be sought."""

from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db


def test_a_page_is_compressed_for_those_who_can_read_it(client):
    assert client.get("/admin/login/", headers={"Accept-Encoding": "gzip"})["Content-Encoding"] == "gzip"
    assert not client.get("/admin/login/").has_header("Content-Encoding")


def test_a_range_of_a_picture_is_not_compressed(client):
    path = Path(settings.MEDIA_ROOT) / "images" / "large.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"0" * 5000)
    try:
        headers = {"Accept-Encoding": "gzip", "Range": "bytes=0-999"}
        response = client.get(f"/media/images/{path.name}", headers=headers)
        assert response.status_code == 206
        assert not response.has_header("Content-Encoding")
        assert len(b"".join(response.streaming_content)) == 1000
    finally:
        path.unlink()
