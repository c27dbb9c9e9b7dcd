"""A recording of ten hours: its captions come in, its page and its passages are made, all in good time."""

import gzip
import time

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from resources import languages
from resources.documents import captions_in_webvtt
from resources.models import ConveningRecordingPage
from resources.transcripts import cues_of_document
from search.attached_text import AttachedTexts
from search.passages import WINDOW_SECONDS
from tests.captions import long_captions
from tests.recordings import recording

pytestmark = pytest.mark.django_db
CUES = 10_000


@pytest.fixture
def talk():
    return recording(long_captions(CUES), long_captions(CUES, "es"))["en"]


def seconds(work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def test_captions_of_ten_hours_are_taken_in_at_once():
    file = SimpleUploadedFile("talk.vtt", long_captions(CUES))
    assert seconds(lambda: captions_in_webvtt(file)) < 2


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_of_ten_hours_is_made_in_good_time_and_light_on_the_way(talk, client, language):
    cache.clear()
    url = languages.localized([talk], language)[talk.translation_key].url
    answers = []
    assert seconds(lambda: answers.append(client.get(url))) < 5
    text = answers[0].content.decode()
    assert text.count('class="cue"') == CUES
    assert len(text) < 3_000_000
    assert len(gzip.compress(text.encode())) < 400_000
    other = {"en": "es", "es": "en"}[language]
    assert f'href="?transcript={other}"' in text
    asked = client.get(url, {"transcript": other}).content.decode()
    assert f'class="transcript__cues" lang="{other}"' in asked
    assert f'href="?transcript={language}"' in asked


def test_passages_of_ten_hours_are_made_in_good_time(talk):
    source = ConveningRecordingPage.objects.get(pk=talk.pk)
    made = []
    assert seconds(lambda: made.append(AttachedTexts([source]).of(source))) < 5
    passages = made[0].passages
    assert {passage.language for passage in passages} == {"en", "es"}
    assert len(passages) <= 2 * 36_000 / (WINDOW_SECONDS / 2)
    assert len(cues_of_document(talk.captions.first().document)) == CUES
