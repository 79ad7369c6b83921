"""Dates as figures write them, and the day that an incomplete one means."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from detection.words import Words

Precision = Literal["day", "month", "year"]

_NUMERIC = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})\Z")
_YEARS = range(1945, 2100)
_WEEK = 7


@dataclass(slots=True)
class DateMention:
    """A date named in a text, by its words (``last`` exclusive).

    ``day`` is None when it cannot be resolved (no publication date, or no day named); then ``year`` and
    ``month`` say what is known. ``relative``: a weekday or a word such as yesterday.
    """

    first: int
    last: int
    day: date | None
    precision: Precision
    year: int | None
    month: int | None
    relative: bool = False


def date_in_figures(words: Words, at: int, published: date | None) -> DateMention | None:
    """27.12.2019, 27/12/2019, 2019-12-27, and 27/12 in brackets."""
    match = _NUMERIC.match(words.written[at])
    if match:
        year = int(match[3]) if len(match[3]) == 4 else 2000 + int(match[3])
        return settled_date(at, at + 1, year, int(match[2]), int(match[1]), published)
    signs = words.written[at + 1 : at + 5]
    if len(signs) >= 4 and signs[0] == signs[2] and signs[0] in "/-.":
        first, second, third = words.written[at], signs[1], signs[3]
        if read_year(first) and read_small(second, 12) and read_small(third, 31):
            return settled_date(at, at + 5, int(first), int(second), int(third), published)
        if read_small(first, 31) and read_small(second, 12) and read_year(third):
            return settled_date(at, at + 5, int(third), int(second), int(first), published)
    bracketed = at > 0 and words.written[at - 1] in "(（" and len(signs) >= 3 and signs[2] in ")）"
    if bracketed and signs[0] == "/" and read_small(words.written[at], 31) and read_small(signs[1], 12):
        return settled_date(at, at + 3, None, int(signs[1]), int(words.written[at]), published)
    return None


def date_in_han(words: Words, at: int, published: date | None) -> DateMention | None:
    """2019年12月27日, 12月27日, 27日, 2019年12月."""
    written, signs = words.written[at], words.written[at + 1 : at + 6]
    if len(signs) > 0 and signs[0] == "年" and read_year(written):
        month = read_small(signs[1], 12) if len(signs) > 2 and signs[2] == "月" else None
        if month is None:
            return DateMention(at, at + 2, None, "year", int(written), None)
        day = read_small(signs[3], 31) if len(signs) > 4 and signs[4] in "日号" else None
        if day is None:
            return DateMention(at, at + 4, None, "month", int(written), month)
        return settled_date(at, at + 6, int(written), month, day, published)
    if (
        len(signs) > 2
        and signs[0] == "月"
        and signs[2] in "日号"
        and read_small(written, 12)
        and read_small(signs[1], 31)
    ):
        return settled_date(at, at + 4, None, int(written), int(signs[1]), published)
    if len(signs) > 0 and signs[0] == "日" and read_small(written, 31):
        return DateMention(at, at + 2, _day_near(published, int(written)), "day", None, None)
    return None


def bare_year(words: Words, at: int) -> DateMention | None:
    """A year alone ("in 2019"); not a number that a unit or a stroke claims."""
    year = read_year(words.written[at])
    if year is None:
        return None
    beside = words.written[at - 1] if at else "", words.written[at + 1] if at + 1 < len(words) else ""
    if "/" in beside or "№" in beside:
        return None
    return DateMention(at, at + 1, None, "year", year, None)


def settled_date(
    first: int, last: int, year: int | None, month: int, day: int, published: date | None
) -> DateMention | None:
    """A day and month, the year settled by the publication date when it is not written; None for no such day."""
    if year is None and published is None:
        valid = _valid(2000, month, day)
        return DateMention(first, last, None, "day", None, month) if valid else None
    resolved = _valid(year, month, day) if year else _nearest(month, day, published)
    return DateMention(first, last, resolved, "day", year, month) if resolved else None


def _nearest(month: int, day: int, published: date | None) -> date | None:
    if published is None:
        return None
    years = (published.year - 1, published.year, published.year + 1)
    candidates = [found for year in years if (found := _valid(year, month, day))]
    return min(candidates, key=lambda found: abs((found - published).days), default=None)


def likely_year(month: int, published: date | None) -> int | None:
    """The year of a month named without one: the nearest to publication; None when that is unknown."""
    nearest = _nearest(month, 15, published)
    return nearest.year if nearest else None


def weekday_near(published: date, weekday: int, lead: str | None) -> date:
    """The weekday at or before the publication; after it with ``next``, a week back with ``last``."""
    back = (published.weekday() - weekday) % _WEEK
    if lead == "next":
        return published + timedelta(days=_WEEK - back)
    if lead == "last" and back == 0:
        back = _WEEK
    return published - timedelta(days=back)


def _day_near(published: date | None, day: int) -> date | None:
    """The day of the month that is nearest to, and not much after, the publication."""
    if published is None:
        return None
    for back in range(-2, 32):
        candidate = published - timedelta(days=back)
        if candidate.day == day:
            return candidate
    return None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_small(written: str, limit: int) -> int | None:
    """A day or month written in figures; None when it is none."""
    value = int(written) if written.isdecimal() and len(written) <= 2 else 0
    return value if 1 <= value <= limit else None


def read_year(written: str) -> int | None:
    """A year written in figures, 1945 to 2099; None when it is none."""
    value = int(written) if written.isdecimal() and len(written) == 4 else 0
    return value if value in _YEARS else None
