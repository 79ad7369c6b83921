"""The month that a report names for a vote when it names no day: "in December 2024" tells one vote from another."""

from datetime import date, timedelta
from functools import cache

from detection.calendar import Calendar
from detection.lexicon import languages, load_lexicon
from detection.novelty_evidence import Telling
from detection.words import split_words
from records.finding import Vote

Month = tuple[int, int]
"""Year and month."""


def month_named(told: Telling, vote: Vote) -> Month | None:
    """The one month that the vote's proof names; None when it names none or several, or the vote has a day."""
    if vote.event_date is not None or told.language is None or told.language not in languages():
        return None
    words = split_words(told.article.text, vote.start, vote.end)
    mentions = _calendar(told.language).find(words, told.at.date())
    months = {(one.year, one.month) for one in mentions if one.precision == "month" and one.year and one.month}
    return next(iter(months)) if len(months) == 1 else None


def falls_in(day: date, month: Month) -> bool:
    """Whether a day is in a month, in some time zone."""
    return any((near.year, near.month) == month for near in (day + timedelta(days=shift) for shift in (-1, 0, 1)))


@cache
def _calendar(language: str) -> Calendar:
    return Calendar(load_lexicon(language)["calendar"])
