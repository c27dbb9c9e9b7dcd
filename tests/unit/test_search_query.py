"""Reading a query from an address never fails, and writing it back gives the same query."""

import pytest
from django.http import QueryDict

from search.analysis import LANGUAGES
from search.query import LONGEST_TEXT, LibraryQuery

HOSTILE_TEXTS = [
    "",
    "   ",
    "a" * 10_000,
    '"',
    '"""',
    '"unclosed phrase',
    "* : ( ) / \\ AND",
    "AND OR NOT",
    "-",
    "--",
    '-"',
    "title:secret",
    "[a TO z]",
    "a~2 b^9",
    "\x00",
    "nul\x00inside",
    "😀",
    "👩‍👩‍👧 familia",
    "<script>alert(1)</script>",
    "&lt;b&gt;",
    "%00%ff",
    "' OR 1=1 --",
    "ﬁ ﷽ ｆｕｌｌ",
    "e\u0301ducation",
    "\ud800",
    "()" * 500,
    "ñ" * 299,
    "10.64650/ceel.LCAP2025",
    "user@example.org",
]


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_any_text_can_be_read(text):
    params = QueryDict(mutable=True)
    params["q"] = text
    query = LibraryQuery.parse(params, "es")
    assert len(query.text) <= LONGEST_TEXT
    assert "\x00" not in query.text


@pytest.mark.parametrize("name", ["page", "size"])
@pytest.mark.parametrize("value", ["0", "-1", "1.5", "one", "1e9", "٣", "9" * 400, "\x00", " "])
def test_numbers_that_are_none_are_left_out(name, value):
    params = QueryDict(mutable=True)
    params[name] = value
    query = LibraryQuery.parse(params, "en")
    assert (query.page, query.size) == (1, 20)
    assert [problem.parameter for problem in query.problems] == ([name] if value.strip() else [])


def test_an_unknown_language_is_a_problem_and_english_is_read():
    query = LibraryQuery.parse(QueryDict("lang=xx"))
    assert query.language == LANGUAGES[0]
    assert [problem.parameter for problem in query.problems] == ["lang"]


def test_filters_repeat_and_empty_ones_are_ignored():
    query = LibraryQuery.parse(QueryDict("topic=elpac&topic=&topic=data&topic=elpac&county=&nonsense=1"), "en")
    assert query.filters == {"topic": ("elpac", "data")}
    assert query.problems == ()


def test_too_many_values_are_a_problem():
    query = LibraryQuery.parse(QueryDict("&".join(f"topic=t{n}" for n in range(60))), "en")
    assert len(query.selected("topic")) == 50
    assert query.problems[0].parameter == "topic"


@pytest.mark.parametrize(
    "address",
    [
        "?",
        "?q=ni%C3%B1os",
        "?q=a&type=bill&topic=elpac&topic=data&year=2024&sort=newest&expand=0&repair=0&size=50&page=3",
    ],
)
def test_a_query_is_written_back_as_it_was_read(address):
    assert LibraryQuery.parse(QueryDict(address[1:]), "en").url == address


def test_removing_a_value_keeps_the_others_and_goes_to_the_first_page():
    query = LibraryQuery.parse(QueryDict("q=a&topic=elpac&topic=data&page=3"), "en")
    assert query.without("topic", "elpac").url == "?q=a&topic=data"
    assert query.without("topic").url == "?q=a"
    assert query.without_filters().url == "?q=a"


def test_words_are_ordered_by_relevance_and_browsing_by_date():
    assert LibraryQuery(text="a").order == "relevance"
    assert LibraryQuery().order == "newest"
    assert LibraryQuery(sort="title").order == "title"
