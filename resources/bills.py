"""What a bill page shows besides its own text."""

from resources.cards import cards_of_pages
from resources.dates import partial_date_label
from resources.models import BillPage, ConveningPage, ConveningRecordingPage, ResourcePage


def bill_context(page: BillPage, request) -> dict:
    """Authors, dates in the reader's language, and the works that speak of the bill."""
    bill = page.work
    keys = [
        key
        for model in (ResourcePage, ConveningRecordingPage, ConveningPage)
        for key in model.objects.filter(bills=bill.pk, live=True).values_list("translation_key", flat=True)
    ]
    return {
        "authors": [row.person.name for row in bill.authors.select_related("person").order_by("sort_order")],
        "outcome_date_label": partial_date_label(bill.outcome_date, bill.outcome_date_precision),
        "program_cards": cards_of_pages(bill.programs.all(), request),
        "work_cards": cards_of_pages(keys, request),
    }
