"""Which pages the public may read, asked once for each page type."""

from wagtail.models import Page

from resources import languages


class PublicPages:
    """Contains a page if a reader without an account may open it."""

    def __init__(self):
        self._ids: dict[type[Page], set[int]] = {}

    def __contains__(self, page: Page) -> bool:
        model = type(page)
        if model not in self._ids:
            self._ids[model] = set(languages.public_editions().type(model).values_list("pk", flat=True))
        return page.pk in self._ids[model]
