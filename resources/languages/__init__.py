"""Edition or fallback, and every address: the one place that decides it.

A work without a page in a language has its *fallback* there: the other language's edition, served under an address of
the asked language. Fallbacks are no database rows; `route` finds them, `localized` gives their addresses.
"""

from resources.languages.addresses import LocalizedEdition, localized
from resources.languages.forest import children_of_editions, forest_of, keys_above
from resources.languages.heads import Alternate, LanguageLink, alternates, page_head, switcher
from resources.languages.privacy import (
    live_editions,
    private_paths,
    public_editions,
    restrictions_of_works,
    view_restrictions,
)
from resources.languages.routing import route
from resources.languages.sites import address, current_language, language_of, other_language, place, site_roots

__all__ = [
    "Alternate",
    "LanguageLink",
    "LocalizedEdition",
    "address",
    "alternates",
    "children_of_editions",
    "current_language",
    "forest_of",
    "keys_above",
    "language_of",
    "live_editions",
    "localized",
    "other_language",
    "page_head",
    "place",
    "private_paths",
    "public_editions",
    "restrictions_of_works",
    "route",
    "site_roots",
    "switcher",
    "view_restrictions",
]
