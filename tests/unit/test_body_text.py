"""The text of a body keeps apart what stands apart on the page."""

import pytest
from wagtail.blocks import StreamBlock

from resources.blocks import body_blocks
from resources.models import PolicyAgendaPage, ResourcePage
from search.body_text import joined, rich_text, searchable_content


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<p><a href="/a">Read more</a><a href="/b">Download</a></p>', "Read more · Download"),
        ('<p><a href="/a">Leer más</a> <a href="/b">Descargar</a></p>', "Leer más · Descargar"),
        ('<p>See <a href="/a">the guide</a>, please.</p>', "See the guide, please."),
        ("<ul><li>Kínder</li><li>Primaria.</li><li>Secundaria</li></ul>", "Kínder · Primaria. Secundaria"),
        ("<h3>¿Qué dice la ley?</h3><p>Dice:</p><ol><li>uno</li></ol>", "¿Qué dice la ley? Dice: uno"),
        ("<p>a<br/>b<br>c</p><hr/><p>d&nbsp;&amp; e</p>", "a · b · c · d & e"),
        ("<p>big<b>ger</b></p><p></p>", "bigger"),
        ("<p>“Yes.”</p><p>No</p>", "“Yes.” No"),
        ("", ""),
    ],
)
def test_rich_text_is_read_piece_by_piece(html, text):
    assert rich_text(html) == text


def test_empty_texts_leave_no_dots():
    assert joined(["", "One", "", "two.", "three"]) == "One · two. three"
    assert joined([]) == ""


def test_every_block_says_what_wagtail_says_with_its_pieces_apart():
    field = ResourcePage._meta.get_field("body")
    links = '<p><a href="https://example.org">Read more</a><a href="https://example.com">Download</a></p>'
    data = [
        ("heading", "Heading"),
        ("text", links),
        ("figure", {"value": "12", "label": "schools", "period": "2024", "source": "CDE", "url": "https://cde.ca.gov"}),
        ("steps", {"items": [{"title": "First", "text": "Write."}, {"title": "Second", "text": ""}]}),
        ("callout", {"title": "Note", "text": links}),
        ("questions", {"items": [{"question": "Why?", "answer": links}]}),
        ("links", {"heading": "More", "items": [{"label": "CDE", "url": "https://cde.ca.gov", "note": ""}]}),
    ]
    stream: StreamBlock = field.stream_block
    value = stream.to_python([{"type": name, "value": value} for name, value in data])
    said = field.get_searchable_content(value)
    assert "Read moreDownload" in said
    assert searchable_content(field, value) == [
        text.replace("Read moreDownload", "Read more · Download") for text in said
    ]
    assert {name for name, _value in data} <= {name for name, _block in body_blocks()}


def test_other_fields_are_not_read_here():
    assert searchable_content(PolicyAgendaPage._meta.get_field("values"), "<p>a</p><p>b</p>") == ["a · b"]
    assert searchable_content(ResourcePage._meta.get_field("summary"), "text") is None
