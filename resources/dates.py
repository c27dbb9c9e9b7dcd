"""Dates of which only the year or the month may be known."""

import datetime

from django.utils.formats import date_format


def partial_date_label(date: datetime.date | None, precision: str) -> str:
    """The date as far as it is known, in the reader's language: “2025”, “March 2017”, “June 12, 2024”."""
    if date is None:
        return ""
    if precision == "year":
        return str(date.year)
    return date_format(date, "YEAR_MONTH_FORMAT" if precision == "month" else "DATE_FORMAT")


def parse_partial_date(text: str) -> tuple[datetime.date, str]:
    """`2025`, `2017-03` or `2024-06-12` → (first day of it, precision). Raises ValueError on anything else."""
    parts = text.strip().split("-")
    if len(parts) > 3 or not all(part.isdecimal() for part in parts) or len(parts[0]) != 4:
        raise ValueError(f"not a date: {text}")
    precision = ("year", "month", "day")[len(parts) - 1]
    numbers = [int(part) for part in parts] + [1] * (3 - len(parts))
    return datetime.date(*numbers), precision
