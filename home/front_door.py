"""What the home page and the page for families show besides their own text."""

from home.models import FamiliesPage
from resources import languages
from resources.cards import cards_of_pages


def home_context(page, request) -> dict:
    """The featured works, and the questions of families."""
    featured = page.work.featured_works.select_related("work").order_by("sort_order")
    return {
        "featured_cards": cards_of_pages([row.work for row in featured], request),
        "family_questions": family_questions(request),
    }


def family_questions(request) -> list[dict]:
    """The questions of the page for families, as links to their answers; none while readers may not see the page."""
    pages = list(FamiliesPage.objects.filter(live=True).order_by("pk"))
    edition = next(iter(languages.localized(pages, request=request).values()), None)
    page = next((page for page in pages if edition and page.pk == edition.page_id), None)
    if page is None:
        return []
    return [
        {"title": block["value"]["question"], "url": f"{edition.url}#question-{number}", "lang": edition.language}
        for number, block in enumerate(page.questions.raw_data, start=1)
    ]


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
