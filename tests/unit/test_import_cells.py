"""Cells of imported tables: bodies, lists, escaped formulas, near matches."""

import json

import pytest
from django.utils.translation import override

from resources.importing import rich_text
from resources.importing.columns import BadCell, listed, listed_addresses
from resources.importing.pairing import missing_parts
from resources.importing.problems import near_matches
from resources.importing.tables import escaped, tidy

BODIES = [
    ("One.", "<p>One.</p>"),
    ("One.\nStill one.\n\n\nTwo & <3", "<p>One.<br/>Still one.</p><p>Two &amp; &lt;3</p>"),
    ("<p>One</p><p></p>", "<p>One</p>"),
    ("Loose <b>bold</b><p>Two</p>tail", "<p>Loose <b>bold</b></p><p>Two</p><p>tail</p>"),
    ("<h1>Title</h1><h3>Part</h3><p>x</p>", "<h2>Title</h2><h3>Part</h3><p>x</p>"),
    ("<p>a<br>b<br/></p>", "<p>a<br/>b</p>"),
    ("<ul><li>a</li><li><p>b</p></li><li> </li></ul>", "<ul><li>a</li><li>b</li></ul>"),
    ('<p><a href="https://a.org/?x=1&y=2" onclick="x">a</a></p>', '<p><a href="https://a.org/?x=1&amp;y=2">a</a></p>'),
    ('<p><a href=" JavaScript:alert(1)">a</a></p>', "<p>a</p>"),
    ("<p><strong>a</strong> <em>b</em> <u>c</u></p>", "<p><b>a</b> <i>b</i> c</p>"),
    ("<svg><p>x</p></svg><style>p{}</style><p>y</p>", "<p>y</p>"),
    ("<!-- note --><p>y</p>", "<p>y</p>"),
    ("<table><tr><td>a</td><td>b</td></tr></table>", "<p>a</p><p>b</p>"),
    ("<div><span>a <img src=x> b</span></div>", "<p>a b</p>"),
    ("<p><<script>alert(1)</script></p>", "<p>&lt;</p>"),
    ("", ""),
    (
        "Escriba a Ana Ruiz <ana@sjcoe.org> antes.\n\nVea <https://example.org/x> hoy.",
        "<p>Escriba a Ana Ruiz &lt;ana@sjcoe.org&gt; antes.</p><p>Vea &lt;https://example.org/x&gt; hoy.</p>",
    ),
    (
        "Vea <a@b.org>, <p.ruiz@b.org> o <mailto:ana@b.org>.",
        "<p>Vea &lt;a@b.org&gt;, &lt;p.ruiz@b.org&gt; o &lt;mailto:ana@b.org&gt;.</p>",
    ),
    ("<p>Ana <ana@b.org> dice <b>ya</b> <? 3 <! 4</p>", "<p>Ana &lt;ana@b.org&gt; dice <b>ya</b> &lt;? 3 &lt;! 4</p>"),
    ("<P CLASS='x'>a<o:p></o:p><?xml:namespace prefix = o /></P>", "<p>a</p>"),
    ('<p><a title="a > b < c" href="https://a.org">x</a></p>', '<p><a href="https://a.org">x</a></p>'),
    ("<ul><li>A<ul><li>B</li><li>C</li></ul></li><li>D</li></ul>", "<ul><li>A</li><li>B</li><li>C</li><li>D</li></ul>"),
    ("<ol><li>A<ul><li>B<ol><li>C</li></ol></li></ul>z</li></ol>", "<ol><li>A<br/>z</li><li>B</li><li>C</li></ol>"),
    ("<ul><li>A<li><b>B</b><li>C</ul>", "<ul><li>A</li><li><b>B</b></li><li>C</li></ul>"),
    ("<ul><li><p>One</p><p>Two</p></li></ul>", "<ul><li>One<br/>Two</li></ul>"),
    ("<ul><li>a<div>b <i>c</i></div>d<h3>e</h3></li></ul>", "<ul><li>a<br/>b <i>c</i><br/>d<br/>e</li></ul>"),
    ("<ul>Before<li>a</li><ul><li>b</li></ul></ul>", "<ul><li>Before</li><li>a</li><li>b</li></ul>"),
    ("<ul><li>a<template><li>x</li></template></li></ul>", "<ul><li>a</li></ul>"),
]


@pytest.mark.parametrize(("cell", "body"), BODIES)
def test_bodies_are_reduced_to_the_subset(cell, body):
    assert rich_text.clean(cell) == body


@pytest.mark.parametrize("cell", [cell for cell, _body in BODIES])
def test_cleaning_twice_changes_nothing(cell):
    body = rich_text.clean(cell)
    assert rich_text.clean(body) == body


@pytest.mark.parametrize("tag", ["b", "p", "div", "span", "ul><li"])
@pytest.mark.parametrize(("language", "words"), [("en", "nested more than 150 deep"), ("es", "más de 150 niveles")])
def test_tags_nested_without_end_are_a_problem_of_the_cell(tag, language, words):
    with override(language), pytest.raises(BadCell, match=words) as caught:
        rich_text.clean(f"<{tag}>x" * 400)
    assert "<p>…</p>" in caught.value.remedy


@pytest.mark.parametrize("tag", ["b", "p", "div", "font", "ol><li"])
def test_tags_nested_as_deep_as_allowed_are_cleaned(tag):
    depth = rich_text.MOST_NESTED // len(tag.split("><"))
    assert rich_text.clean(f"<{tag}>x" * depth).count("x") == depth


def test_a_page_nested_without_end_is_left_to_the_editor():
    blocks = [{"type": "text", "value": f"<p>{'<b>' * 400}x{'</b>' * 400}</p>"}]
    assert rich_text.of_stream(blocks, lambda pk: None) is None


def test_a_body_comes_back_from_its_blocks():
    body = '<h2>A &amp; B</h2><p>See <a work="other">it</a>.</p><ul><li>x</li></ul>'
    blocks = json.loads(rich_text.stream(body, "key", lambda key: 7))
    assert [block["type"] for block in blocks] == ["heading", "text"]
    assert rich_text.of_stream(blocks, lambda pk: "other") == body


def test_a_body_with_other_blocks_is_no_cell():
    assert rich_text.of_stream([{"type": "figure", "value": {}}], lambda pk: None) is None


@pytest.mark.parametrize("text", ["=1+1", "+49", "-1", "@x", "'=1+1", "''@x", "plain", "'quoted'", "a=b", "=\nx"])
def test_what_is_escaped_comes_back(text):
    assert tidy(escaped(text)) == text
    assert not escaped(text).startswith(("=", "+", "-", "@"))


def test_lists_keep_their_order_and_name_each_item_once():
    assert listed(" b; a ;;b; ") == ["b", "a"]
    assert listed_addresses("https://a.org/x;y=1; https://b.org;https://c.org") == [
        "https://a.org/x;y=1",
        "https://b.org",
        "https://c.org",
    ]


def test_near_matches_forgive_case_and_accents():
    assert near_matches("Reclasificacion", ["reclasificación", "datos"]) == ["reclasificación"]


def both(english: str, spanish: str) -> list[str]:
    texts = {"en": {"title": "A", "body": english}, "es": {"title": "B", "body": spanish}}
    return [column for column, _message, _remedy in missing_parts(texts)]


def test_bodies_must_have_the_same_parts():
    assert both("<p>a</p><p>b</p>", "<p>x</p><p>y</p>") == []
    assert both("<p>a</p><p>b</p>", "<p>x</p>") == ["body_es"]
    assert both("<p>a <b>b</b> c</p>", "<p>x <b>y</b></p>") == []
    assert both("<ul><li>a</li></ul>", "<ol><li>a</li></ol>") == ["body_es"]
    assert both("<h2>a</h2><p>b</p>", "<p>b</p>") == ["body_es"]
    assert both("<p>a</p>", '<p><a href="https://a.org">a</a></p>') == ["body_es"]
    assert both("<p>a</p>", "") == ["body_es"]


def test_one_sentence_cannot_have_two_translations_in_one_text():
    assert both("<p>a</p><p>a</p>", "<p>x</p><p>y</p>") == ["body_es"]
    assert both("<p>a</p><p>a</p>", "<p>x</p><p>x</p>") == []
