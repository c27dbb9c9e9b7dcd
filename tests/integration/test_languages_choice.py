"""The front door follows the browser, then the reader's choice; the admin follows the user's account."""

import pytest
from wagtail.users.models import UserProfile

from tests.integration.trees import Trees

pytestmark = pytest.mark.django_db


@pytest.fixture
def trees():
    return Trees()


@pytest.mark.parametrize(
    ("accepted", "address"),
    [
        ("es-MX,es;q=0.9,en;q=0.5", "/es/"),
        ("en-US,en;q=0.9", "/en/"),
        ("ko,zh;q=0.8", "/en/"),
        ("ko,es;q=0.8,en;q=0.5", "/es/"),
        (None, "/en/"),
        ("*;q=nonsense", "/en/"),
    ],
)
def test_the_front_door_follows_the_browser(trees, client, accepted, address):
    response = client.get("/", headers={"accept-language": accepted} if accepted else {})
    assert (response.status_code, response["Location"]) == (302, address)
    assert "Accept-Language" in response["Vary"]
    assert "Cookie" in response["Vary"]
    assert "no-store" in response["Cache-Control"]


def test_the_choice_is_remembered(trees, client):
    spanish = {"accept-language": "es"}
    assert client.get("/es/", headers=spanish).status_code == 200
    assert "django_language" not in client.cookies
    client.get("/en/", headers=spanish)
    assert client.cookies["django_language"].value == "en"
    assert client.cookies["django_language"]["samesite"] == "Lax"
    assert client.get("/", headers=spanish)["Location"] == "/en/"
    client.get("/es/", headers=spanish)
    assert client.get("/", headers=spanish)["Location"] == "/es/"


def test_the_address_decides_the_language_whatever_was_chosen(trees, client):
    client.get("/es/")
    html = client.get("/en/", headers={"accept-language": "es"}).content.decode()
    assert '<html lang="en"' in html


def test_addresses_without_language_lead_to_the_readers(trees, client):
    trees.page(trees.en, "about")
    assert client.get("/about/", headers={"accept-language": "es"})["Location"] == "/es/about/"


@pytest.mark.parametrize("path", ["/media/images/", "/documents/9/none.pdf", "/health/none/", "/static/none/"])
def test_missing_files_are_not_looked_for_among_pages(trees, client, path):
    assert client.get(path).status_code == 404


def test_the_admin_keeps_the_users_own_language(trees, admin_client, admin_user):
    UserProfile.objects.update_or_create(user=admin_user, defaults={"preferred_language": "es"})
    admin_client.get("/en/", headers={"accept-language": "es"})
    assert '<html lang="es"' in admin_client.get("/admin/", headers={"accept-language": "en"}).content.decode()


def test_the_readers_choice_does_not_reach_the_admin(trees, admin_client):
    admin_client.get("/es/", headers={"accept-language": "en"})
    assert admin_client.cookies["django_language"].value == "es"
    assert '<html lang="en"' in admin_client.get("/admin/", headers={"accept-language": "en"}).content.decode()
