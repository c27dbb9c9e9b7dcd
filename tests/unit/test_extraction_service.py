"""Texts kept by checksum, shown to editors with their reasons, renewed when a file is replaced."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Collection, GroupCollectionPermission
from wagtail.users.models import UserProfile

from assets.extraction import service
from assets.extraction.messages import MESSAGES
from assets.extraction.problems import Problem
from assets.extraction.service import DocumentPage, extract_document, page_count, pages_of, read_again
from assets.models import CustomDocument, DocumentText, TextState, User
from assets.signals import document_text_changed
from tests import made_files

pytestmark = pytest.mark.django_db


def document(data: bytes, name: str = "guide.pdf") -> CustomDocument:
    return CustomDocument.objects.create(title=name, file=ContentFile(data, name=name))


@pytest.fixture
def changed():
    heard = []

    def hear(sender, document_id, **kwargs):
        heard.append(document_id)

    document_text_changed.connect(hear)
    yield heard
    document_text_changed.disconnect(hear)


@pytest.fixture
def no_child(monkeypatch):
    """Fails where a file would be read."""

    def refuse(*args):
        raise AssertionError("the file was read")

    return lambda: monkeypatch.setattr(service, "read_file", refuse)


def test_a_waiting_document_is_read_into_pages(changed):
    guide = document(made_files.pdf("uno", "", "tres"))
    assert list(service.waiting_documents()) == [guide]
    changed.clear()
    assert extract_document(guide.pk) == TextState.READ
    assert pages_of(guide) == [DocumentPage(1, "uno"), DocumentPage(3, "tres")]
    assert page_count(guide) == 3
    assert not service.waiting_documents().exists()
    assert changed == [guide.pk]


def test_a_file_without_pages_has_one_text_without_number():
    letter = document(made_files.docx("Estimadas familias"), "letter.docx")
    extract_document(letter.pk)
    assert pages_of(letter) == [DocumentPage(None, "Estimadas familias")]
    assert page_count(letter) is None


def test_the_same_file_is_read_once_for_all_documents_that_hold_it(no_child, changed):
    data = made_files.pdf("uno")
    first, second = document(data), document(data, "copy.pdf")
    extract_document(first.pk)
    second.refresh_from_db()
    assert second.text_state == TextState.READ
    assert set(changed) == {first.pk, second.pk}
    no_child()
    third = document(data, "third.pdf")
    assert extract_document(third.pk) == TextState.READ
    assert pages_of(third) == [DocumentPage(1, "uno")]


def test_every_saved_document_has_the_checksum_of_its_file():
    guide = document(b"abc", "a.txt")
    assert guide.checksum == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    guide.file.save("b.txt", ContentFile(b"abcd"))
    guide.refresh_from_db()
    assert guide.checksum == "88d4266fd4e6338d13b845fcf289579d209c897823b9217da3e161936f031589"


def test_a_replaced_file_waits_anew_and_its_former_text_is_gone_at_once(changed):
    guide = document(made_files.pdf("former words"))
    extract_document(guide.pk)
    changed.clear()
    guide = CustomDocument.objects.get(pk=guide.pk)
    guide.file = ContentFile(made_files.pdf("new words"), name="new.pdf")
    guide.save()
    assert (guide.text_state, pages_of(guide), changed) == (TextState.WAITING, [], [guide.pk])
    assert not DocumentText.objects.exists()
    extract_document(guide.pk)
    assert pages_of(guide) == [DocumentPage(1, "new words")]


def test_a_new_title_leaves_the_text_alone(changed):
    guide = document(made_files.pdf("uno"))
    extract_document(guide.pk)
    changed.clear()
    guide = CustomDocument.objects.get(pk=guide.pk)
    guide.title = "Another"
    guide.save()
    CustomDocument.objects.defer("file", "checksum").get(pk=guide.pk).save()
    assert (guide.text_state, changed) == (TextState.READ, [])


def test_a_file_replaced_while_it_was_read_does_not_take_the_former_text(monkeypatch):
    guide = document(made_files.pdf("former"))

    def replace_meanwhile(*args):
        guide.file = ContentFile(made_files.pdf("new"), name="new.pdf")
        guide.save()
        return service.Outcome(("former",), "page", 1)

    monkeypatch.setattr(service, "read_file", replace_meanwhile)
    extract_document(guide.pk)
    guide.refresh_from_db()
    assert (guide.text_state, pages_of(guide)) == (TextState.WAITING, [])
    assert not DocumentText.objects.exists()


def test_the_text_of_a_deleted_file_is_forgotten_unless_another_document_holds_it():
    data = made_files.pdf("uno")
    first, second = document(data), document(data)
    extract_document(first.pk)
    first.delete()
    assert pages_of(second) == [DocumentPage(1, "uno")]
    CustomDocument.objects.filter(pk=second.pk).delete()
    assert not DocumentText.objects.exists()


def test_a_file_that_cannot_be_read_is_not_tried_again_until_an_editor_asks(no_child):
    locked = document(made_files.LOCKED_PDF)
    assert extract_document(locked.pk) == TextState.FAILED
    locked.refresh_from_db()
    assert (locked.text_problem, pages_of(locked)) == (Problem.ENCRYPTED, [])
    assert not service.waiting_documents().exists()
    read_again(locked)
    assert list(service.waiting_documents()) == [locked]
    assert not DocumentText.objects.exists()


def test_a_scanned_file_says_that_it_has_no_text_layer():
    scanned = document(made_files.pdf("", ""))
    assert extract_document(scanned.pk) == TextState.EMPTY
    scanned.refresh_from_db()
    assert scanned.text_problem == Problem.SCANNED
    assert page_count(scanned) == 2


def test_a_file_read_in_part_is_found_by_that_part_and_says_so():
    long = document(b"palabra " * 100, "long.txt")
    assert extract_document(long.pk, service.Limits(characters=50)) == TextState.READ
    long.refresh_from_db()
    assert long.text_problem_message.startswith("Only part of the file can be found by search. ")


def test_a_file_that_left_storage_fails_for_its_own_document_only():
    data = made_files.pdf("uno")
    lost, kept = document(data), document(data, "kept.pdf")
    lost.file.storage.delete(lost.file.name)
    assert extract_document(lost.pk) == TextState.FAILED
    lost.refresh_from_db()
    assert lost.text_problem == Problem.MISSING
    kept.refresh_from_db()
    assert kept.text_state == TextState.WAITING
    assert extract_document(kept.pk) == TextState.READ


def test_rows_written_in_bulk_get_their_checksum_when_they_are_read():
    saved = document(made_files.pdf("uno"))
    [bulk] = CustomDocument.objects.bulk_create([CustomDocument(title="bulk", file=saved.file.name)])
    assert extract_document(bulk.pk) == TextState.READ
    bulk.refresh_from_db()
    assert bulk.checksum == saved.checksum


def test_captions_are_not_pages_and_never_wait():
    captions = document(b"WEBVTT\n\n00:01.000 --> 00:02.000\nHola", "talk.vtt")
    assert captions.text_state == TextState.READ
    assert extract_document(captions.pk) == TextState.READ
    assert pages_of(captions) == []


def test_a_document_without_a_file_can_be_saved_and_has_no_text():
    bare = CustomDocument.objects.create(title="to come")
    assert (bare.checksum, pages_of(bare)) == ("", [])


def test_a_document_deleted_meanwhile_is_passed_over():
    assert extract_document(987_654) is None


def test_every_problem_has_its_sentence():
    assert set(MESSAGES) == set(Problem)


@pytest.mark.parametrize(("language", "words"), [("en", "protected by a password"), ("es", "protegido con contraseña")])
def test_an_editor_reads_the_reason_in_their_language(client, language, words):
    locked = document(made_files.LOCKED_PDF)
    extract_document(locked.pk)
    editor = User.objects.create_superuser("editor", "editor@example.org", "clave")
    client.force_login(editor)
    profile = UserProfile.get_for_user(editor)
    profile.preferred_language = language
    profile.save()
    for address in (
        reverse("wagtaildocs:index"),
        reverse("wagtaildocs:index") + "?text_state=failed",
        reverse("wagtaildocs:index_results"),
        reverse("wagtaildocs:edit", args=[locked.pk]),
    ):
        assert words in client.get(address).content.decode(), address
    with override(language):
        locked.refresh_from_db()
        assert words in locked.text_problem_message
    assert words not in client.get(reverse("wagtaildocs:index") + "?text_state=read").content.decode()


def test_an_editor_has_a_file_read_again(client):
    locked = document(made_files.LOCKED_PDF)
    extract_document(locked.pk)
    client.force_login(User.objects.create_superuser("editor", "editor@example.org", "clave"))
    edit = reverse("wagtaildocs:edit", args=[locked.pk])
    action = reverse("read_document_again", args=[locked.pk])
    assert action in client.get(edit).content.decode()
    assert client.get(action).status_code == 405
    assert client.post(action, follow=True).redirect_chain[-1][0] == edit
    locked.refresh_from_db()
    assert locked.text_state == TextState.WAITING
    assert action not in client.get(edit).content.decode()


def test_whoever_may_not_change_a_document_may_not_have_it_read_again(client, django_user_model):
    locked = document(made_files.LOCKED_PDF)
    extract_document(locked.pk)
    other = Collection.get_first_root_node().add_child(name="Other")
    user = django_user_model.objects.create_user("visitor", "visitor@example.org", "clave")
    group = user.groups.create(name="Others")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupCollectionPermission.objects.create(
        group=group, collection=other, permission=Permission.objects.get(codename="change_customdocument")
    )
    client.force_login(user)
    client.post(reverse("read_document_again", args=[locked.pk]))
    locked.refresh_from_db()
    assert locked.text_state == TextState.FAILED


def test_a_file_replaced_in_the_admin_waits_anew(client):
    guide = document(made_files.pdf("former words"))
    extract_document(guide.pk)
    client.force_login(User.objects.create_superuser("editor", "editor@example.org", "clave"))
    upload = ContentFile(made_files.pdf("new words"), name="new.pdf")
    form = {"title": "Guide", "file": upload, "collection": guide.collection_id, "language": "en", "tags": ""}
    assert client.post(reverse("wagtaildocs:edit", args=[guide.pk]), form).status_code == 302
    guide.refresh_from_db()
    assert (guide.text_state, pages_of(guide)) == (TextState.WAITING, [])
    extract_document(guide.pk)
    assert pages_of(guide) == [DocumentPage(1, "new words")]
