"""Every public page costs a fixed number of queries, whatever it lists."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from resources import languages
from resources.checks import page_types
from resources.models import PartnerPage, PartnersPage

pytestmark = pytest.mark.django_db

LISTS = {
    "ProgramsPage",
    "PartnersPage",
    "BillsPage",
    "WorkgroupsPage",
    "ConveningsPage",
    "LibraryPage",
    "FamiliesPage",
    "ProgramPage",
    "RegionPage",
}
MOST = {True: 20, False: 15}


def busiest_page(model, language: str):
    """The public page of a type with the most pages below it."""
    pages = languages.public_editions().filter(locale__language_code=language).type(model)
    return pages.order_by("-numchild", "pk").first()


def queries_of(client, url: str) -> list[str]:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200
    return [query["sql"] for query in captured]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("model", page_types(), ids=lambda model: model.__name__)
def test_a_page_costs_few_queries(site_content, client, model, language):
    page = busiest_page(model, language)
    assert page is not None, f"the site's content has no {model.__name__} in {language}"
    queries = queries_of(client, page.get_url())
    most = MOST[model.__name__ in LISTS]
    assert len(queries) <= most, f"{len(queries)} queries, at most {most}:\n" + "\n".join(sql[:300] for sql in queries)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_search_costs_few_queries(site_content, client, language):
    library = busiest_page(next(model for model in page_types() if model.__name__ == "LibraryPage"), language)
    assert len(queries_of(client, f"{library.get_url()}?q=ELPAC")) <= MOST[True]


def test_a_list_costs_the_same_with_more_items(site_content, client):
    parent = PartnersPage.objects.filter(locale__language_code="en").get()
    before = len(queries_of(client, parent.get_url()))
    model = PartnerPage.objects.child_of(parent).first()
    for number in range(10):
        parent.refresh_from_db()
        parent.add_child(
            instance=PartnerPage(
                title=f"Partner {number}",
                slug=f"partner-{number}",
                locale=parent.locale,
                organization=model.organization,
            )
        )
    assert Page.objects.get(pk=parent.pk).numchild >= 10
    assert len(queries_of(client, parent.get_url())) == before
