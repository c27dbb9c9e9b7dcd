"""Documents, the pages that show them, and readers who ask for them."""

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client

from assets.models import CustomDocument, User
from resources.models import CaptionTrack, RecordingFile, ResourceFile
from tests.integration.trees import fresh
from tests.made_files import pdf


def a_document(name: str = "report.pdf", data: bytes | None = None, **values) -> CustomDocument:
    return CustomDocument.objects.create(title=name, file=ContentFile(data or pdf("words"), name), **values)


def reader(language: str) -> Client:
    return Client(headers={"accept-language": language})


def status(document, language: str = "en") -> int:
    return reader(language).get(document.url).status_code


def signed_in(name: str, *groups: str) -> Client:
    user = User.objects.create_user(name, password="secret-words")
    user.groups.set(Group.objects.filter(name__in=groups))
    client = Client()
    client.force_login(user)
    return client


def publish(page, **values):
    """The page with these values, as an editor publishes it."""
    page = fresh(page)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return fresh(page)


def link(document) -> str:
    return f'<p><a linktype="document" id="{document.pk}">words</a></p>'


def in_text(document) -> dict:
    return {"body": [("text", link(document))]}


def row_of_file(page, document):
    ResourceFile.objects.create(page=page, language="es", document=document)


def row_of_slides(page, document):
    RecordingFile.objects.create(page=page, language="es", document=document)


def row_of_captions(page, document):
    CaptionTrack.objects.create(page=page, language="es", document=document)


def row_of_pasted_address(page, document):
    ResourceFile.objects.create(page=page, language="es", url=f"http://localhost{document.url}")
