"""Bodies as cells of a table: plain text or a subset of HTML, made clean, and turned into blocks and back."""

import html
import json
import re
import uuid
from collections.abc import Callable

from bs4 import BeautifulSoup, NavigableString, Tag
from django.utils.translation import gettext as _

from resources.importing.problems import BadCell

NAMESPACE = uuid.UUID("0b7b2f5e-4d0e-4f5c-9a53-5b6cf2a1d6d4")
BLOCK_TAGS = ["p", "h2", "h3", "ul", "ol"]
LIST_TAGS = ["ul", "ol", "li"]
# Tags that are not kept, and whose content stands apart all the same.
CONTAINERS = {
    *("article", "aside", "div", "footer", "header", "main", "nav", "section", "body", "html", "details", "summary"),
    *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "dl", "dt", "dd", "li", "figure", "figcaption"),
    *("address", "blockquote", "fieldset", "form", "pre"),
}
SAME_AS = {"strong": "b", "em": "i", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"}
DROPPED = ["script", "style", "template", "iframe", "object", "svg", "math", "noscript", "title", "head"]
LINK_SCHEMES = ("https://", "http://", "mailto:", "tel:")
# Tags of HTML, and the XML that Word puts among them; other words in angle brackets (<ana@example.org>) are text.
_TAG_NAMES = (
    r"a|abbr|acronym|address|applet|area|article|aside|audio|b|base|basefont|bdi|bdo|big|blink|blockquote|body|br|"
    r"button|canvas|caption|center|cite|code|col|colgroup|data|datalist|dd|del|details|dfn|dialog|dir|div|dl|dt|"
    r"em|embed|fieldset|figcaption|figure|font|footer|form|frame|frameset|h1|h2|h3|h4|h5|h6|head|header|hgroup|hr|"
    r"html|i|iframe|img|input|ins|kbd|label|legend|li|link|main|map|mark|marquee|math|menu|meta|meter|nav|nobr|"
    r"noframes|noscript|object|ol|optgroup|option|output|p|param|picture|pre|progress|q|rp|rt|ruby|s|samp|script|"
    r"search|section|select|slot|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|"
    r"template|textarea|tfoot|th|thead|time|title|tr|track|tt|u|ul|var|video|wbr|(?:o|v|w|m|st1):[a-z]+"
)
_AFTER_BRACKET = rf"""/?(?:{_TAG_NAMES})(?:[\s/](?:[^<>"']|"[^"]*"|'[^']*')*)?>"""
_TAG = re.compile(f"<{_AFTER_BRACKET}", re.IGNORECASE)
_STRAY_BRACKET = re.compile(rf"<(?!{_AFTER_BRACKET}|!--|!doctype|!\[|\?xml)", re.IGNORECASE)
# Far deeper than anybody writes.
MOST_NESTED = 150
_HEADING = re.compile(r"(<h2>.*?</h2>)")
_PAGE_LINK = re.compile(r'<a id="(\d+)" linktype="page">|<a linktype="page" id="(\d+)">')
_WORK_LINK = re.compile(r'<a work="([^"]*)">(.*?)</a>')
# Blocks whose text a cell can hold; bodies with others are left to the editor.
PLAIN_BLOCKS = {"heading", "text"}


def clean(cell: str) -> str:
    """HTML of the subset: <h2> <h3> <p> <ul> <ol> <li> <b> <i> <a> <br/>. Cleaning it again changes nothing.

    Raises BadCell where tags are nested too deep.
    """
    try:
        return _cleaned(cell)
    except _NestedTooDeep:
        raise BadCell(
            _("The cell has HTML tags nested more than %(count)d deep.") % {"count": MOST_NESTED},
            _("Close every tag, such as <p>…</p>, or write the text without tags."),
        ) from None


class _NestedTooDeep(Exception):
    """Following the tags would exhaust the stack."""


def _cleaned(cell: str) -> str:
    return _Cleaner(cell).html() if _TAG.search(cell) else _from_plain_text(cell)


def _from_plain_text(text: str) -> str:
    """Paragraphs end at empty lines; single line ends are kept."""
    paragraphs = (part.strip() for part in re.split(r"\n\s*\n", text))
    return "".join(
        f"<p>{'<br/>'.join(_text(line.strip()) for line in part.splitlines())}</p>" for part in paragraphs if part
    )


def _text(text: str) -> str:
    return html.escape(text, quote=False)


class _Cleaner:
    """Walks the parsed HTML and writes what is allowed; loose text becomes paragraphs."""

    def __init__(self, source: str):
        self.soup = BeautifulSoup(_STRAY_BRACKET.sub("&lt;", source), "html.parser")
        _check_depth(self.soup)
        for dropped in self.soup.find_all(DROPPED):
            dropped.extract()
        self.blocks: list[str] = []
        self.loose: list[str] = []

    def html(self) -> str:
        self.walk(self.soup)
        self.end_paragraph()
        return "".join(self.blocks)

    def walk(self, parent: Tag) -> None:
        for node in parent.children:
            name = _name(node)
            if name in ("p", "h2", "h3"):
                self.end_paragraph()
                self.block(name, node)
            elif name in ("ul", "ol"):
                self.end_paragraph()
                self.list_items(name, node)
            elif _holds_blocks(node):
                self.end_paragraph()
                self.walk(node)
                self.end_paragraph()
            else:
                self.loose.append(_inline(node))

    def block(self, name: str, node: Tag) -> None:
        if node.find(_is_block):
            self.walk(node)
            self.end_paragraph()
        elif name == "h2":
            self.append("h2", _text(" ".join(node.get_text().split())))
        else:
            self.append(name, _inline(node, only_children=True))

    def list_items(self, name: str, node: Tag) -> None:
        """One list of one level: the items of lists inside follow the item that holds them."""
        words = map(_own_words, [node, *node.find_all(LIST_TAGS)])
        if content := "".join(f"<li>{item}</li>" for item in words if item):
            self.blocks.append(f"<{name}>{content}</{name}>")

    def append(self, name: str, content: str) -> None:
        if content := _tidied(content):
            self.blocks.append(f"<{name}>{content}</{name}>")

    def end_paragraph(self) -> None:
        self.append("p", "".join(self.loose))
        self.loose = []


def _check_depth(soup: BeautifulSoup) -> None:
    level: list[Tag] = [soup]
    for _depth in range(MOST_NESTED + 1):
        level = [child for node in level for child in node.children if isinstance(child, Tag)]
        if not level:
            return
    raise _NestedTooDeep


def _own_words(item: Tag) -> str:
    """What an item or list says outside of the items in it, one line for each block."""
    lines: list[list[str]] = [[]]

    def gather(parent: Tag) -> None:
        for node in parent.children:
            if _name(node) in LIST_TAGS:
                lines.append([])
            elif _holds_blocks(node):
                lines.append([])
                gather(node)
                lines.append([])
            else:
                lines[-1].append(_inline(node))

    gather(item)
    return "<br/>".join(tidied for line in lines if (tidied := _tidied("".join(line))))


def _holds_blocks(node) -> bool:
    return isinstance(node, Tag) and (_is_block(node) or node.find(_is_block) is not None)


def _is_block(node: Tag) -> bool:
    return _name(node) in BLOCK_TAGS or node.name in CONTAINERS


def _name(node) -> str:
    return SAME_AS.get(node.name, node.name or "") if isinstance(node, Tag) else ""


def _inline(node, only_children: bool = False) -> str:
    if isinstance(node, NavigableString):
        # Comments and the like are strings of other types.
        return _text(re.sub(r"\s+", " ", node)) if type(node) is NavigableString else ""
    name = "" if only_children else _name(node)
    if name == "br":
        return "<br/>"
    content = "".join(_inline(child) for child in node.children)
    if name in ("b", "i") and content.strip():
        return f"<{name}>{content}</{name}>"
    if name == "a" and (address := _address(node)) and content.strip():
        return f"<a {address}>{content}</a>"
    return content


def _address(node: Tag) -> str:
    if work := node.get("work"):
        return f'work="{html.escape(work)}"'
    href = (node.get("href") or "").strip()
    return f'href="{html.escape(href)}"' if href.lower().startswith(LINK_SCHEMES) else ""


def _tidied(content: str) -> str:
    content = re.sub(r" ?<br/> ?", "<br/>", re.sub(r" +", " ", content)).strip()
    while content.startswith("<br/>") or content.endswith("<br/>"):
        content = content.removeprefix("<br/>").removesuffix("<br/>").strip()
    return content


def works_linked(body: str) -> list[str]:
    """The keys of works that a body links to."""
    return [html.unescape(match[1]) for match in _WORK_LINK.finditer(body)]


def parts(body: str) -> list[tuple[str, str]]:
    """The blocks of a body: (`heading`, its words) and (`text`, its HTML), in order."""
    found = []
    for part in _HEADING.split(body):
        if part.startswith("<h2>"):
            found.append(("heading", html.unescape(part[4:-5])))
        elif part:
            found.append(("text", part))
    return found


def stream(body: str, key: str, page_of: Callable[[str], int | None]) -> str:
    """StreamField data. Blocks have the same identifiers in both languages; links to works lead to their pages."""
    blocks = [
        {
            "type": kind,
            "value": _link_pages(content, page_of) if kind == "text" else content,
            "id": str(uuid.uuid5(NAMESPACE, f"{key}/body/{number}")),
        }
        for number, (kind, content) in enumerate(parts(body))
    ]
    return json.dumps(blocks, ensure_ascii=False)


def _link_pages(content: str, page_of: Callable[[str], int | None]) -> str:
    def link(match: re.Match) -> str:
        pk = page_of(html.unescape(match[1]))
        return f'<a id="{pk}" linktype="page">{match[2]}</a>' if pk else match[2]

    return _WORK_LINK.sub(link, content)


def of_stream(raw_blocks, key_of: Callable[[int], str | None]) -> str | None:
    """The body as a cell, or None where it has blocks that a cell cannot hold."""
    written = []
    for block in raw_blocks:
        if block["type"] not in PLAIN_BLOCKS:
            return None
        if block["type"] == "heading":
            written.append(f"<h2>{_text(block['value'])}</h2>")
            continue
        content = _PAGE_LINK.sub(lambda match: _work_link(match, key_of), block["value"])
        # What cleaning would change cannot be held either: importing the cell would change the page.
        if not _is_clean(content):
            return None
        written.append(content)
    return "".join(written)


def _is_clean(content: str) -> bool:
    try:
        return _cleaned(content) == content
    except _NestedTooDeep:
        return False


def _work_link(match: re.Match, key_of: Callable[[int], str | None]) -> str:
    key = key_of(int(match[1] or match[2]))
    return f'<a work="{html.escape(key)}">' if key else match[0]
