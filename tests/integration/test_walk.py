"""A new reader's walk, in both languages: from the home page to each fact, and to each work through search."""

import html
import re
from collections import deque
from urllib.parse import urlencode, urljoin, urlsplit

import pytest

from tests.integration.facts import facts_of

pytestmark = [pytest.mark.walk, pytest.mark.django_db]

LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]+)"')
FURTHER_PAGE = re.compile(r"page=\d+")
SEARCH_FORM = re.compile(r'<form[^>]*role="search"[^>]*action="([^"]+)"')
RESULT_TITLE = re.compile(r"<h[23][^>]*>\s*(<a.*?</a>)", re.S)
INVISIBLE = re.compile(r"<(script|style|head)\b.*?</\1>", re.S)


def visible_text(page: str) -> str:
    text = html.unescape(re.sub(r"<[^>]+>", " ", INVISIBLE.sub(" ", page)))
    return re.sub(r"\s+", " ", text)


def crawl(client, language: str) -> dict[str, str]:
    """Path → HTML of every page that links lead to from /<language>/, within it; of queries only further pages."""
    start = f"/{language}/"
    pages, queue, seen = {}, deque([start]), {start}
    while queue:
        path = queue.popleft()
        response = client.get(path)
        if response.status_code in (301, 302):
            targets = [response["Location"]]
        else:
            assert response.status_code == 200, f"{path} answers {response.status_code}"
            if "text/html" not in response["Content-Type"]:
                continue
            pages[path] = response.content.decode()
            targets = LINK.findall(pages[path])
        for target in targets:
            parts = urlsplit(urljoin(path, html.unescape(target)))
            address = f"{parts.path}?{parts.query}" if parts.query else parts.path
            further = not parts.query or FURTHER_PAGE.fullmatch(parts.query)
            if not parts.netloc and further and parts.path.startswith(start) and address not in seen:
                seen.add(address)
                queue.append(address)
    return pages


@pytest.fixture
def pages(site_content, client, request):
    return crawl(client, request.param)


@pytest.mark.parametrize("pages", ["en", "es"], indirect=True)
def test_a_reader_walks_from_home_to_each_fact(pages, request):
    language = request.node.callspec.params["pages"]
    text = " ".join(visible_text(page) for page in pages.values())
    missing = [fact for fact in facts_of(language) if fact.lower() not in text.lower()]
    assert missing == []


@pytest.mark.parametrize("pages", ["en", "es"], indirect=True)
def test_every_published_address_is_reached(pages, site_works):
    links = {html.unescape(link) for page in pages.values() for link in LINK.findall(page)}
    addresses = {file["url"] for work in site_works for file in work.get("files", []) if file.get("url")}
    assert len(addresses) > 45
    assert sorted(addresses - links) == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_work_is_found_by_its_name(site_content, client, site_works, language):
    action = SEARCH_FORM.search(client.get(f"/{language}/").content.decode())[1]
    lost = []
    for work in site_works:
        title = work["title"].get(language)
        if not title:
            continue
        page = client.get(f"{action}?{urlencode({'q': title})}").content.decode()
        names = [visible_text(name).strip() for name in RESULT_TITLE.findall(page.split('class="results', 1)[-1])]
        if title not in names[:3]:
            lost.append((title, names[:3]))
    assert lost == []
