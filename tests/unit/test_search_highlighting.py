"""Marks around matched words: whole words, in the language of the text, never broken HTML."""

import re

import pytest

from search.highlighting import LENGTH, Highlighter
from search.parsing import parse
from search.understanding import understand


def highlighter(text: str, reader: str = "en") -> Highlighter:
    return Highlighter(understand(parse(text), reader).text)


@pytest.mark.parametrize(
    ("typed", "language", "text", "marked"),
    [
        ("niño", "es", "Los niños de la escuela", "Los <mark>niños</mark> de la escuela"),
        ("educacion", "es", "La educación bilingüe", "La <mark>educación</mark> bilingüe"),
        ("aprendices", "es", "un aprendiz de inglés", "un <mark>aprendiz</mark> de inglés"),
        ("children", "en", "Each child learns", "Each <mark>child</mark> learns"),
        ("learners", "en", "<b>Learner</b> & more", "&lt;b&gt;<mark>Learner</mark>&lt;/b&gt; &amp; more"),
        ("xyz", "en", "nothing here", "nothing here"),
        ("AB 2268", "en", "Bill 1 and AB 2268", "Bill 1 and <mark>AB</mark> <mark>2268</mark>"),
        ("ab2268", "en", "In Assembly Bill 2268", "In <mark>Assembly</mark> <mark>Bill</mark> <mark>2268</mark>"),
        (
            '"dual language"',
            "en",
            "dual, another language; dual language",
            "dual, another language; <mark>dual</mark> <mark>language</mark>",
        ),
    ],
)
def test_matched_words_are_marked(typed, language, text, marked):
    assert highlighter(typed, language).mark(text, language) == marked


@pytest.mark.parametrize(
    ("typed", "reader", "marked"),
    [
        ("lea con su hijo", "es", "The LEA plan"),
        ("lea", "en", "The <mark>LEA</mark> plan"),
        ("LEA", "es", "The <mark>LEA</mark> plan"),
    ],
)
def test_a_spanish_word_is_no_english_acronym(typed, reader, marked):
    assert highlighter(typed, reader).mark("The LEA plan", "en") == marked


def test_a_snippet_is_short_cut_between_words_and_holds_the_match():
    text = "before " * 200 + "the reclassification of learners " + "after " * 200
    piece = highlighter("learner reclassification").snippet(text, "en")
    plain = re.sub(r"</?mark>", "", piece.html)
    assert "<mark>reclassification</mark> of <mark>learners</mark>" in piece.html
    assert len(plain) <= LENGTH + 20
    assert plain.startswith("…\u00a0before")
    assert plain.endswith("after\u00a0…")
    assert set(plain.strip("…\u00a0").split()) <= set(text.split())


def test_a_snippet_of_a_whole_text_has_no_dots():
    for found in (highlighter("learner").snippet, highlighter("learner").passage):
        assert found("a <learner>", "en").html == "a &lt;<mark>learner</mark>&gt;"


def test_a_snippet_prefers_the_place_with_most_of_the_query():
    text = "data here. " + "filler " * 100 + "data book of the valley. " + "filler " * 100
    assert "data</mark> <mark>book" in highlighter("valley data book").snippet(text, "en").html


@pytest.mark.parametrize("text", ["<script>mark</script>", "mark\"' onload=x", "&lt;mark&gt;", "<<mark>>", "é<mark"])
def test_what_is_in_the_text_stays_text(text):
    html = highlighter("mark script").mark(text, "en")
    assert re.sub(r"</?mark>", "", html).count("<") == 0


def test_text_without_a_match_has_no_snippet():
    assert highlighter("xyz").snippet("nothing here", "en") is None
    assert Highlighter(None).snippet("anything", "en") is None


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_passage_as_long_as_a_book_is_read_as_far_as_its_first_match(language, monkeypatch):
    monkeypatch.setattr("search.highlighting.STRETCH", 1_000)
    filler = "palabra " * 1_000
    found = highlighter("canales").passage(f"{filler}los canales del valle {filler}", language)
    assert "<mark>canales</mark> del valle" in found.html
    assert found.html.startswith("…")
    assert found.html.endswith("…")
    monkeypatch.setattr("search.highlighting.MOST_STRETCHES", 2)
    unread = highlighter("canales").passage(f"{filler}los canales", language)
    assert (unread.text[:8], "<mark>" in unread.html) == ("palabra ", False)
