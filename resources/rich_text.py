"""Links to works in rich text: they follow the reader's language."""

from django.utils.html import escape
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler as WagtailPageLinkHandler

from resources import languages


class PageLinkHandler(WagtailPageLinkHandler):
    """Leads to the edition or fallback of the reader's language; all links of a text are looked up together.

    A link to a work that readers may not see keeps its words and loses its address.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        ids = [attrs.get("id", "") for attrs in attrs_list]
        known = Page.objects.filter(pk__in={pk for pk in ids if str(pk).isdigit()})
        keys = {str(pk): key for pk, key in known.values_list("pk", "translation_key")}
        editions = languages.localized(keys.values())
        return [_opening_tag(editions.get(keys.get(str(pk)))) for pk in ids]


def _opening_tag(edition: languages.LocalizedEdition | None) -> str:
    return f'<a href="{escape(edition.url)}">' if edition else "<a>"
