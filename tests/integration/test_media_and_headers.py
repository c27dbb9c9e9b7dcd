"""Security headers, health, and files below MEDIA_ROOT."""

import json
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
    policy = client.get("/robots.txt")["Content-Security-Policy"]
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


MANIFEST = {"paths": {"img/icon.svg": "img/icon.0123456789ab.svg"}, "version": "1.1", "hash": ""}


@pytest.mark.parametrize("language", ["en", "es"])
def test_browsers_find_the_icon_where_no_page_names_it(client, language, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/favicon.ico", headers={"accept-language": language})
    assert (response.status_code, response["Location"]) == (302, "/static/img/icon.svg")
    assert response["Cache-Control"] == "public, max-age=86400"
    assert not response.cookies
    assert client.head("/favicon.ico").status_code == 302
    assert client.post("/favicon.ico").status_code == 405


def test_the_icon_has_the_name_of_its_release_in_production(client, settings, tmp_path):
    (tmp_path / "staticfiles.json").write_text(json.dumps(MANIFEST))
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    assert client.get("/favicon.ico")["Location"] == "/static/img/icon.0123456789ab.svg"


def test_health_says_alive_and_ready(client):
    assert client.get("/health/live").json() == {"status": "ok"}


@pytest.mark.parametrize("path", ["live", "ready"])
@pytest.mark.parametrize("host", ["10.0.0.7:9000", "127.0.0.1", "_"])
def test_who_looks_after_a_process_need_not_know_its_name(client, settings, path, host):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["library.example.org"], True
    assert client.get(f"/health/{path}", headers={"host": host}).status_code == 200
    assert client.get("/en/", headers={"host": host}).status_code in (301, 400)
    assert client.get("/health/ready").json() == {"status": "ok", "problems": []}


def test_readiness_names_missing_migrations(client, monkeypatch):
    monkeypatch.setattr("cms.health.MigrationExecutor.migration_plan", lambda self, targets: ["one"])
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert "migrate" in response.json()["problems"][0]
