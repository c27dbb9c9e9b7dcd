"""Dates of which only the year or month is known."""

import datetime

import pytest
from django.utils import translation

from resources.dates import parse_partial_date, partial_date_label


@pytest.mark.parametrize(
    ("text", "date", "precision"),
    [
        ("2025", datetime.date(2025, 1, 1), "year"),
        ("2017-03", datetime.date(2017, 3, 1), "month"),
        ("2024-06-12", datetime.date(2024, 6, 12), "day"),
    ],
)
def test_a_date_keeps_what_is_known_of_it(text, date, precision):
    assert parse_partial_date(text) == (date, precision)


@pytest.mark.parametrize("text", ["", "24", "2024-13", "2024-02-30", "June 2024", "2024-06-12-01", "12/06/2024"])
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError, match=r"date|day|month"):
        parse_partial_date(text)


@pytest.mark.parametrize(
    ("language", "precision", "label"),
    [
        ("en", "year", "2024"),
        ("en", "month", "June 2024"),
        ("en", "day", "June 12, 2024"),
        ("es", "month", "junio de 2024"),
        ("es", "day", "12 de junio de 2024"),
    ],
)
def test_a_date_reads_in_the_readers_language(language, precision, label):
    with translation.override(language):
        assert partial_date_label(datetime.date(2024, 6, 12), precision) == label


def test_no_date_says_nothing():
    assert partial_date_label(None, "day") == ""
