"""The site's own content as it is loaded: whole, in both languages, and open to translators."""

import pytest
from wagtail.models import Page
from wagtail_localize.models import Translation

from search.query import LibraryQuery
from search.service import search

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("site_content")
def test_the_whole_content_is_live_in_its_languages_with_every_string():
    unfinished = [
        translation.source.object_repr
        for translation in Translation.objects.select_related("source")
        if len(set(translation.get_progress())) > 1
    ]
    editions = Page.objects.filter(depth__gt=1)

    assert unfinished == []
    assert not editions.filter(live=False).exists()
    assert not editions.filter(alias_of__isnull=False).exists()
    assert editions.count() > 240


@pytest.mark.usefixtures("site_content")
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_newest_works_are_no_samples(language):
    keys = [result.key for result in search(LibraryQuery(language=language, sort="newest", size=100)).results]
    assert sum(key.startswith("sample-") for key in keys) == 7
    assert not any(key.startswith("sample-") for key in keys[:2])
