"""Captions as editors bring them in: SRT and WebVTT, in the admin, in choosers and in tables; bad ones are refused."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from assets.models import CustomDocument, TextState
from resources.importing.problems import ImportRefused
from resources.models import ConveningRecordingPage
from resources.transcripts import MAXIMUM_BYTES, cues_of_document, webvtt_of_srt
from tests import factories
from tests.captions import SRT, TWO_CUES
from tests.integration.import_world import make_site, run, write_csv
from tests.uploads import choose, upload

pytestmark = pytest.mark.django_db
TALK = {"key": "talk", "type": "recording", "title_en": "Talk", "convening": "meeting"}
MEETING = {"key": "meeting", "type": "convening", "title_en": "Meeting", "date": "2024"}
# What a file is, and the words with which it is refused in each language.
BAD = {
    "no-times.srt": (b"1\n00:00:01,000 --> 00:00:02,000\nHola\n\nsin tiempos\n", "Line 5:", "Línea 5:"),
    "order.vtt": (TWO_CUES.replace("00:03.", "00:00.").replace("00:04.", "00:02.").encode(), "Line 6:", "Línea 6:"),
    "comma.vtt": (TWO_CUES.replace("01.0", "01,0").encode(), "with a point", "con un punto"),
    "named-wrong.vtt": (SRT.encode(), "end in .srt", "termine en .srt"),
    "film.vtt": (b"\x00\x00\x00\x20ftypisom" * 100, "not plain text", "no es texto simple"),
    "film.srt": (b"\x00\x00\x00\x20ftypisom" * 100, "not plain text", "no es texto simple"),
    "endless.vtt": (b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"y " * 500_000, "longer than", "más de 5000 caracteres"),
    "late.vtt": (TWO_CUES.replace("00:03", "9999999:00:03").encode(), "Line 6:", "Línea 6:"),
    "empty.srt": (b"", "empty", "vacío"),
    "empty.vtt": (b"", "empty", "vacío"),
    "notes.vtt": (
        b"WEBVTT\n\nNOTE one\n\nNOTE two\n",
        "Line 5: The file ends here",
        "Línea 5: El archivo termina aquí",
    ),
    "words.srt": (b"Buenas\ntardes\n", "Line 2: The file ends here", "Línea 2: El archivo termina aquí"),
    "large.srt": (b"1" * (MAXIMUM_BYTES + 1), "5 MB", "5 MB"),
}


@pytest.mark.parametrize("way", [upload, choose])
def test_srt_is_kept_as_webvtt(editor, way):
    response = way(editor("en"), "talk.es.srt", SRT.encode("cp1252"))
    assert response.status_code == 200
    document = CustomDocument.objects.get()
    kept = webvtt_of_srt(SRT.encode())
    assert document.filename.startswith("talk")
    assert document.filename.endswith(".vtt")
    assert (document.checksum, document.file_size) == (hashlib.sha256(kept).hexdigest(), len(kept))
    assert (document.is_captions, document.text_state) == (True, TextState.READ)
    assert [cue.text for cue in cues_of_document(document)][1] == "La niñez aprende en dos idiomas."
    assert editor("es").get(document.url)["Content-Type"].startswith("text/vtt")


def test_captions_in_use_are_replaced_by_srt(editor):
    client = editor("es")
    upload(client, "talk.vtt", TWO_CUES.encode())
    document = CustomDocument.objects.get()
    factories.ConveningRecordingPageFactory().captions.create(language="es", document=document)
    form = {"title": "Charla", "file": SimpleUploadedFile("new.srt", SRT.encode()), "collection": 1, "tags": ""}
    assert client.post(reverse("wagtaildocs:edit", args=[document.pk]), form).status_code == 302
    document.refresh_from_db()
    assert document.filename.endswith(".vtt")
    assert len(cues_of_document(document)) == 2
    former = document.checksum
    form["file"] = SimpleUploadedFile("new.srt", b"1\n00:00:01 --> 2\nHola")
    answer = client.post(reverse("wagtaildocs:edit", args=[document.pk]), form)
    assert "Línea 2:" in answer.content.decode()
    document.refresh_from_db()
    assert document.checksum == former
    assert len(cues_of_document(document)) == 2


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("language", ["en", "es"])
def test_bad_captions_are_refused_with_line_and_remedy(editor, language, name):
    data, *words = BAD[name]
    client = editor(language)
    for way in (upload, choose):
        answer = way(client, name, data)
        assert answer.status_code == 200
        text = answer.json().get("error_message") or answer.content.decode("unicode-escape")
        assert words[language == "es"] in text, text[:2000]
    assert not CustomDocument.objects.exists()


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_film_named_as_captions_is_refused_unread(editor, language, monkeypatch):
    monkeypatch.setattr(SimpleUploadedFile, "read", lambda *args: pytest.fail("the file was read"))
    from resources.documents import captions_in_webvtt

    film = SimpleUploadedFile("film.vtt", b"")
    film.size = 2 * 1024**3
    with override(language), pytest.raises(Exception, match="5 MB"):
        captions_in_webvtt(film)


def test_tables_bring_srt_in_and_know_it_again(tmp_path):
    make_site()
    (tmp_path / "talk.en.srt").write_bytes(SRT.encode("utf-16"))
    (tmp_path / "talk.es.vtt").write_text(TWO_CUES)
    path = write_csv(tmp_path / "a.csv", MEETING, {**TALK, "captions_en": "talk.en.srt", "captions_es": "talk.es.vtt"})
    run(path)
    tracks = {track.language: track.document for track in ConveningRecordingPage.objects.get().captions.all()}
    assert {language: len(cues_of_document(document)) for language, document in tracks.items()} == {"en": 2, "es": 2}
    assert tracks["en"].filename.endswith(".vtt")
    assert run(path).unchanged == 2
    assert CustomDocument.objects.count() == 2


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("language", ["en", "es"])
def test_tables_with_bad_captions_are_refused(tmp_path, language, name):
    make_site()
    data, *words = BAD[name]
    (tmp_path / name).write_bytes(data)
    with override(language), pytest.raises(ImportRefused) as refused:
        run(write_csv(tmp_path / "a.csv", MEETING, {**TALK, "captions_es": name}))
    [problem] = refused.value.problems
    assert (problem.row, problem.column) == (3, "captions_es")
    assert words[language == "es"] in problem.message
    assert not CustomDocument.objects.exists()


def test_a_table_naming_a_film_as_captions_is_refused_by_its_size(tmp_path):
    make_site()
    with (tmp_path / "film.srt").open("wb") as film:
        film.truncate(3 * 1024**3)
    with pytest.raises(ImportRefused, match="5 MB"):
        run(write_csv(tmp_path / "a.csv", MEETING, {**TALK, "captions_en": "film.srt"}))


def test_a_table_cannot_name_another_document_of_the_library_as_captions(tmp_path):
    make_site()
    document = CustomDocument.objects.create(title="Guide", file=SimpleUploadedFile("guide.txt", b"words"))
    with pytest.raises(ImportRefused, match="not a kind of file that fits here"):
        run(write_csv(tmp_path / "a.csv", MEETING, {**TALK, "captions_en": f"library:{document.file.name}"}))
