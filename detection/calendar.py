"""Dates in running text, resolved against the day of publication: explicit, weekdays, yesterday; ten languages."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from detection.phrases import Mark, Phrases, Words

Precision = Literal["day", "month", "year"]

_NUMERIC = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})\Z")
_YEARS = range(1945, 2100)
_WEEK = 7


@dataclass(frozen=True, slots=True)
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


class Calendar:
    """Reads dates by the ``calendar`` section of a language: months, weekdays, relative words, fillers."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        table: dict[str, Iterable[str]] = {}
        table.update({f"month:{number}": words for number, words in data["months"].items()})
        table.update({f"weekday:{number}": words for number, words in data["weekdays"].items()})
        table.update({f"day:{days}": words for days, words in data.get("relative", {}).items()})
        table.update({f"years:{years}": words for years, words in data.get("relative_years", {}).items()})
        table["last"] = data.get("last", ())
        table["next"] = data.get("next", ())
        self._phrases = Phrases(table)
        self._fillers = frozenset(data.get("fillers", ())) | {",", ".", "/"}
        self._month_first = bool(data.get("month_first", False))

    def find(self, words: Words, published: date | None) -> list[DateMention]:
        """Every date among the words, in order; years and days of the month are settled by the publication date."""
        marks = {mark.first: mark for mark in self._phrases.find(words)}
        found: list[DateMention] = []
        free_from = 0
        for at, written in enumerate(words.written):
            if at < free_from or not (at in marks or written[0].isdigit()):
                continue
            mention = self._date_at(words, marks, at, published)
            if mention is not None:
                found.append(mention)
                free_from = mention.last
        return found

    def _date_at(self, words: Words, marks: Mapping[int, Mark], at: int, published: date | None) -> DateMention | None:
        written = words.written[at]
        if written[0].isdigit():
            return (
                _numeric(words, at, published)
                or self._day_first(words, marks, at, published)
                or _han_date(words, at, published)
                or _bare_year(words, at)
            )
        mark = marks.get(at)
        if mark is None:
            return None
        kind, _, value = mark.kind.partition(":")
        if kind == "month":
            return self._month_led(words, mark, int(value), published)
        if kind == "years":
            year = published.year + int(value) if published else None
            return DateMention(at, mark.last, None, "year", year, None, relative=True)
        if kind == "day":
            day = published + timedelta(days=int(value)) if published else None
            return DateMention(at, mark.last, day, "day", None, None, relative=True)
        if kind in ("weekday", "last", "next"):
            return self._weekday(words, marks, mark, published)
        return None

    def _weekday(
        self, words: Words, marks: Mapping[int, Mark], mark: Mark, published: date | None
    ) -> DateMention | None:
        lead = mark.kind if mark.kind in ("last", "next") else None
        named = marks.get(mark.last) if lead else mark
        if named is None or not named.kind.startswith("weekday:"):
            return None
        explicit = self._explicit_after(words, marks, named.last, published)
        if explicit is not None:
            return explicit
        after = marks.get(named.last)
        lead = lead or (after.kind if after and after.kind in ("last", "next") else None)
        day = _weekday_near(published, int(named.kind.partition(":")[2]), lead) if published else None
        return DateMention(mark.first, named.last, day, "day", None, None, relative=True)

    def _explicit_after(
        self, words: Words, marks: Mapping[int, Mark], at: int, published: date | None
    ) -> DateMention | None:
        """The explicit date that follows a weekday ("Monday, 17 December", "Freitag, den 27. Dezember")."""
        start = self._skip(words, at)
        if start >= len(words) or start - at > 3:
            return None
        if words.written[start][0].isdigit():
            return _numeric(words, start, published) or self._day_first(words, marks, start, published)
        mark = marks.get(start)
        if mark is None or not mark.kind.startswith("month:"):
            return None
        mention = self._month_led(words, mark, int(mark.kind[6:]), published)
        return mention if mention.precision == "day" else None

    def _day_first(
        self, words: Words, marks: Mapping[int, Mark], at: int, published: date | None
    ) -> DateMention | None:
        day = _small(words.written[at], 31)
        start = self._skip(words, at + 1)
        mark = marks.get(start)
        if day is None or mark is None or not mark.kind.startswith("month:"):
            return None
        month, end = int(mark.kind[6:]), mark.last
        doubled = marks.get(self._skip(words, end))
        if doubled is not None and doubled.kind == mark.kind:  # Arabic: two names of one month, a stroke between
            end = doubled.last
        year, end = self._year_after(words, end)
        return _settled(at, end, year, month, day, published)

    def _month_led(self, words: Words, mark: Mark, month: int, published: date | None) -> DateMention:
        following = mark.last + 1 if mark.last < len(words) and words.written[mark.last] == "." else mark.last
        day = _small(words.written[following], 31) if following < len(words) else None
        if self._month_first and day is not None:
            end = following + 1
            if end < len(words) and words.forms[end][0] in ("st", "nd", "rd", "th"):
                end += 1
            year, end = self._year_after(words, end)
            return _settled(mark.first, end, year, month, day, published)
        year, end = self._year_after(words, mark.last)
        return DateMention(mark.first, end, None, "month", year, month)

    def _year_after(self, words: Words, at: int) -> tuple[int | None, int]:
        start = self._skip(words, at)
        year = _year(words.written[start]) if start < len(words) else None
        return (year, start + 1) if year else (None, at)

    def _skip(self, words: Words, at: int) -> int:
        limit = at + 3
        while at < min(limit, len(words)) and any(form in self._fillers for form in words.forms[at]):
            at += 1
        return at


def _numeric(words: Words, at: int, published: date | None) -> DateMention | None:
    """27.12.2019, 27/12/2019, 2019-12-27, and 27/12 in brackets."""
    match = _NUMERIC.match(words.written[at])
    if match:
        year = int(match[3]) if len(match[3]) == 4 else 2000 + int(match[3])
        return _settled(at, at + 1, year, int(match[2]), int(match[1]), published)
    signs = words.written[at + 1 : at + 5]
    if len(signs) >= 4 and signs[0] == signs[2] and signs[0] in "/-.":
        first, second, third = words.written[at], signs[1], signs[3]
        if _year(first) and _small(second, 12) and _small(third, 31):
            return _settled(at, at + 5, int(first), int(second), int(third), published)
        if _small(first, 31) and _small(second, 12) and _year(third):
            return _settled(at, at + 5, int(third), int(second), int(first), published)
    bracketed = at > 0 and words.written[at - 1] in "(（" and len(signs) >= 3 and signs[2] in ")）"
    if bracketed and signs[0] == "/" and _small(words.written[at], 31) and _small(signs[1], 12):
        return _settled(at, at + 3, None, int(signs[1]), int(words.written[at]), published)
    return None


def _han_date(words: Words, at: int, published: date | None) -> DateMention | None:
    """2019年12月27日, 12月27日, 27日, 2019年12月."""
    written, signs = words.written[at], words.written[at + 1 : at + 6]
    if len(signs) > 0 and signs[0] == "年" and _year(written):
        month = _small(signs[1], 12) if len(signs) > 2 and signs[2] in "月" else None
        if month is None:
            return DateMention(at, at + 2, None, "year", int(written), None)
        day = _small(signs[3], 31) if len(signs) > 4 and signs[4] in "日号" else None
        if day is None:
            return DateMention(at, at + 4, None, "month", int(written), month)
        return _settled(at, at + 6, int(written), month, day, published)
    if len(signs) > 2 and signs[0] == "月" and signs[2] in "日号" and _small(written, 12) and _small(signs[1], 31):
        return _settled(at, at + 4, None, int(written), int(signs[1]), published)
    if len(signs) > 0 and signs[0] in "日" and _small(written, 31):
        return DateMention(at, at + 2, _day_near(published, int(written)), "day", None, None)
    return None


def _bare_year(words: Words, at: int) -> DateMention | None:
    """A year alone ("in 2019"); not a number that a unit or a stroke claims."""
    year = _year(words.written[at])
    if year is None:
        return None
    beside = words.written[at - 1] if at else "", words.written[at + 1] if at + 1 < len(words) else ""
    if "/" in beside or "№" in beside:
        return None
    return DateMention(at, at + 1, None, "year", year, None)


def _settled(first: int, last: int, year: int | None, month: int, day: int, published: date | None) -> DateMention | None:
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


def _weekday_near(published: date, weekday: int, lead: str | None) -> date:
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


def _small(written: str, limit: int) -> int | None:
    value = int(written) if written.isdecimal() and len(written) <= 2 else 0
    return value if 1 <= value <= limit else None


def _year(written: str) -> int | None:
    value = int(written) if written.isdecimal() and len(written) == 4 else 0
    return value if value in _YEARS else None
