"""Tags that show works: works and texts of a body, what a file is, and moments of a video."""

from urllib.parse import parse_qs, quote, urlencode, urlsplit, urlunsplit

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext, ngettext

from resources.body_contents import BodyContents, expand_together
from resources.cards import shelf_of
from resources.language_names import language_within_sentence

register = template.Library()


@register.simple_tag(takes_context=True)
def contents_of_body(context, stream) -> BodyContents:
    """The works and texts of a body, fetched together; those that the page's context holds already, where it does."""
    return context.get("body_contents") or BodyContents(stream, shelf_of(context.get("request")))


@register.simple_tag(takes_context=True)
def card_of(context, page):
    """The card of a work named in a body; nothing where there is none, or readers may not see it."""
    return next(iter(_contents(context).cards_of([page])), None)


@register.simple_tag(takes_context=True)
def cards_of(context, pages) -> list:
    """The cards of works named in a body, public ones only."""
    return _contents(context).cards_of(pages)


@register.simple_tag(takes_context=True)
def rich_text(context, text) -> str:
    """The HTML of a rich text of a body."""
    source = getattr(text, "source", text)
    texts = _contents(context).texts
    return texts[source] if source in texts else expand_together([source])[source]


def _contents(context) -> BodyContents:
    return context.get("body_contents") or BodyContents(None, shelf_of(context.get("request")))


@register.filter
def language_names(codes: list[str]) -> str:
    """The names of languages inside a sentence in the reader's language, with commas."""
    return ", ".join(language_within_sentence(code) for code in codes)


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


YOUTUBE_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be"}
VIMEO_HOSTS = {"vimeo.com", "www.vimeo.com"}
# Stands in an address for the seconds that a script puts there.
ANY_SECOND = "SECONDS"


@register.filter
def at_seconds(url: str, seconds: int | str) -> str:
    """The address of a moment of a video: a media fragment for files, `t` for YouTube and Vimeo."""
    parts = urlsplit(url)
    if parts.hostname in YOUTUBE_HOSTS:
        query = urlencode({**{name: values[0] for name, values in parse_qs(parts.query).items()}, "t": f"{seconds}s"})
        return urlunsplit(parts._replace(query=query))
    return f"{url}#t={seconds}s" if parts.hostname in VIMEO_HOSTS else f"{url}#t={seconds}"


@register.filter
def at_any_second(url: str) -> str:
    """The address of a moment of a video that a script knows."""
    return at_seconds(url, ANY_SECOND)


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


@register.filter
def player_address_at_any_second(url: str) -> str:
    """The address of that player from a moment that a script knows; empty for other sites."""
    address = player_address(url)
    if not address:
        return ""
    is_vimeo = urlsplit(url).hostname in VIMEO_HOSTS
    return f"{address}#t={ANY_SECOND}s" if is_vimeo else f"{address}&start={ANY_SECOND}"
