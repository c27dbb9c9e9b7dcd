"""The articles that quality is measured with: sound, bilingual, and what is asked of them has its place."""

from collections import Counter

from benchmarks.search_quality.articles import ASKED, ParagraphCollection, articles
from benchmarks.search_quality.collection import ROUTES
from benchmarks.search_quality.judgments import SPLITS
from benchmarks.search_quality.talks import KINDS, talks
from resources.importing.made.composing import CUE_SECONDS
from search.analysis import LANGUAGES


def test_every_article_says_the_same_in_both_languages_and_is_asked_for_in_every_way():
    assert len({article.key for article in articles()}) == len(articles()) == 48
    for article in articles():
        assert set(article.titles) == set(article.paragraphs) == set(LANGUAGES), article.key
        for paragraphs in article.paragraphs.values():
            assert [set(paragraph.asked) for paragraph in paragraphs] == [set(ASKED)] * 5, article.key


def test_no_two_paragraphs_are_asked_for_alike():
    asked = Counter(
        (language, query)
        for article in articles()
        for language, paragraphs in article.paragraphs.items()
        for paragraph in paragraphs
        for query in paragraph.asked.values()
    )
    assert [query for query, count in asked.items() if count > 1] == []


def test_either_half_is_asked_on_every_route():
    for split in SPLITS:
        collection = ParagraphCollection(split)
        assert all(len(collection.queries(route)) >= 300 for route in ROUTES)
        keys = {collection.name_of(document.key) for document in collection.documents(LANGUAGES)}
        assert len(keys) == 240
        assert {key for judgment in collection.queries("en→es") for key in judgment.relevant} <= keys


def test_what_is_asked_of_a_talk_is_said_where_it_should_be_found():
    assert {talk.language for talk in talks()} == set(LANGUAGES)
    for talk in talks():
        questions, cues = list(talk.questions()), talk.cues
        assert Counter(question.kind for question in questions) == dict.fromkeys(KINDS, 5)
        for question in questions:
            assert 0 <= question.place.start < question.place.end <= len(cues) * CUE_SECONDS
            assert (question.language != talk.language) == question.kind.startswith("across")
            if question.kind == "phrase":
                first, last = (int(each / CUE_SECONDS) for each in (question.place.start, question.place.end))
                assert question.text.split()[0] in " ".join(cues[first:last]).lower()
