"""Security headers, health, and files below MEDIA_ROOT."""

from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def image_file():
    path = Path(settings.MEDIA_ROOT) / "images" / "picture.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"0123456789")
    yield "images/picture.png"
    path.unlink()


def test_public_pages_allow_no_inline_script_or_style(client):
    policy = client.get("/health/live")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy


def test_the_admin_has_its_own_policy_and_is_never_cached(client):
    response = client.get("/admin/login/")
    assert "'unsafe-inline'" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]


def test_an_image_is_served_whole_and_in_ranges(client, image_file):
    whole = client.get(f"/media/{image_file}")
    assert b"".join(whole.streaming_content) == b"0123456789"
    part = client.get(f"/media/{image_file}", HTTP_RANGE="bytes=2-5")
    assert part.status_code == 206
    assert part["Content-Range"] == "bytes 2-5/10"
    assert b"".join(part.streaming_content) == b"2345"
    assert client.get(f"/media/{image_file}", HTTP_RANGE="bytes=50-").status_code == 416


@pytest.mark.parametrize(
    "path",
    [
        "documents/secret.pdf",
        "../secret_key",
        "images/../../secret_key",
        "media/unknown.mp4",
        "images/",
        "images/none.png",
    ],
)
def test_nothing_else_below_media_is_served(client, path):
    assert client.get(f"/media/{path}").status_code == 404


def test_health_says_alive_and_ready(client):
    assert client.get("/health/live").json() == {"status": "ok"}
    assert client.get("/health/ready").json() == {"status": "ok", "problems": []}


def test_readiness_names_missing_migrations(client, monkeypatch):
    monkeypatch.setattr("cms.health.MigrationExecutor.migration_plan", lambda self, targets: ["one"])
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert "migrate" in response.json()["problems"][0]
