"""Dates in running text, resolved against the day of publication: explicit, weekdays, yesterday; ten languages."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from detection.calendar_forms import (
    DateMention,
    bare_year,
    date_in_figures,
    date_in_han,
    read_small,
    read_year,
    settled_date,
    weekday_near,
)
from detection.lexicon import load_lexicon
from detection.phrases import Mark, Phrases
from detection.words import Words


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
        self._day_words = frozenset(data.get("day_words", ()))

    def find(self, words: Words, published: date | None) -> list[DateMention]:
        """Every date among the words, in order; years and days of the month are settled by the publication date."""
        marks = {mark.first: mark for mark in self._phrases.find(words)}
        figures = [at for at, written in enumerate(words.written) if written[0].isdigit()]
        found: list[DateMention] = []
        free_from = 0
        for at in sorted({*marks, *figures}) if figures else marks:
            if at < free_from:
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
                date_in_figures(words, at, published)
                or self._day_led(words, at, published)
                or self._day_first(words, marks, at, published)
                or date_in_han(words, at, published)
                or bare_year(words, at)
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
        day = weekday_near(published, int(named.kind.partition(":")[2]), lead) if published else None
        return DateMention(mark.first, named.last, day, "day", None, None, relative=True)

    def _explicit_after(
        self, words: Words, marks: Mapping[int, Mark], at: int, published: date | None
    ) -> DateMention | None:
        """The explicit date that follows a weekday ("Monday, 17 December", "Freitag, den 27. Dezember")."""
        start = self._skip(words, at)
        if start >= len(words) or start - at > 3:
            return None
        if words.written[start][0].isdigit():
            return date_in_figures(words, start, published) or self._day_first(words, marks, start, published)
        mark = marks.get(start)
        if mark is None or not mark.kind.startswith("month:"):
            return None
        mention = self._month_led(words, mark, int(mark.kind[6:]), published)
        return mention if mention.precision == "day" else None

    def _day_led(self, words: Words, at: int, published: date | None) -> DateMention | None:
        """A day and a month in figures that a word announces ("ngày 25/10")."""
        if not at or words.forms[at - 1][0] not in self._day_words or at + 2 >= len(words):
            return None
        day, sign, month = words.written[at : at + 3]
        if sign not in "/-" or not read_small(day, 31) or not read_small(month, 12):
            return None
        return settled_date(at, at + 3, None, int(month), int(day), published)

    def _day_first(
        self, words: Words, marks: Mapping[int, Mark], at: int, published: date | None
    ) -> DateMention | None:
        day = read_small(words.written[at], 31)
        start = self._skip(words, at + 1)
        mark = marks.get(start)
        if day is None or mark is None or not mark.kind.startswith("month:"):
            return None
        month, end = int(mark.kind[6:]), mark.last
        doubled = marks.get(self._skip(words, end))
        if doubled is not None and doubled.kind == mark.kind:  # Arabic: two names of one month, a stroke between
            end = doubled.last
        year, end = self._year_after(words, end)
        return settled_date(at, end, year, month, day, published)

    def _month_led(self, words: Words, mark: Mark, month: int, published: date | None) -> DateMention:
        following = mark.last + 1 if mark.last < len(words) and words.written[mark.last] == "." else mark.last
        day = read_small(words.written[following], 31) if following < len(words) else None
        if self._month_first and day is not None:
            end = following + 1
            if end < len(words) and words.forms[end][0] in ("st", "nd", "rd", "th"):
                end += 1
            year, end = self._year_after(words, end)
            settled = settled_date(mark.first, end, year, month, day, published)
            if settled is not None:
                return settled
        year, end = self._year_after(words, mark.last)
        return DateMention(mark.first, end, None, "month", year, month)

    def _year_after(self, words: Words, at: int) -> tuple[int | None, int]:
        start = self._skip(words, at)
        year = read_year(words.written[start]) if start < len(words) else None
        return (year, start + 1) if year else (None, at)

    def _skip(self, words: Words, at: int) -> int:
        limit = at + 3
        while at < min(limit, len(words)) and any(form in self._fillers for form in words.forms[at]):
            at += 1
        return at


@cache
def load_calendar(language: str | None) -> Calendar | None:
    """The calendar of a language; None when it has no ``calendar`` section."""
    data = load_lexicon(language).get("calendar")
    return Calendar(data) if data else None
