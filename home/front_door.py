"""What the home page and the page for families show besides their own text."""

from resources.body_contents import body_contents


def home_context(page, request) -> dict:
    """The featured works, fetched together with the works that the body names."""
    rows = page.work.featured_works.select_related("work").order_by("sort_order")
    featured = [row.work for row in rows]
    contents = body_contents(page.body, request, other_works=featured)
    return {"body_contents": contents, "featured_cards": contents.cards_of(featured)}


def families_context(page, request) -> dict:
    """Each question with its answer and the cards of its works; the works of all questions are fetched together."""
    contents = body_contents(page.questions, request)
    return {
        "questions": [
            {
                "anchor": f"question-{number}",
                "question": block.value["question"],
                "answer": contents.texts[block.value["answer"].source],
                "cards": contents.cards_of(block.value["works"]),
            }
            for number, block in enumerate(page.questions, start=1)
        ]
    }
