"""Importing in the admin: checked first, imported after a confirmation, by those who may publish."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from assets.models import User
from resources.models import ResourcePage
from tests import made_files
from tests.integration.import_world import GUIDE, make_site, write_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(db) -> Client:
    make_site()
    client = Client()
    client.force_login(User.objects.create_superuser("ana", "ana@example.org", "x"))
    return client


def upload(client: Client, tmp_path: Path, **changes):
    table = write_csv(tmp_path / "works.csv", {**GUIDE, **changes})
    file = SimpleUploadedFile("works.csv", table.read_bytes())
    return client.post(reverse("import_library"), {"file": file})


def test_a_table_is_imported_after_its_report_was_confirmed(client, tmp_path):
    answer = upload(client, tmp_path)
    assert answer.context["report"].new == ("guide-one",)
    assert not ResourcePage.objects.exists()
    answer = client.post(reverse("import_library_confirm"), {"token": answer.context["token"]}, follow=True)
    assert "Imported. New: 1" in answer.content.decode()
    assert ResourcePage.objects.count() == 2
    assert not list((settings.DATA_DIR / "imports").iterdir())


def test_problems_are_listed_with_their_places(client, tmp_path):
    answer = upload(client, tmp_path, topics="reclasification", file_en="guide.pdf")
    text = answer.content.decode()
    assert answer.context["problem_count"] == 2
    assert "Row 2, column topics" in text
    assert "only the table was uploaded" in text


@pytest.mark.parametrize(("row", "place"), [('"title_en": "x\\ud83d"', "column title_en"), ('"\\ud83d": "x"', "Row 1")])
def test_half_a_character_is_a_problem_with_a_place(client, row, place):
    file = SimpleUploadedFile("works.jsonl", f'{{"key": "a", "type": "guide", {row}}}'.encode())
    answer = client.post(reverse("import_library"), {"file": file})
    assert (answer.status_code, answer.context["problem_count"]) == (200, 1)
    assert place in answer.content.decode()


def test_a_confirmation_counts_once_and_for_its_user(client, tmp_path):
    token = upload(client, tmp_path).context["token"]
    other = Client()
    other.force_login(User.objects.create_superuser("eva", "eva@example.org", "x"))
    for who, wrong in ((other, token), (client, "forged"), (client, "")):
        who.post(reverse("import_library_confirm"), {"token": wrong})
        assert not ResourcePage.objects.exists()
    client.post(reverse("import_library_confirm"), {"token": token})
    client.post(reverse("import_library_confirm"), {"token": token})
    assert ResourcePage.objects.count() == 2


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "jsonl"])
def test_the_library_can_be_downloaded(client, suffix):
    answer = client.get(reverse("export_library", args=[suffix]))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) is not None
    assert client.get(reverse("export_library", args=["exe"])).status_code == 404


def test_others_see_nothing_of_it(client, tmp_path):
    stranger = Client()
    user = User.objects.create_user("leo", "leo@example.org", "x")
    stranger.force_login(user)
    for name in ("import_library", "import_library_confirm"):
        assert stranger.post(reverse(name)).status_code in (302, 403)
    assert stranger.get(reverse("export_library", args=["csv"])).status_code in (302, 403)


@pytest.mark.parametrize(("language", "words"), [("en", "The file is damaged"), ("es", "El archivo está dañado")])
def test_of_a_damaged_workbook_nothing_stays_behind(client, language, words):
    UserProfile.objects.create(user=User.objects.get(), preferred_language=language)
    data = bytearray(made_files.xlsx({"Hoja": [["key", "type", "title_en"], *[["a", "guide", "A"]] * 50]}))
    data[data.find(b"xl/worksheets/sheet1.xml") + 60] ^= 0xFF
    answer = client.post(reverse("import_library"), {"file": SimpleUploadedFile("works.xlsx", bytes(data))})
    assert (answer.status_code, answer.context["problem_count"]) == (200, 1)
    assert words in answer.content.decode()
    assert not list((settings.DATA_DIR / "imports").iterdir())
