"""What this room adds to Wagtail's admin and page serving."""

from resources import snippets

snippets.register()
