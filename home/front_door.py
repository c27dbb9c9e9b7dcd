"""What the home page and the page for families show besides their own text."""

from resources.cards import shelf_of


def home_context(page, request) -> dict:
    """The featured works, fetched together with the works that the body names."""
    rows = page.work.featured_works.select_related("work").order_by("sort_order")
    return {"featured_cards": shelf_of(request).cards(row.work for row in rows)}


def families_context(page, body_contents) -> dict:
    """Each question with its answer and the cards of its works; the works of all questions are fetched together."""
    return {
        "questions": [
            {
                "anchor": f"question-{number}",
                "question": block.value["question"],
                "answer": body_contents.texts[block.value["answer"].source],
                "cards": body_contents.cards_of(block.value["works"]),
            }
            for number, block in enumerate(page.questions, start=1)
        ]
    }
