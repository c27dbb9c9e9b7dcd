"""Our own rules about page types can fail, and nothing breaks them today."""

from django.core.checks import run_checks
from wagtail import blocks

from home.models import ContentPage
from resources.checks import page_type_problems, page_types, untranslatable_blocks
from resources.models import BasePage


def test_nothing_breaks_the_rules():
    assert run_checks() == []


def test_every_page_type_of_the_content_model_is_checked():
    names = {model.__name__ for model in page_types()}
    assert {"HomePage", "LibraryPage", "ResourcePage", "ConveningRecordingPage", "BillPage", "RegionPage"} <= names


def test_a_page_type_without_declarations_is_reported():
    class Silent(BasePage):
        class Meta:
            abstract = True

    assert {problem.id for problem in page_type_problems(Silent)} == {
        "resources.E001",
        "resources.E003",
        "resources.E004",
        "resources.E005",
    }


def test_a_block_whose_text_cannot_be_translated_is_reported():
    body = blocks.StreamBlock(
        [
            ("fine", blocks.StructBlock([("text", blocks.CharBlock())])),
            ("lists", blocks.ListBlock(blocks.StructBlock([("html", blocks.RawHTMLBlock())]))),
            ("pattern", blocks.RegexBlock(regex="^x$")),
        ]
    )
    assert [path for path, _block in untranslatable_blocks(body)] == ["lists.html", "pattern"]


def test_the_bodies_of_pages_are_walked():
    assert untranslatable_blocks(ContentPage._meta.get_field("body").stream_block) == []
