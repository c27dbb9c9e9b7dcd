"""The rich text of content files: which tags it may use, the same shape in both languages, links to works."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

from wagtail_localize.strings import extract_strings

from home.loading.problems import Place
from home.loading.references import Reference

BLOCK_TAGS = {"p", "h3", "ul", "ol", "li"}
INLINE_TAGS = {"b", "i", "a"}
ALLOWED = "<p> <h3> <ul> <ol> <li> <b> <i> <a>"
LINK_SCHEMES = ("https://", "http://", "mailto:", "tel:")
AROUND_BLOCKS = re.compile(r"\s*(</?(?:p|h3|ul|ol|li)>)\s*")
WORK_LINK = re.compile(r'<a work="([^"]*)">(.*?)</a>')


class _Checker(HTMLParser):
    """Walks the tags and notes what does not belong."""

    def __init__(self, place: Place, fields):
        super().__init__(convert_charrefs=True)
        self.place, self.fields, self.open = place, fields, []

    def problem(self, message: str, remedy: str) -> None:
        self.fields.problem(self.place, message, remedy)

    def handle_starttag(self, tag, attrs):
        if tag not in BLOCK_TAGS | INLINE_TAGS:
            self.problem(f"The tag <{tag}> is not allowed.", f"Allowed are {ALLOWED}.")
            return
        if tag == "a":
            self.check_link(dict(attrs))
        elif attrs:
            self.problem(f"<{tag}> has the attribute `{attrs[0][0]}`.", "Tags other than <a> have no attributes.")
        if tag == "li" and self.open[-1:] not in (["ul"], ["ol"]):
            self.problem("<li> stands outside a list.", "Put it inside <ul> or <ol>.")
        elif tag in ("p", "h3", "ul", "ol") and self.open:
            self.problem(f"<{tag}> stands inside <{self.open[-1]}>.", "Close the tag before it first.")
        self.open.append(tag)

    def check_link(self, attributes: dict) -> None:
        if set(attributes) == {"work"}:
            self.fields.refer(attributes["work"], "work", self.place)
        elif set(attributes) != {"href"} or not (attributes["href"] or "").startswith(LINK_SCHEMES):
            self.problem("A link leads nowhere.", 'Write <a href="https://…"> or <a work="KEY">.')

    def handle_endtag(self, tag):
        if tag not in BLOCK_TAGS | INLINE_TAGS:
            return
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.problem(f"</{tag}> closes nothing.", "Close the tags in the order in which they opened.")

    def handle_data(self, data):
        if data.strip() and not set(self.open) & {"p", "h3", "li"}:
            self.problem(f"“{data.strip()[:40]}” stands outside a paragraph.", "Put it inside <p>…</p>.")

    def close(self):
        super().close()
        if self.open:
            self.problem(f"<{self.open[-1]}> is not closed.", f"Add </{self.open[-1]}>.")


def check(html: str, place: Place, fields) -> str:
    """The same HTML with its white space in order; problems are noted on `fields`."""
    checker = _Checker(place, fields)
    checker.feed(html)
    checker.close()
    return AROUND_BLOCKS.sub(r"\1", " ".join(html.split()))


def compare_shapes(texts: dict[str, str], place: Place, fields) -> None:
    """Each paragraph, list item and heading is one string for translators: both languages need the same ones."""
    shapes = {language: extract_strings(html)[0] for language, html in texts.items() if html}
    if len(set(shapes.values())) > 1:
        described = ", ".join(f"{language} {_describe(shape)}" for language, shape in shapes.items())
        fields.problem(
            place,
            f"The languages differ in their paragraphs, lists or headings ({described}).",
            "Give both the same blocks in the same order; text that is wholly bold or italic must be so in both.",
        )


def _describe(shape: str) -> str:
    tags = re.findall(r"<(p|h3|ul|ol|li|b|i)>", shape)
    return " ".join(tags) or "no block"


def link_works(html: str, resolve: Callable) -> str:
    """Turns links to works into links to their pages; the words stay where the work is gone."""

    def link(match: re.Match) -> str:
        page = resolve(Reference("work", match[1], Place("")))
        return f'<a linktype="page" id="{page.pk}">{match[2]}</a>' if page else match[2]

    return WORK_LINK.sub(link, html)
