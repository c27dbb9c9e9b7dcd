"""The panel of the admin's home page: works, translations to read, pages to review, files that failed."""

import datetime

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.models import Locale, Page

from assets.models import CustomDocument
from resources.checks import page_types
from resources.models import GlossaryTerm, TranslationReview


class LibraryPanel(Component):
    """Counts that ask for an editor's attention."""

    template_name = "admin/library_panel.html"
    order = 150

    def get_context_data(self, parent_context):
        return {"counts": library_counts(datetime.date.today())}


def library_counts(today: datetime.date) -> list[tuple[str, int]]:
    """What waits for a person, with how many; in a fixed number of queries for the page types there are."""
    spanish = Locale.objects.filter(language_code="es").first()
    translated = Page.objects.live().filter(locale=spanish, depth__gt=1)
    read = TranslationReview.objects.filter(page__in=translated)
    due = sum(model.objects.filter(live=True, next_review__lt=today).count() for model in page_types())
    return [
        (_("Spanish pages to be read by a person"), translated.count() - read.count()),
        (_("Glossary terms to be reviewed"), GlossaryTerm.objects.filter(reviewed_by__isnull=True).count()),
        (_("Pages due for review"), due),
        (
            _("Files that could not be read"),
            CustomDocument.objects.filter(text_state=CustomDocument.TextState.FAILED).count(),
        ),
    ]
