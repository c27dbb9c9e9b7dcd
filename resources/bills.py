"""What a bill page shows besides its own text."""

from resources.cards import shelf_of
from resources.dates import partial_date_label
from resources.models import BillPage, ConveningPage, ConveningRecordingPage, ResourcePage


def bill_context(page: BillPage, request) -> dict:
    """Authors, dates in the reader's language, and the works that speak of the bill."""
    bill, shelf = page.work, shelf_of(request)
    programs = shelf.want(bill.programs.all())
    works = shelf.want(_keys_of_works(bill.pk))
    return {
        "authors": [row.person.name for row in bill.authors.select_related("person").order_by("sort_order")],
        "outcome_date_label": partial_date_label(bill.outcome_date, bill.outcome_date_precision),
        "program_cards": shelf.cards(programs),
        "work_cards": shelf.cards(works, unseen=True),
    }


def _keys_of_works(bill_id: int) -> list:
    """Translation keys of the works that name the bill, by title; one query."""
    selects = [
        model.objects.filter(bills=bill_id, live=True).order_by().values_list("title", "translation_key")
        for model in (ResourcePage, ConveningRecordingPage, ConveningPage)
    ]
    return [key for _title, key in sorted(selects[0].union(*selects[1:], all=True), key=lambda row: row[0])]
