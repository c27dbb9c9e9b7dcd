"""The locks of the search, by name."""

from resources.locks import exclusive

__all__ = ["REBUILD", "WRITER", "exclusive"]

# Held while the live index is written: a state of a work that was read earlier must never be written later.
WRITER = "search-writer"
# Held by the one rebuild: whoever gets it knows that no rebuild is under way.
REBUILD = "search-rebuild"
