"""Whatever changes what readers find is announced once, by works_changed, with every work it touches."""

import pytest
from wagtail.models import PageViewRestriction

from resources.signals import works_changed
from tests.integration.trees import Trees, fresh, restrict

pytestmark = pytest.mark.django_db


@pytest.fixture
def announced():
    """Translation keys announced since the last `clear()`."""
    keys: set = set()

    def note(sender, keys, **_kwargs):
        announced_keys.update(keys)

    announced_keys = keys
    works_changed.connect(note, weak=False)
    yield keys
    works_changed.disconnect(note)


@pytest.fixture
def trees(announced):
    trees = Trees()
    trees.section = trees.page(trees.en, "section")
    trees.seccion = trees.page(trees.es, "seccion", of=trees.section)
    trees.child = trees.page(trees.section, "child")
    trees.hija = trees.page(trees.seccion, "hija")
    trees.below = {page.translation_key for page in (trees.section, trees.child, trees.hija)}
    announced.clear()
    return trees


def test_publishing_a_change_announces_the_work_alone(trees, announced):
    page = fresh(trees.section)
    page.title = "Changed"
    page.save_revision().publish()
    assert announced == {trees.section.translation_key}


def test_saving_a_draft_announces_nothing(trees, announced):
    page = fresh(trees.section)
    page.title = "Not yet"
    page.save_revision()
    trees.page(trees.en, "draft", live=False)
    assert announced == set()


@pytest.mark.parametrize("change", ["unpublish", "rename", "move", "restrict", "delete"])
def test_a_change_of_place_announces_the_works_below_both_editions(trees, announced, change):
    page = fresh(trees.section)
    if change == "unpublish":
        page.unpublish()
    elif change == "rename":
        page.slug = "renamed"
        page.save()
    elif change == "move":
        target = trees.page(trees.en, "target")
        announced.clear()
        page.move(fresh(target), pos="last-child")
    elif change == "restrict":
        restrict(page)
    else:
        page.delete()
    assert announced == trees.below


def test_publishing_again_announces_the_works_below(trees, announced):
    fresh(trees.seccion).unpublish()
    announced.clear()
    fresh(trees.seccion).save_revision().publish()
    assert announced == trees.below


def test_lifting_a_restriction_is_announced(trees, announced):
    restrict(trees.section)
    announced.clear()
    PageViewRestriction.objects.filter(page=trees.seccion).first().delete()
    assert announced == trees.below
