"""The guide for editors inside the admin, in the editor's language."""

from django.shortcuts import render
from django.utils.safestring import mark_safe
from markdown import markdown

from cms.settings.environment import PROJECT_DIR
from resources import languages


def guide(request):
    """docs/editors.<language>.md, which is ours and trusted, as HTML."""
    path = PROJECT_DIR / "docs" / f"editors.{languages.current_language()}.md"
    text = path.read_text(encoding="utf-8").split("\n", 1)[1]
    return render(request, "admin/guide.html", {"guide": mark_safe(markdown(text))})  # noqa: S308
