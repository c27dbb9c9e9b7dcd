"""Tags that show works: cards of the works named in a body, what a file is, and moments of a video."""

from urllib.parse import parse_qs, quote, urlencode, urlsplit, urlunsplit

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext, ngettext

from resources.cards import cards_of_pages
from resources.language_names import language_name

register = template.Library()


@register.simple_tag(takes_context=True)
def cards_of_body(context, stream) -> dict:
    """translation_key → card of every work that the blocks of a body name, fetched together."""
    pages = [page for block in stream or [] for page in _pages_of_block(block)]
    return {card.translation_key: card for card in cards_of_pages(pages, context.get("request"))}


def _pages_of_block(block) -> list:
    if block.block_type == "works":
        named = block.value["works"]
    elif block.block_type == "timeline":
        named = [item["work"] for item in block.value["items"]]
    elif block.block_type == "signup":
        named = [block.value["workgroup"]]
    else:
        named = []
    return [page for page in named if page]


@register.simple_tag(takes_context=True)
def card_of(context, page):
    """The card of one work named in a body; nothing where the work is not public."""
    if not page:
        return None
    known = context.get("body_cards")
    if known is None:
        return next(iter(cards_of_pages([page], context.get("request"))), None)
    return known.get(page.translation_key)


@register.filter
def card_list(pages, known: dict) -> list:
    """The cards of the pages of a list, public ones only, in its order."""
    return [known[page.translation_key] for page in pages if page and page.translation_key in known]


@register.filter
def language_names(codes: list[str]) -> str:
    """The names of languages in the reader's language, with commas."""
    return ", ".join(str(language_name(code)) for code in codes)


@register.filter
def opening_words(file) -> str:
    """What pressing a file does: “Download PDF (2 MB, 18 pages)”, “Open web page”."""
    words = {"format": file.format_label, "details": file_details(file)}
    if file.is_external:
        return (gettext("Open: %(format)s (%(details)s)") if words["details"] else gettext("Open: %(format)s")) % words
    return (
        gettext("Download %(format)s (%(details)s)") if words["details"] else gettext("Download %(format)s")
    ) % words


def file_details(file) -> str:
    """Size, pages and minutes as far as they are known: “2 MB, 18 pages”."""
    details = [filesizeformat(file.bytes)] if file.bytes else []
    if file.pages:
        details.append(ngettext("%(pages)d page", "%(pages)d pages", file.pages) % {"pages": file.pages})
    if file.minutes:
        details.append(ngettext("%(minutes)d minute", "%(minutes)d minutes", file.minutes) % {"minutes": file.minutes})
    return ", ".join(details)


@register.filter
def site_of(url: str) -> str:
    """The name of the site an address leads to: “www.cde.ca.gov”."""
    return urlsplit(url).hostname or ""


@register.filter
def at_seconds(url: str, seconds: int) -> str:
    """The address of a moment of a video: a media fragment for files, `t` for YouTube."""
    if urlsplit(url).hostname in YOUTUBE_HOSTS:
        parts = urlsplit(url)
        query = urlencode({**{name: values[0] for name, values in parse_qs(parts.query).items()}, "t": f"{seconds}s"})
        return urlunsplit(parts._replace(query=query))
    return f"{url}#t={seconds}"


YOUTUBE_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be"}
VIMEO_HOSTS = {"vimeo.com", "www.vimeo.com"}


@register.filter
def player_address(url: str) -> str:
    """The address of the player that shows a video of YouTube or Vimeo; empty for other sites."""
    parts = urlsplit(url)
    last = parts.path.rstrip("/").rsplit("/", 1)[-1]
    if parts.hostname in YOUTUBE_HOSTS:
        video = parse_qs(parts.query).get("v", [last])[0]
        return f"https://www.youtube-nocookie.com/embed/{quote(video, safe='')}?autoplay=1" if video else ""
    if parts.hostname in VIMEO_HOSTS and last.isdigit():
        return f"https://player.vimeo.com/video/{last}?autoplay=1&dnt=1"
    return ""
