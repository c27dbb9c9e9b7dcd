"""Two small language trees made by hand, and short ways to add, publish, restrict and read pages in them."""

from wagtail.models import Locale, Page, PageViewRestriction, Site

from home.models import ContentPage, HomePage
from resources.models import ResourcePage, ResourceType
from search.models import LibraryPage

PASSWORD = "only-for-readers-of-tests"


class Trees:
    """Home pages in English and Spanish, both editions of one work; more pages are added by each test."""

    def __init__(self):
        self.locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in ("en", "es")}
        root = Page.get_first_root_node()
        Site.objects.all().delete()
        root.get_children().delete()
        root = Page.objects.get(pk=root.pk)
        self.en = root.add_child(instance=HomePage(title="Home", slug="home-en", locale=self.locales["en"]))
        spanish = HomePage(title="Inicio", slug="home-es", locale=self.locales["es"])
        spanish.translation_key = self.en.translation_key
        self.es = Page.objects.get(pk=root.pk).add_child(instance=spanish)
        self.site = Site.objects.create(hostname="localhost", root_page=self.en, is_default_site=True)

    def page(self, parent, slug, *, of=None, live=True, model=ContentPage, **values):
        """A page below `parent`, in its language; with `of` the other edition of that work."""
        parent = Page.objects.get(pk=parent.pk)
        page = model(title=slug.replace("-", " ").capitalize(), slug=slug, locale=parent.locale, live=live, **values)
        if of is not None:
            page.translation_key = of.translation_key
        return parent.add_child(instance=page)

    def library(self) -> dict[str, LibraryPage]:
        english = self.page(self.en, "library", model=LibraryPage)
        return {"en": english, "es": self.page(self.es, "biblioteca", of=english, model=LibraryPage)}

    def resource(self, parent, slug, **values) -> ResourcePage:
        kind = ResourceType.objects.get_or_create(slug="report", defaults={"name_en": "Report", "name_es": "Informe"})[
            0
        ]
        return self.page(parent, slug, model=ResourcePage, resource_type=kind, **values)


def fresh(page):
    """The page as the database has it now."""
    return Page.objects.get(pk=page.pk).specific


def restrict(page, kind=PageViewRestriction.PASSWORD, password=PASSWORD, groups=()):
    restriction = PageViewRestriction.objects.create(page=fresh(page), restriction_type=kind, password=password)
    restriction.groups.set(groups)
    return restriction


def final(client, url: str, most: int = 5):
    """The response at the end of the redirects from `url`; fails on loops and on redirects off the site."""
    seen = [url]
    response = client.get(url)
    while response.status_code in (301, 302):
        assert response["Location"] not in seen, f"redirect loop: {seen}"
        assert len(seen) <= most, f"too many redirects: {seen}"
        assert response["Location"].startswith("/"), response["Location"]
        seen.append(response["Location"])
        response = client.get(response["Location"])
    return response


def asks_for_password(response) -> bool:
    return response.status_code == 200 and 'name="password"' in response.content.decode()
