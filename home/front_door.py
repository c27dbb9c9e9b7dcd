"""What the home page and the page for families show besides their own text."""

from resources.cards import cards_of_pages, children_cards
from resources.models import ProgramsPage


def home_context(page, request) -> dict:
    """The programs, the featured works, and the questions of families."""
    featured = page.work.featured_works.select_related("work").order_by("sort_order")
    programs = ProgramsPage.objects.filter(live=True).first()
    return {
        "featured_cards": cards_of_pages([row.work for row in featured], request),
        "program_cards": children_cards(programs, request) if programs else [],
    }


def families_context(page, request) -> dict:
    """Each question with its answer and the cards of its works; the works of all questions are fetched together."""
    works = [[child for child in block.value["works"] if child] for block in page.questions]
    cards = {card.translation_key: card for card in cards_of_pages([w for row in works for w in row], request)}
    return {
        "questions": [
            {
                "anchor": f"question-{number}",
                "question": block.value["question"],
                "answer": block.value["answer"],
                "cards": [cards[work.translation_key] for work in row if work.translation_key in cards],
            }
            for number, (block, row) in enumerate(zip(page.questions, works, strict=True), start=1)
        ]
    }
