"""A refused upload says one thing: what is wrong with the file and what to do, in the editor's language."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from assets.models import CustomDocument, CustomImage, CustomMedia
from cms.settings.environment import PROJECT_DIR
from tests.uploads import choose, upload, upload_alone, upload_media

pytestmark = pytest.mark.django_db

EMPTY = {
    "en": "The file is empty. Choose the file again, or save it anew.",
    "es": "El archivo está vacío. Elíjalo otra vez o guárdelo de nuevo.",
}
NOT_PDF = {
    "en": "The file is named .pdf but is not one. Save it as pdf and upload it again.",
    "es": "El nombre del archivo termina en .pdf, pero no lo es. Guárdelo como pdf y súbalo de nuevo.",
}
NO_TIMES = {
    "en": "Line 3: This block has no times. Write times such as 00:01.000 --> 00:04.000, or put an empty line after "
    "the captions before.",
    "es": "Línea 3: A este bloque le faltan los tiempos. Escriba los tiempos así: 00:01.000 --> 00:04.000, o deje una "
    "línea vacía después del subtítulo anterior.",
}
OTHER_KIND = {
    "en": "“{}” is not a kind of file that fits here. Choose one of these kinds: {}.",
    "es": "«{}» no es un tipo de archivo que se pueda usar aquí. Elija uno de estos tipos: {}.",
}
DOCUMENTS = "pdf, docx, pptx, xlsx, csv, txt, html, vtt, srt"
REQUIRED = {"en": "This field is required.", "es": "Este campo es necesario."}
NOT_A_PICTURE = {
    "en": "The file is not a picture, or is damaged. Open it, save it anew and upload it again.",
    "es": "El archivo no es una imagen o está dañado. Ábralo, guárdelo de nuevo y vuelva a subirlo.",
}


def other_kind(name: str, kinds: str = DOCUMENTS) -> dict[str, str]:
    return {language: words.format(name, kinds) for language, words in OTHER_KIND.items()}


REFUSED = {
    "empty.pdf": (b"", EMPTY),
    "empty.vtt": (b"", EMPTY),
    "empty.exe": (b"", EMPTY),
    "page.pdf": (b"<!doctype html>", NOT_PDF),
    "words.vtt": (b"WEBVTT\n\nhello\n", NO_TIMES),
    "program.exe": (b"MZ\x90", other_kind("program.exe")),
    "README": (b"words", other_kind("README")),
}
LANGUAGES = pytest.mark.parametrize("language", ["en", "es"])


def errors(answer, language: str) -> dict[str, list[str]]:
    """What the form says beside each field, in the language in which it was shown."""
    with override(language):
        return {field: list(messages) for field, messages in answer.context["form"].errors.items()}


@LANGUAGES
@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_document_has_one_reason(editor, language, name):
    data, words = REFUSED[name]
    client = editor(language)
    assert upload(client, name, data).json()["error_message"] == words[language]
    assert errors(upload_alone(client, name, data), language) == {"file": [words[language]]}
    assert errors(choose(client, name, data), language) == {"file": [words[language]]}
    assert not CustomDocument.objects.exists()


@LANGUAGES
@pytest.mark.parametrize("name", REFUSED)
def test_a_document_keeps_its_file_where_the_new_one_is_refused(editor, language, name):
    data, words = REFUSED[name]
    document = CustomDocument.objects.create(title="Words", file=ContentFile(b"words", "words.txt"))
    form = {"title": "Words", "collection": 1, "tags": "", "file": SimpleUploadedFile(name, data)}
    answer = editor(language).post(reverse("wagtaildocs:edit", args=[document.pk]), form)
    assert errors(answer, language) == {"file": [words[language]]}
    document.refresh_from_db()
    with document.open_file() as file:
        assert file.read() == b"words"


ABOVE = {
    "en": ["The document was not saved.", "The recording was not saved.", "Go to the first error"],
    "es": ["El documento no se guardó.", "La grabación no se guardó.", "Ir al primer error"],
}


@LANGUAGES
def test_what_stands_above_a_refused_form_is_in_the_editors_language(editor, language):
    client = editor(language)
    document, recording, way = ABOVE[language]
    for answer, words in (
        (upload_alone(client, "empty.pdf", b""), document),
        (upload_media(client, "video", file=("talk.mp4", b"")), recording),
    ):
        page = answer.content.decode()
        assert words in page
        assert way in page


@pytest.mark.parametrize(
    ("language", "words"), [("en", ["Media", "Add video"]), ("es", ["Multimedia", "Agregar video"])]
)
def test_the_way_to_recordings_is_called_what_the_guide_calls_it(editor, language, words):
    page = editor(language).get(reverse("wagtailmedia:index")).content.decode()
    guide = (PROJECT_DIR / "docs" / f"editors.{language}.md").read_text()
    assert f"*{' → '.join(words)}*" in guide
    assert all(each in page for each in words)


def test_the_form_of_recordings_is_in_spanish(editor):
    page = editor("es").get(reverse("wagtailmedia:add", args=["video"])).content.decode()
    assert all(words in page for words in ("Duración", "Duración en segundos.", "Imagen de portada"))
    assert "Duration" not in page


@LANGUAGES
def test_a_form_without_a_file_asks_for_one_and_says_nothing_else(editor, language):
    client = editor(language)
    assert errors(upload_alone(client, "Words", None), language) == {"file": [REQUIRED[language]]}
    assert errors(upload_media(client, "video"), language) == {"file": [REQUIRED[language]]}


@LANGUAGES
@pytest.mark.parametrize(("kind", "kinds"), [("video", "mp4, webm"), ("audio", "mp3, m4a, ogg, opus")])
def test_a_refused_recording_has_one_reason_beside_the_file_that_is_meant(editor, language, kind, kinds):
    client = editor(language)
    good = ("talk.mp4" if kind == "video" else "talk.mp3", b"x")
    answer = upload_media(client, kind, file=(good[0], b""))
    assert errors(answer, language) == {"file": [EMPTY[language]]}
    answer = upload_media(client, kind, file=("talk.exe", b"x"))
    assert errors(answer, language) == {"file": [other_kind("talk.exe", kinds)[language]]}
    answer = upload_media(client, kind, file=good, thumbnail=("poster.exe", b"x"))
    assert errors(answer, language) == {"thumbnail": [other_kind("poster.exe", "gif, jpg, jpeg, png, webp")[language]]}
    answer = upload_media(client, kind, file=("talk.exe", b"x"), thumbnail=("poster.exe", b"x"))
    assert errors(answer, language).keys() == {"file", "thumbnail"}
    assert not CustomMedia.objects.exists()
    assert upload_media(client, kind, file=good, thumbnail=("poster.jpg", b"x")).status_code == 302
    assert CustomMedia.objects.get().duration == 0


@LANGUAGES
@pytest.mark.parametrize(("data", "words"), [(b"", EMPTY), (b"words", NOT_A_PICTURE)])
def test_a_refused_picture_speaks_the_same_way(editor, language, data, words):
    form = {"title": "Picture", "collection": 1, "file": SimpleUploadedFile("picture.png", data)}
    answer = editor(language).post(reverse("wagtailimages:add"), form)
    assert errors(answer, language) == {"file": [words[language]]}
    assert not CustomImage.objects.exists()


def test_a_document_whose_kind_is_no_longer_taken_can_still_be_renamed(editor, settings):
    document = CustomDocument.objects.create(title="Words", file=ContentFile(b"words", "words.txt"))
    settings.WAGTAILDOCS_EXTENSIONS = ["pdf"]
    form = {"title": "Old words", "collection": 1, "tags": ""}
    assert editor("en").post(reverse("wagtaildocs:edit", args=[document.pk]), form).status_code == 302
    document.refresh_from_db()
    assert document.title == "Old words"
