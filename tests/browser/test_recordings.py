"""Watching a recording: chapters and transcript lines lead to their moment, and the transcript follows."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect


@pytest.fixture
def recording_address(live_site, monkeypatch):
    """The address of a sample recording. Its video comes from the site's own view, which sends parts of a file."""
    monkeypatch.setattr("django.test.testcases._MediaFilesHandler._should_handle", lambda handler, path: False)
    from resources import languages
    from resources.models import ConveningRecordingPage

    recording = ConveningRecordingPage.objects.filter(bills__number="AB 2268", is_sample=True).first()
    return live_site + languages.localized([recording], "es")[recording.translation_key].url


def wait_until(page, condition: Callable[[], bool]) -> None:
    """Looks again and again for up to ten seconds. (Playwright's own way evaluates text, which the policy refuses.)"""
    for _attempt in range(100):
        if condition():
            return
        page.wait_for_timeout(100)
    pytest.fail("the condition was not met within ten seconds")


def playing_time(page) -> float:
    return page.evaluate("document.querySelector('video').currentTime")


def test_a_chapter_moves_the_player(recording_address, open_page):
    page = open_page()
    page.goto(recording_address)
    chapter = page.locator(".chapters a").nth(2)
    seconds = int(chapter.get_attribute("data-seconds"))
    chapter.click()
    wait_until(page, lambda: playing_time(page) >= seconds)
    assert page.url == recording_address


def test_the_transcript_marks_the_line_that_is_spoken(recording_address, open_page):
    page = open_page()
    page.goto(recording_address)
    line = page.locator("details[open] .cue").nth(5)
    line.locator("a").click()
    expect(line).to_contain_class("is-current", timeout=10_000)


def test_an_address_with_a_moment_opens_there(recording_address, open_page):
    page = open_page()
    page.goto(f"{recording_address}#t=65")
    wait_until(page, lambda: playing_time(page) >= 65)


def test_captions_are_offered_in_both_languages_and_shown_in_the_readers(recording_address, open_page):
    page = open_page()
    page.goto(recording_address)
    tracks = page.locator("video track")
    assert {tracks.nth(number).get_attribute("srclang") for number in range(tracks.count())} == {"en", "es"}
    assert page.locator("track[default]").get_attribute("srclang") == "es"
    shown = "[...document.querySelector('video').textTracks].some(track => track.cues?.length > 5)"
    wait_until(page, lambda: page.evaluate(shown))


def test_without_scripts_a_chapter_opens_the_video_at_its_moment(recording_address, open_page):
    page = open_page(java_script_enabled=False)
    page.goto(recording_address)
    address = page.locator(".chapters a").nth(2).get_attribute("href")
    assert address.startswith("/media/")
    assert "#t=" in address
    assert page.locator("[data-follow]").first.is_hidden()
