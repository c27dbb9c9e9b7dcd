"""Moments start at the caption that holds most of the query, also where it runs over into the next one."""

import pytest
from django.core.files.base import ContentFile
from wagtail.models import Collection, CollectionViewRestriction

from assets.models import CustomDocument
from search.api import moments_told
from search.engines.base import PassageHit
from search.highlighting import Highlighter
from search.moments import Moments, best_cue, best_passages_first, likeliest_start
from search.parsing import parse
from search.understanding import understand
from search.vectors.places import PlaceFound

CUES = [
    [60.5, 64.0, "Welcome to the convening."],
    [64.5, 69.0, "Today we begin with the seal"],
    [69.5, 74.0, "of biliteracy, and who earns it."],
    [74.5, 79.0, "Then the budget."],
]


@pytest.fixture
def captions_document():
    collection = Collection.get_first_root_node().add_child(name="Captions")
    file = ContentFile(b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n", "captions.vtt")
    return CustomDocument.objects.create(title="Captions", collection=collection, file=file)


@pytest.mark.parametrize(
    ("held", "best"),
    [
        ([{"a"}, {"a", "b"}, {"b"}], 1),
        ([set(), {"a"}, {"b"}, set()], 1),
        ([{"a"}, set(), {"a"}], 0),
        ([set(), set()], None),
        ([], None),
    ],
)
def test_the_caption_that_holds_most_with_its_next_is_the_best(held, best):
    assert best_cue([frozenset(terms) for terms in held]) == best


@pytest.mark.django_db
def test_a_moment_plays_from_the_caption_where_the_words_begin(captions_document):
    hit = PassageHit(
        "w", 3.0, {"kind": "time", "lang": "en", "document": captions_document.pk, "number": 60, "cues": CUES}
    )
    text = understand(parse("seal of biliteracy"), "en").text
    (moment,) = Moments({"w": [hit]}, Highlighter(text)).of("w", "/es/grabacion/", "en")
    assert (moment.url, moment.label, moment.start, moment.end) == ("/es/grabacion/#t=64", "1:04", 64.5, 79.0)
    assert "<mark>seal</mark>" in moment.html
    assert moment.as_data["kind"] == "time"


@pytest.mark.django_db
def test_a_moment_is_told_to_other_sites_with_its_whole_address(captions_document, rf):
    hit = PassageHit(
        "w", 3.0, {"kind": "time", "lang": "en", "document": captions_document.pk, "number": 60, "cues": CUES}
    )
    moments = Moments({"w": [hit]}, Highlighter(None)).of("w", "/es/grabacion/", "en")
    (told,) = moments_told(moments, rf.get("/"))
    assert told["url"] == "http://testserver/es/grabacion/#t=60"


def test_where_a_number_was_asked_for_the_passage_that_holds_it_comes_first():
    def passage(number: int, text: str, score: float) -> PassageHit:
        return PassageHit("w", score, {"kind": "page", "lang": "es", "document": 1, "number": number, "text": text})

    said, named = passage(1, "Lo que dice la ley, y qué dicen", 9.0), passage(2, "La AB 2268 ya es ley", 6.0)
    numbers = Highlighter(understand(parse("qué dice la AB 2268"), "es").text).of_numbers()
    assert best_passages_first([said, named], [], (), 1.0, numbers) == [named, said]
    assert best_passages_first([said, named], [], (), 1.0) == [said, named]
    assert Highlighter(understand(parse("qué dice la ley"), "es").text).of_numbers() is None


@pytest.mark.django_db
def test_two_windows_with_the_same_caption_are_one_moment(captions_document):
    stored = {"kind": "time", "lang": "en", "document": captions_document.pk, "number": 60}
    hits = [PassageHit("w", 3.0, stored | {"cues": CUES}), PassageHit("w", 2.0, stored | {"cues": CUES[1:]})]
    moments = Moments({"w": hits}, Highlighter(understand(parse("biliteracy"), "en").text)).of("w", "/", "en")
    assert [moment.label for moment in moments] == ["1:09"]


@pytest.mark.django_db
def test_a_document_that_is_gone_or_private_has_no_moments(captions_document):
    stored = {"kind": "time", "lang": "en", "document": captions_document.pk, "number": 60, "cues": CUES}
    gone = PassageHit("w", 3.0, stored | {"document": captions_document.pk + 1000})
    text = Highlighter(understand(parse("biliteracy"), "en").text)
    assert Moments({"w": [gone]}, text).of("w", "/", "en") == ()
    CollectionViewRestriction.objects.create(collection=captions_document.collection, restriction_type="login")
    assert Moments({"w": [PassageHit("w", 3.0, stored)]}, text).of("w", "/", "en") == ()


@pytest.mark.parametrize(
    ("similarities", "start"),
    [
        ({"7/time/en/30": 0.6}, 30),
        ({"7/time/en/30": 0.6, "7/time/en/45": 0.5}, 45),
        ({"7/time/en/15": 0.55, "7/time/en/30": 0.6, "7/time/en/45": 0.5}, 30),
        ({"7/time/en/30": 0.6, "7/time/es/45": 0.5, "8/time/en/45": 0.5, "7/time/en/75": 0.5}, 30),
    ],
)
def test_what_is_meant_begins_in_the_half_that_is_nearer(similarities, start):
    assert likeliest_start("7/time/en/30", similarities) == start


@pytest.mark.django_db
@pytest.mark.parametrize("reader", ["en", "es"])
def test_what_is_said_at_one_moment_is_shown_in_the_readers_language(captions_document, reader):
    stored = {"kind": "time", "document": captions_document.pk, "number": 60}
    hits = [
        PassageHit("w", 3.0, stored | {"lang": "es", "cues": [[61.0, 64.0, "El sello de la AB 2268"]]}),
        PassageHit("w", 2.0, stored | {"lang": "en", "cues": [[60.0, 64.0, "The seal in AB 2268"]]}),
    ]
    (moment,) = Moments({"w": hits}, Highlighter(understand(parse("AB 2268"), reader).text)).of("w", "/", reader)
    assert moment.lang == reader


def test_moments_stand_in_the_order_of_their_words_and_meaning_together():
    def hit(number, score):
        return PassageHit("w", score, {"kind": "time", "lang": "en", "document": 7, "number": number})

    said, weaker, meant = hit(0, 4.0), hit(30, 3.0), hit(60, 0.0)
    places = [PlaceFound("en", "time", "7/time/en/60", 0.5), PlaceFound("en", "time", "7/time/en/30", 0.45)]
    for words_weight, numbers in ((3.0, [30, 0, 60]), (0.4, [30, 60, 0])):
        found = best_passages_first([said, weaker], [meant], places, words_weight)
        assert [each.stored["number"] for each in found] == numbers
