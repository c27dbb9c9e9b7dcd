"""Whatever editors do to the two trees, in whatever order, four things hold for readers.

No error, no redirect in circles, nothing private or unpublished at 200, and every live public work is found in both
languages at the address that links give.
"""

import random

import pytest
from wagtail.models import Page, PageViewRestriction

from resources import languages
from tests.integration.trees import Trees, asks_for_password, final, fresh

pytestmark = pytest.mark.django_db

# Three of these found mistakes once.
HISTORIES = [*range(12), 131, 140, 146]
OPERATIONS = 25
# Few slugs, so that pages of both trees often meet under one address.
SLUGS = ["about", "guide", "news", "valley"]


class History:
    """Two trees, a seeded source of chance, and what editors may do."""

    def __init__(self, seed: int, on_commit):
        self.chance = random.Random(seed)  # noqa: S311
        self.trees = Trees()
        self.on_commit = on_commit
        self.known_addresses = {"/en/", "/es/"}
        self.log = []

    def pages(self):
        return list(Page.objects.filter(depth__gt=2).order_by("pk"))

    def any_page(self):
        return fresh(self.chance.choice(self.pages())) if self.pages() else None

    def any_parent(self, language=None):
        pages = Page.objects.filter(depth__gte=2, depth__lt=6, alias_of__isnull=True)
        if language:
            pages = pages.filter(locale__language_code=language)
        return fresh(self.chance.choice(list(pages.order_by("pk"))))

    def free_slug(self, parent, page=None):
        taken = set(parent.get_children().exclude(pk=page.pk if page else 0).values_list("slug", flat=True))
        free = [slug for slug in SLUGS if slug not in taken]
        return self.chance.choice(free) if free else None

    def create(self):
        parent = self.any_parent()
        if slug := self.free_slug(parent):
            self.trees.page(parent, slug, live=self.chance.random() < 0.8)

    def translate(self):
        page = self.any_page()
        if page is None or page.get_translations().exists():
            return
        parent = self.any_parent(languages.other_language(page.language))
        if slug := self.free_slug(parent):
            edition = self.trees.page(parent, slug, of=page, live=self.chance.random() < 0.6)
            assert edition.key == page.key

    def publish(self):
        if page := self.any_page():
            page.save_revision().publish()

    def unpublish(self):
        page = self.any_page()
        if page and page.live:
            page.unpublish()

    def move(self):
        page = self.any_page()
        if page is None:
            return
        target = self.any_parent(page.language)
        free = target.pk != page.pk and not target.is_descendant_of(page)
        if free and not target.get_children().filter(slug=page.slug).exists():
            page.move(target, pos="last-child")

    def rename(self):
        page = self.any_page()
        if page and (slug := self.free_slug(page.get_parent(), page)):
            page.slug = slug
            page.save()

    def restrict(self):
        page = self.any_page()
        if page:
            PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")

    def lift(self):
        if restriction := PageViewRestriction.objects.order_by("pk").first():
            restriction.delete()

    def delete(self):
        if page := self.any_page():
            page.delete()

    def step(self):
        operations = ["create"] * 5 + ["translate"] * 4 + ["publish", "unpublish", "move", "rename"] * 2
        name = self.chance.choice([*operations, "restrict", "lift", "delete"])
        self.log.append(name)
        with self.on_commit(execute=True):
            getattr(self, name)()
        for page in Page.objects.filter(depth__gt=1):
            self.known_addresses.add(page.get_url())


def works_and_state():
    """Every work: whether it is live in some language, and whether it is private by the plain definition: a
    restriction on it or above it, or on an edition of any of those, however far one follows."""
    pages = list(Page.objects.filter(depth__gt=1))
    by_path = {page.path: page for page in pages}
    above = {}
    for page in pages:
        keys = {by_path[page.path[:end]].translation_key for end in range(8, len(page.path) + 1, 4)}
        above.setdefault(page.translation_key, set()).update(keys)
    private = set(PageViewRestriction.objects.values_list("page__translation_key", flat=True))
    while True:
        more = {key for key, keys in above.items() if keys & private} - private
        if not more:
            break
        private |= more
    live = {page.translation_key for page in pages if page.live}
    return {key: (key in live, key in private) for key in above}


def check(history, client):
    states = works_and_state()
    pages = Page.objects.filter(depth__gt=1)
    public = {key for key, (is_live, is_private) in states.items() if is_live and not is_private}
    listed = languages.public_editions()
    assert set(listed.values_list("translation_key", flat=True)) == public
    for language in ("en", "es"):
        editions = languages.localized(pages, language)
        assert set(editions) == public
        assert len({edition.url for edition in editions.values()}) == len(public), "one address for each work"
        for key, edition in editions.items():
            response = client.get(edition.url)
            assert response.status_code == 200, (edition, history.log)
            assert response.context_data["page"].translation_key == key, (edition, history.log)
            assert response.context_data["is_fallback"] == edition.is_fallback
            history.known_addresses.add(edition.url)
    for url in sorted(history.known_addresses):
        for address in (url, f"/{languages.other_language(url[1:3])}{url[3:]}"):
            response = final(client, address)
            assert response.status_code in (200, 404), (address, history.log)
            if response.status_code == 200 and not asks_for_password(response):
                shown = response.context_data["page"]
                assert states[shown.translation_key] == (True, False), (address, history.log)
                assert shown.live


@pytest.mark.parametrize("seed", HISTORIES)
def test_a_random_history_keeps_every_promise(seed, client, django_capture_on_commit_callbacks):
    history = History(seed, django_capture_on_commit_callbacks)
    for step in range(OPERATIONS):
        history.step()
        if step % 8 == 7:
            check(history, client)
    check(history, client)
