"""A link to a moment of a recording: the video plays from there, or the reader stands at what is said then."""

import re

import pytest
from playwright.sync_api import expect

from resources import languages
from tests.browser.test_recordings import playing_time, recording_address, wait_until
from tests.captions import long_captions
from tests.recordings import recording

__all__ = ["recording_address"]

PHONE = {"width": 360, "height": 740}
YOUTUBE = "https://www.youtube.com/watch?v=abc"


@pytest.fixture
def address(live_site):
    """Makes a recording and gives its address in a language."""

    def make(language="en", **values) -> str:
        key = recording(**values)["en"].translation_key
        return live_site + languages.localized([key], language)[key].url

    return make


@pytest.fixture
def alone(open_page):
    """Opens a tab that reaches no other site."""

    def open_tab(**options):
        page = open_page(reduced_motion="reduce", **options)
        elsewhere = re.compile(r"^https?://(?!localhost|127\.0\.0\.1)")
        page.context.route(elsewhere, lambda route: route.fulfill(body="", content_type="text/html"))
        return page

    return open_tab


def is_shown_in_its_box(line) -> bool:
    box = line.locator("xpath=ancestor::div[contains(@class, 'transcript__cues')]").bounding_box()
    place = line.bounding_box()
    return bool(place) and box["y"] - 1 <= place["y"] <= box["y"] + box["height"]


def is_playing(page) -> bool:
    return not page.evaluate("document.querySelector('video').paused")


def test_without_scripts_a_moment_leads_to_its_line(address, open_page):
    page = open_page(java_script_enabled=False, viewport=PHONE)
    page.goto(f"{address(video_url=YOUTUBE)}#t=1930")
    line = page.locator("[id='t=1930']")
    expect(line).to_be_in_viewport()
    expect(line.locator("a")).to_have_attribute("href", f"{YOUTUBE}&t=1930s")


def test_without_scripts_a_moment_of_the_other_language_leads_to_the_readers_line(address, open_page):
    page = open_page(java_script_enabled=False)
    page.goto(f"{address()}#t=602")
    expect(page.get_by_text("Now we speak of reclassification.")).to_be_in_viewport()


def test_without_scripts_a_moment_opens_the_part_of_a_long_transcript(address, open_page):
    page = open_page(java_script_enabled=False, viewport=PHONE)
    page.goto(f"{address(english=long_captions(3_000), spanish='')}#t=30000")
    expect(page.locator("[id='t=30000']")).to_be_in_viewport()
    expect(page.locator(".transcript__part[open]")).to_have_count(2)


def test_search_inside_works_without_scripts(recording_address, open_page):
    page = open_page(java_script_enabled=False, viewport=PHONE)
    page.goto(recording_address)
    page.get_by_role("searchbox", name="Buscar en esta grabación").fill("familias")
    page.locator("#inside").get_by_role("button").click()
    expect(page.locator("#inside-count")).to_be_in_viewport()
    page.locator("#inside .moments a[href^='#t=']").first.click()
    seconds = page.url.rpartition("#t=")[2]
    assert "?q=familias" in page.url
    expect(page.locator(f".cue:has([id='t={seconds}']), .cue[id='t={seconds}']")).to_be_in_viewport()


def test_a_moment_found_inside_plays(recording_address, open_page):
    page = open_page()
    page.goto(f"{recording_address}?q=familias")
    moment = page.locator("#inside .moments a[href^='#t=']").first
    seconds = int(moment.get_attribute("href").removeprefix("#t="))
    moment.click()
    wait_until(page, lambda: playing_time(page) > seconds)
    assert is_playing(page)
    expect(page.locator("video")).to_be_in_viewport()


def test_a_link_from_another_page_plays_from_its_moment(recording_address, open_page):
    page = open_page()
    page.goto(f"{recording_address}?q=familias")
    page.evaluate("(url) => { document.querySelector('main a').href = url; }", f"{recording_address}#t=65")
    page.locator("main a").first.click()
    page.wait_for_url("**/#t=65")
    wait_until(page, lambda: playing_time(page) > 65)
    assert is_playing(page)
    expect(page.locator("video")).to_be_in_viewport()


def test_where_the_browser_does_not_play_by_itself_the_place_stays(recording_address, open_page):
    page = open_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(error))
    page.goto(f"{recording_address}#t=65")
    wait_until(page, lambda: playing_time(page) >= 65)
    expect(page.locator("video")).to_be_in_viewport()
    assert errors == []
    line = page.locator("details[open] .cue:target, details[open] .cue:has(:target)")
    wait_until(page, lambda: is_shown_in_its_box(line))


def test_the_line_of_a_moment_is_shown_in_a_long_transcript_beside_the_player(address, alone):
    page = alone()
    page.goto(f"{address(english=long_captions(3_000), spanish='', video_url=YOUTUBE)}#t=30000")
    wait_until(page, lambda: is_shown_in_its_box(page.locator("[id='t=30000']")))
    expect(page.locator(".player__elsewhere a")).to_be_in_viewport()


def test_a_second_in_which_no_caption_begins_shows_the_line_before_it(address, alone):
    page = alone()
    page.goto(f"{address(english=long_captions(3_000), spanish='', video_url=YOUTUBE)}#t=30005")
    assert page.locator("[id='t=30005']").count() == 0
    wait_until(page, lambda: is_shown_in_its_box(page.locator("[id='t=30000']")))
    expect(page.locator(".player__elsewhere a")).to_have_attribute("href", f"{YOUTUBE}&t=30005s")


@pytest.mark.parametrize(
    ("video", "link", "player"),
    [
        (YOUTUBE, f"{YOUTUBE}&t=1930s", "https://www.youtube-nocookie.com/embed/abc?autoplay=1&start=1930"),
        (
            "https://vimeo.com/123",
            "https://vimeo.com/123#t=1930s",
            "https://player.vimeo.com/video/123?autoplay=1&dnt=1#t=1930s",
        ),
    ],
)
def test_a_video_on_another_site_starts_at_the_moment(address, alone, video, link, player):
    page = alone()
    page.goto(f"{address(video_url=video)}#t=1930")
    button = page.locator(".player__elsewhere a")
    expect(button).to_have_attribute("href", link)
    button.click()
    frame = page.locator(".player iframe")
    expect(frame).to_have_attribute("src", player)
    line = page.locator("[id='t=60'] a")
    line.scroll_into_view_if_needed()
    page.wait_for_timeout(500)  # Until then the browser sends clicks to where the other site's frame was.
    line.click()
    expect(frame).to_have_attribute("src", player.replace("1930", "60"))


def test_a_video_on_another_site_starts_at_its_beginning_without_a_moment(address, alone):
    page = alone()
    page.goto(address("es", video_url=YOUTUBE))
    button = page.locator(".player__elsewhere a")
    expect(button).to_have_attribute("href", YOUTUBE)
    button.click()
    player = "https://www.youtube-nocookie.com/embed/abc?autoplay=1"
    expect(page.locator(".player iframe")).to_have_attribute("src", player)


def test_a_transcript_of_ten_hours_stays_usable_on_a_phone(address, alone):
    page = alone(viewport=PHONE)
    made = address(english=long_captions(10_000), spanish=long_captions(10_000, "es"), video_url=YOUTUBE)
    assert len(page.request.get(made).body()) < 3_000_000
    page.goto(made)
    assert page.locator(".cue").count() == 10_000
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("link", name="Read the transcript").click()
    expect(page.locator("details[open][data-transcript] .transcript__cues")).to_have_attribute("lang", "es")
