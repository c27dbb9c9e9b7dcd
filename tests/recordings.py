"""A recording with captions of both languages, for tests."""

from django.core.files.base import ContentFile

from assets.models import CustomDocument
from tests import factories

ENGLISH = """WEBVTT

00:01:00.000 --> 00:01:05.000
Welcome to the convening on English learners.

00:10:00.500 --> 00:10:05.000
Now we speak of reclassification.

00:20:00.000 --> 00:20:05.000
Families ask about the Seal of Biliteracy.

00:32:10.000 --> 00:32:15.000
And once more about reclassification in Fresno.
"""
SPANISH = """WEBVTT

00:01:00.000 --> 00:01:05.000
Bienvenidos al encuentro sobre estudiantes de inglés.

00:10:02.000 --> 00:10:07.000
Ahora hablamos de la reclasificación.

00:20:00.000 --> 00:20:05.000
Las familias preguntan por el Sello de Alfabetización Bilingüe.
"""


def captions(text: str | bytes, collection=None) -> CustomDocument:
    data = text if isinstance(text, bytes) else text.encode()
    values = {"collection": collection} if collection else {}
    return CustomDocument.objects.create(title="Captions", file=ContentFile(data, "captions.vtt"), **values)


def recording(english: str | bytes = ENGLISH, spanish: str | bytes = SPANISH, **values):
    """A recording with an edition and captions in each language; gives language → edition."""
    page = factories.ConveningRecordingPageFactory(title="The convening", **values)
    for language, text in (("en", english), ("es", spanish)):
        if text:
            page.captions.create(language=language, document=captions(text))
    page.save_revision().publish()
    return {"en": page, "es": factories.make_edition(page, "es", title="El encuentro")}
