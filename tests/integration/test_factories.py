"""Every page type has a factory, and a page made by it can be visited in both languages."""

import pytest
from wagtail.models import Page, get_page_models

from resources.models import BasePage
from tests import factories
from tests.factories import ResourcePageFactory, make_edition

PAGE_FACTORIES = {
    made._meta.model: made
    for made in vars(factories).values()
    if isinstance(made, type) and issubclass(made, factories.BasePageFactory) and not made._meta.abstract
}
PAGE_TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]


@pytest.mark.django_db
@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_each_page_type_has_a_factory_for_a_valid_page_below_an_allowed_parent(model):
    page = PAGE_FACTORIES[model]()

    page.full_clean()
    parent = page.get_parent().specific
    assert parent.is_root() or type(parent) in model.allowed_parent_page_models()


@pytest.mark.django_db
def test_an_edition_made_for_a_test_stands_in_the_tree_of_its_language():
    edition = make_edition(ResourcePageFactory(title="A guide"), "es", title="Una guía")

    home = Page.objects.get(pk=edition.pk).get_ancestors().filter(depth=2).get()
    assert (edition.title, home.locale.language_code) == ("Una guía", "es")
